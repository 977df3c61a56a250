import { hintFor } from '../../endpoint/read-refusal.js';
import type { TokenRequest } from '../../shared/endpoint-contract.js';
import type { EndpointResponse } from './send-request.js';
import { ok, collectFindings, warning, wrong, type Finding } from './finding.js';
import { formatSeconds, formatHeader } from './format.js';

/** Milliseconds. A shopper notices a longer wait. */
export const acceptableLatency = 1_000;

export function checkStatus(response: EndpointResponse, { order }: TokenRequest): Finding {
  const { status } = response;
  if (status === 200 || status === 201) return ok('status', `${status}.`);
  const problem = readProblem(response);
  const advice =
    order === undefined && mayMissOrder(response)
      ? 'the request named no order; pass one that can be paid with --order'
      : selectAdvice(status);
  return wrong('status', `should be 200 or 201, but was ${status}${problem ? ` (${problem})` : ''}: ${advice}.`);
}

function mayMissOrder(response: EndpointResponse): boolean {
  return [400, 404, 422].includes(response.status) && !isMismatch(response);
}

/** Whether the endpoint says that it serves another provider or environment. */
export function isMismatch(response: EndpointResponse): boolean {
  return readProblem(response) === 'mismatch';
}

/** The search for a provider tries no brands, because each would cost two requests. */
const nameOthers = 'name others, such as a brand of micuentaweb, with --provider and --environment';

function selectAdvice(status: number): string {
  if (status === 405) return 'it should accept POST';
  if (status === 422) return `check that it serves this provider and environment; ${nameOthers}`;
  if (status >= 300 && status < 400) return 'a redirect drops the body of a POST; use the address that it leads to';
  return hintFor(status);
}

/** Reads which of our own problem types a body names. The rest of an error's body can contain anything, so it is never quoted. */
function readProblem({ json }: EndpointResponse): string | undefined {
  const { type } = Object(json) as { type?: unknown };
  return typeof type === 'string' ? /^urn:pay-checkout:problem:([a-z-]{1,30})$/.exec(type)?.[1] : undefined;
}

export function checkContentType({ type, json }: EndpointResponse): Finding {
  if (type === 'application/json') return ok('content type', 'application/json.');
  const problem = `should be application/json, but was ${formatHeader(type)}`;
  return json === undefined
    ? wrong('content type', `${problem}, and the body is not JSON.`)
    : warning('content type', `${problem}; the body is JSON nevertheless.`);
}

/** A token works once, so a cached response would contain a dead token. */
export function checkCaching({ headers }: EndpointResponse): Finding[] {
  const control = headers.get('Cache-Control');
  const age = headers.get('Age');
  return collectFindings(
    [
      !/(^|[\s,])no-store([\s,]|$)/i.test(control ?? '') &&
        wrong('cache', `\`Cache-Control\` should be no-store, but was ${formatHeader(control)}.`),
      Number(age) > 0 && wrong('cache', `a cache stores responses: \`Age\` should be missing, but was ${formatHeader(age)}.`),
    ],
    ok('cache', '`Cache-Control` has no-store.'),
  );
}

/** The first response may include a request for the provider's bearer, so the second one shows how long shoppers wait. */
export function checkLatency(first: EndpointResponse, next: EndpointResponse): Finding {
  const duration = `${Math.round(first.duration)} ms, then ${Math.round(next.duration)} ms`;
  if (next.duration <= acceptableLatency) return ok('latency', `${duration}.`);
  return warning('latency', `should be under ${formatSeconds(acceptableLatency)}, but was ${duration}; every shopper waits this long.`);
}
