import { CheckoutError } from '../state/errors.js';
import type { Provider, ProviderToken } from '../providers/provider.js';
import { parse, ShapeError } from '../shared/schema.js';
import type { TokenRequest } from '../shared/endpoint-contract.js';
import { isQuotable } from '../shared/is-quotable.js';

export type ReadToken = Extract<ProviderToken, { token: string }>;

/**
 * What the token endpoint's JSON says, checked against what it was asked.
 *
 * @throws {CheckoutError} code `token`
 */
export function readToken(json: unknown, provider: Provider, asked: TokenRequest): ReadToken {
  const read = shaped(json, provider);
  if ('refusal' in read) {
    throw new CheckoutError('token', 'provider', `${asked.provider} refused a token to the token endpoint.`, {
      cause: new Error(read.refusal.slice(0, 200)),
    });
  }
  mustMatch('provider', asked.provider, read.provider);
  mustMatch('environment', asked.environment, read.environment);
  return read;
}

function shaped(json: unknown, provider: Provider): ProviderToken {
  try {
    return parse(provider.token, unwrapped(json), "The token endpoint's answer");
  } catch (error) {
    throw error instanceof ShapeError ? new CheckoutError('token', 'shape', error.message) : error;
  }
}

/** All of the answer may stand under `data`. */
function unwrapped(json: unknown): unknown {
  const { token, sessionToken, data } = Object(json) as Record<string, unknown>;
  return typeof data === 'object' && data !== null && token === undefined && sessionToken === undefined ? data : json;
}

function mustMatch(what: 'provider' | 'environment', expected: string, found: string | undefined): void {
  if (found === undefined || found === expected) return;
  const other = isQuotable(found) ? `the ${what} \`${found}\`` : `another ${what}`;
  throw new CheckoutError('token', 'mismatch', `The token endpoint answered for ${other}, but the page asked for \`${expected}\`.`);
}
