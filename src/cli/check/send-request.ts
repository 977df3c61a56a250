import { now, type Moment } from '../../endpoint/freshness.js';
import { parseJson } from '../../shared/json.js';
import { requestLimit } from '../../endpoint/post-json.js';
import { runWithTimeout } from '../../shared/signals.js';
import { isQuotable } from '../../shared/is-quotable.js';
import type { CheckOptions, Header } from './options.js';

export interface EndpointRequest {
  /** Default `POST`. */
  readonly method?: 'GET' | 'OPTIONS' | 'POST';
  /** Sent as JSON. */
  readonly body?: object;
  /** The origin of the page that sends the request. Default: that of the command's `--origin`. */
  readonly origin?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface EndpointResponse {
  readonly status: number;
  readonly headers: Headers;
  /** `undefined` if the body is not JSON. */
  readonly json: unknown;
  /** The media type without parameters, in lower case. */
  readonly type: string | null;
  readonly requestedAt: Moment;
  /** Milliseconds from the request to the end of the body. */
  readonly duration: number;
}

export type Sender = (request: EndpointRequest) => Promise<EndpointResponse>;

/** The endpoint sent no response. The message continues a sentence that begins with the endpoint's name. */
export class NoResponseError extends Error {
  override readonly name = 'NoResponseError';
}

/** Creates a function that sends requests to an endpoint as the element does. */
export function createSender(endpoint: URL, { headers, origin }: CheckOptions): Sender {
  return (request) => {
    const init = {
      method: request.method ?? 'POST',
      headers: createHeaders(request, origin, headers),
      ...(request.body && { body: JSON.stringify(request.body) }),
    };
    return sendWithin(requestLimit, endpoint, init);
  };
}

/** Sends a request. @param limit milliseconds. @throws {NoResponseError} */
export function sendWithin(limit: number, endpoint: URL, init: RequestInit): Promise<EndpointResponse> {
  const createTimeoutError = () => new NoResponseError(`did not answer within ${limit / 1000} s`);
  return runWithTimeout(limit, new AbortController().signal, createTimeoutError, (signal) =>
    // A redirect could carry the cookie from `--header` to another host.
    send(endpoint, { ...init, cache: 'no-store', redirect: 'manual', signal }),
  );
}

function createHeaders({ method, body, origin, headers }: EndpointRequest, ownOrigin: string, added: readonly Header[]): Headers {
  const all = new Headers({ Accept: 'application/json', Origin: origin ?? ownOrigin, ...headers });
  if (body) all.set('Content-Type', 'application/json');
  // A preflight has no cookies and no custom headers: it requests permission for them.
  if (method !== 'OPTIONS') for (const [name, value] of added) all.set(name, value);
  return all;
}

async function send(endpoint: URL, request: RequestInit): Promise<EndpointResponse> {
  const requestedAt = now();
  try {
    const response = await fetch(endpoint, request);
    const json = parseBody(await response.text());
    const { status, headers } = response;
    const type = headers.get('Content-Type')?.split(';')[0]?.trim().toLowerCase() ?? null;
    return { status, headers, json, type, requestedAt, duration: performance.now() - requestedAt.monotonic };
  } catch (error) {
    throw new NoResponseError(`could not be reached (${findErrorCode(error)})`);
  }
}

/** Returns a code such as `ECONNREFUSED` or `CERT_HAS_EXPIRED`. The error's message is left out because it can quote a header. */
function findErrorCode(error: unknown): string {
  const { cause } = error as { cause?: { code?: unknown } };
  const code = cause?.code;
  return isQuotable(code) ? code : 'the connection broke';
}

function parseBody(text: string): unknown {
  try {
    return parseJson(text);
  } catch {
    return undefined;
  }
}
