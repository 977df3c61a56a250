import { lifetimeOf, now, type Moment, type Perishable } from './freshness.js';
import { postJson, type Answer } from './post-json.js';
import type { Provider } from '../providers/provider.js';
import { readToken } from './read-token.js';
import type { TokenRequest } from '../shared/endpoint-contract.js';

/** Replaces the plain `fetch(request)`: to add a header, or to call something else. */
export type RequestToken = (request: Request, context: RequestTokenContext) => Promise<Response | object>;

export interface RequestTokenContext extends TokenRequest {
  readonly attempt: number;
  readonly signal: AbortSignal;
}

export interface Token extends Perishable {
  /** The secret itself. */
  readonly value: string;
  /** What the endpoint wants the form to be opened with. */
  readonly config: Record<string, unknown>;
}

export interface TokenOptions {
  readonly endpoint: URL;
  readonly body: TokenRequest;
  readonly credentials: RequestCredentials;
  readonly attempt: number;
  readonly signal: AbortSignal;
  readonly requestToken?: RequestToken;
  onTry?(n: number): void;
}

/** Hands over, once, the answer that the page's head asked for before this script was there, if it asked just the same. */
type EarlyToken = (request: Request, body: string) => { readonly began: Moment; readonly response: Promise<Response> } | undefined;

declare global {
  interface Window {
    /** Left there by `src/providers/early-token.ts`. */
    payCheckoutToken?: EarlyToken;
  }
}

/** What the endpoint said, which only the provider's adapter can read. */
export interface TokenAnswer extends Answer {
  readonly requestedAt: Moment;
}

/**
 * Asks the merchant's endpoint for a token.
 *
 * @throws {CheckoutError} code `endpoint` or `token`
 */
export async function requestToken(options: TokenOptions): Promise<TokenAnswer> {
  const { endpoint, body, credentials, attempt, signal, requestToken: ask, onTry } = options;
  let requestedAt = now();
  const send = (request: Request) => {
    const early = ask ? undefined : window.payCheckoutToken?.(request, JSON.stringify(body));
    requestedAt = early?.began ?? now();
    if (early) return early.response;
    return ask ? ask(request, { ...body, attempt, signal: request.signal }) : fetch(request);
  };
  const answer = await postJson({
    name: 'token endpoint',
    endpoint,
    body,
    credentials,
    signal,
    send,
    onTry,
    sentBy: ask && 'requestToken',
  });
  return { ...answer, requestedAt };
}

/** @throws {CheckoutError} code `token` */
export function tokenIn({ json, requestedAt, answeredAt }: TokenAnswer, provider: Provider, body: TokenRequest): Token {
  const read = readToken(json, provider, body);
  return {
    value: read.token,
    config: read.config ?? {},
    requestedAt,
    lifetime: lifetimeOf(read, provider.lifetime * 1000, requestedAt, answeredAt),
  };
}
