import { ok, warning, type Finding } from './finding.js';
import type { EndpointResponse } from './send-request.js';

/** Says what the endpoint should log, unless its responses show that it identifies each request. */
export function checkLog(first: EndpointResponse, next: EndpointResponse): Finding {
  const [one, other] = [first, next].map(({ headers }) => headers.get('X-Request-Id'));
  if (!one || !other) {
    const fields = '`X-Request-Id`, provider, environment, status, the status from the provider, duration';
    return ok(
      'log',
      `log one line for each request (${fields}), never a token, a body or a cookie; the response has no \`X-Request-Id\` yet.`,
    );
  }
  if (one === other) return warning('log', '`X-Request-Id` should be new for each response, but two had the same one.');
  return ok('log', 'each response has its own `X-Request-Id`, which finds its line in your log.');
}
