import { CheckoutError } from '../state/errors.js';
import type { Provider, ProviderToken } from '../providers/provider.js';
import { parseResponse } from './parse-response.js';
import { describeEnvironment } from './read-refusal.js';
import { settledResponse, type SettledAnswer, type TokenRequest } from '../shared/endpoint-contract.js';
import { isQuotable } from '../shared/is-quotable.js';

export type ReadToken = Extract<ProviderToken, { token: string }>;

/**
 * Reads the token endpoint's JSON, and checks it against the request.
 *
 * @throws {CheckoutError} code `token`
 */
export function readToken(json: unknown, provider: Provider, request: TokenRequest): ReadToken {
  const read = parseResponse(provider.token, unwrapData(json), 'token');
  if ('refusal' in read) {
    throw new CheckoutError('token', 'provider', `${request.provider} refused a token to the token endpoint.`, {
      cause: new Error(read.refusal.slice(0, 200)),
    });
  }
  requireMatch('provider', request.provider, read.provider);
  requireMatch('environment', request.environment, read.environment);
  return read;
}

/**
 * Reads the answer for an order that needs no payment now. An outcome wins over a token beside it: a form could take a second payment.
 *
 * @throws {CheckoutError} code `token`, reason `shape`, for an unknown outcome
 */
export function readSettledAnswer(json: unknown): SettledAnswer | undefined {
  const answer = unwrapData(json);
  return isAbsent((Object(answer) as Record<string, unknown>).outcome) ? undefined : parseResponse(settledResponse, answer, 'token');
}

/** Endpoints may wrap the whole response in `data`. */
function unwrapData(json: unknown): unknown {
  const { token, sessionToken, outcome, data } = Object(json) as Record<string, unknown>;
  return typeof data === 'object' && data !== null && token === undefined && sessionToken === undefined && isAbsent(outcome) ? data : json;
}

/** Many languages write `null` for a missing value. */
function isAbsent(value: unknown): boolean {
  return value === undefined || value === null;
}

function requireMatch(what: 'provider' | 'environment', expected: string, found: string | undefined): void {
  if (found === undefined || found === expected) return;
  const other = isQuotable(found) ? `the ${what} \`${found}\`` : `another ${what}`;
  const asked = what === 'environment' ? describeEnvironment(expected) : `\`${expected}\``;
  throw new CheckoutError('token', 'mismatch', `The token endpoint answered for ${other}, but the page asked for ${asked}.`);
}
