import { CheckoutError } from '../state/errors.js';
import type { Provider, ProviderToken } from '../providers/provider.js';
import { parseResponse } from './parse-response.js';
import type { TokenRequest } from '../shared/endpoint-contract.js';
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

/** Endpoints may wrap the whole response in `data`. */
function unwrapData(json: unknown): unknown {
  const { token, sessionToken, data } = Object(json) as Record<string, unknown>;
  return typeof data === 'object' && data !== null && token === undefined && sessionToken === undefined ? data : json;
}

function requireMatch(what: 'provider' | 'environment', expected: string, found: string | undefined): void {
  if (found === undefined || found === expected) return;
  const other = isQuotable(found) ? `the ${what} \`${found}\`` : `another ${what}`;
  throw new CheckoutError('token', 'mismatch', `The token endpoint answered for ${other}, but the page asked for \`${expected}\`.`);
}
