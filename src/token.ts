import { CheckoutError } from './errors.js';
import { lifetimeOf, now, type Perishable } from './freshness.js';
import { postJson } from './post.js';
import type { Provider, ProviderToken } from './providers/provider.js';
import { parse, ShapeError } from './schema.js';
import type { TokenRequest } from './wire.js';

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
  readonly provider: Provider;
  readonly credentials: RequestCredentials;
  readonly attempt: number;
  readonly signal: AbortSignal;
  readonly requestToken?: RequestToken;
  onTry?(n: number): void;
}

/**
 * Asks the merchant's endpoint for a token.
 *
 * @throws {CheckoutError} code `endpoint` or `token`
 */
export async function requestToken(options: TokenOptions): Promise<Token> {
  const { endpoint, body, provider, credentials, attempt, signal, requestToken: ask, onTry } = options;
  let requestedAt = now();
  const send = (request: Request) => {
    requestedAt = now();
    return ask ? ask(request, { ...body, attempt, signal: request.signal }) : fetch(request);
  };
  const { json, answeredAt } = await postJson({
    ...{ name: 'token endpoint', endpoint, body, credentials, signal, send, onTry },
    sentBy: ask && 'requestToken',
  });
  const read = readToken(json, provider, body);
  return {
    value: read.token,
    config: read.config ?? {},
    requestedAt,
    lifetime: lifetimeOf(read, provider.lifetime * 1000, requestedAt, answeredAt),
  };
}

type ReadToken = Extract<ProviderToken, { token: string }>;

function readToken(json: unknown, provider: Provider, asked: TokenRequest): ReadToken {
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
  const other = /^[\w-]{1,30}$/.test(found) ? `the ${what} \`${found}\`` : `another ${what}`;
  throw new CheckoutError('token', 'mismatch', `The token endpoint answered for ${other}, but the page asked for \`${expected}\`.`);
}
