import { lifetimeOf, now, type Moment, type Perishable } from './freshness.js';
import { postJson, type JsonResponse, type PostInit } from './post-json.js';
import type { Provider } from '../providers/provider.js';
import { readToken } from './read-token.js';
import { sendRequest, type RequestFunction } from './send-request.js';
import type { TokenRequest } from '../shared/endpoint-contract.js';

export interface Token extends Perishable {
  /** The secret itself. */
  readonly value: string;
  /** The endpoint's part of the provider's config. */
  readonly config: Record<string, unknown>;
}

export interface TokenOptions {
  readonly endpoint: URL;
  readonly body: TokenRequest;
  readonly credentials: RequestCredentials;
  readonly attempt: number;
  readonly signal: AbortSignal;
  readonly requestToken?: RequestFunction;
  onTry?(n: number): void;
}

/** Returns, once, the response to the early request of the page's head, if that request equals this one. */
type EarlyToken = (url: string, init: RequestInit) => { readonly began: Moment; readonly response: Promise<Response> } | undefined;

declare global {
  interface Window {
    /** Set by the inline script of `headTags()`, see `src/head/early-token.ts`. */
    payCheckoutToken?: EarlyToken;
  }
}

/** The endpoint's response, which only the provider's adapter can read. */
export interface TokenResponse extends JsonResponse {
  readonly requestedAt: Moment;
}

/**
 * Requests a token from the merchant's endpoint.
 *
 * @throws {CheckoutError} code `endpoint` or `token`
 */
export async function requestToken(options: TokenOptions): Promise<TokenResponse> {
  const { body, attempt, requestToken: customRequest } = options;
  let requestedAt = now();
  const send = (url: string, init: PostInit) => {
    const early = customRequest ? undefined : window.payCheckoutToken?.(url, init);
    requestedAt = early?.began ?? now();
    return early ? early.response : sendRequest(url, init, { ...body, attempt }, customRequest);
  };
  const response = await postJson({ ...options, to: 'token', send, sentBy: customRequest && 'requestToken' });
  return { ...response, requestedAt };
}

/**
 * Parses a response with the adapter's schema, and computes the token's lifetime.
 *
 * @throws {CheckoutError} code `token`
 */
export function createToken({ json, requestedAt, answeredAt }: TokenResponse, provider: Provider, body: TokenRequest): Token {
  const read = readToken(json, provider, body);
  return {
    value: read.token,
    config: read.config ?? {},
    requestedAt,
    lifetime: lifetimeOf(read, provider.lifetime * 1000, requestedAt, answeredAt),
  };
}
