import { isRecord } from '../../../shared/schema.js';
import { formatHeader } from '../format.js';
import { ok, wrong, type Finding } from '../finding.js';
import type { EndpointResponse } from '../send-request.js';

/** Whether the shop refused the signature of a call. */
export function isUnauthorized({ status }: EndpointResponse): boolean {
  return status === 401 || status === 403;
}

/** Returns the order that the shop answered, or what is wrong with the answer. */
export function readOrderAnswer({ status, json, type }: EndpointResponse, advice: string): Readonly<Record<string, unknown>> | string {
  if (status === 200 && isRecord(json)) return json;
  if (status === 200) return `the body should be a JSON object, but is another ${formatHeader(type)}`;
  return `the status should be 200, but was ${status}: ${adviseOn(status) ?? advice}`;
}

/** Checks the answer to the call with which `serve` starts each payment. */
export function checkAnswer(response: EndpointResponse, order: string | undefined): Finding {
  const advice = order === undefined ? 'pass an order that can be paid with --order' : 'check the address, and that this order can be paid';
  const hint = `${advice}; the cookie of its visitor goes with --header`;
  const answer = readOrderAnswer(response, [404, 422].includes(response.status) ? hint : 'see its log');
  return typeof answer === 'string' ? wrong('order', `${answer}.`) : ok('order', 'the shop verifies the signature and answers an order.');
}

function adviseOn(status: number): string | undefined {
  if (status >= 300 && status < 400) return 'let the address answer without a login and without a redirect';
  if (status === 401) return 'check that the shop verifies `<t>.<raw body>` with the same secret, and that both clocks agree';
  if (status === 403 || status === 419) return 'exempt the address from CSRF protection, because the signature protects it';
  return status === 405 ? 'it should accept POST' : undefined;
}
