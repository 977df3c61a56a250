import { canonicalToken } from '../../src/endpoint/canonical-token.js';
import { createToken, requestToken, type Token, type TokenOptions } from '../../src/endpoint/request-token.js';
import { payme } from '../../src/providers/payme/browser/adapter.js';
import type { Provider } from '../../src/providers/provider.js';
import { endpoint } from '../support/endpoint.js';

export const provider = { ...payme, token: canonicalToken, lifetime: 600 } as Provider;
export const body = { provider: 'made-up', environment: 'sandbox', order: 'A-1001' };

export interface RequestOptions extends TokenOptions {
  readonly provider: Provider;
}

/** Requests a token, and reads the response by the provider's adapter. */
export async function requestAndRead(overrides: Partial<RequestOptions> = {}): Promise<Token> {
  const { signal } = new AbortController();
  const options = { endpoint, body, provider, credentials: 'same-origin' as const, attempt: 2, signal, ...overrides };
  return createToken(await requestToken(options), options.provider, options.body);
}
