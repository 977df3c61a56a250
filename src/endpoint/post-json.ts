import { extractOrigin, onCspViolation } from '../page/csp-violations.js';
import { CheckoutError, getErrorName } from '../state/errors.js';
import { parseJson, stringifyJson } from '../shared/json.js';
import { AbortController } from '../shared/natives.js';
import { isResponse } from './fetch-response.js';
import { isQuotable } from '../shared/is-quotable.js';
import type { TokenRequest } from '../shared/endpoint-contract.js';
import { callWithRetries, getBackOffDelay } from '../shared/retries.js';
import { runWithTimeout } from '../shared/signals.js';
import { describeEndpoint, EndpointError, triesPerRequest, type Endpoint } from './endpoint-error.js';
import { readRefusal } from './read-refusal.js';

/** Milliseconds that one request may take, its body included. */
export const requestLimit = 15_000;
/** The options of `fetch`. The headers are a plain object, because scripts that wrap `fetch` spread them. */
export type PostInit = RequestInit & { readonly signal: AbortSignal };

export interface Post {
  /** Which endpoint it is. */
  readonly to: Endpoint;
  readonly endpoint: URL;
  readonly body: TokenRequest;
  readonly credentials: RequestCredentials;
  readonly signal: AbortSignal;
  /** Sends the request, by `fetch` or a function of the merchant. A plain object counts as the response's JSON. */
  send(url: string, init: PostInit): Promise<Response | object>;
  /** For errors: the property whose function sends the request. */
  readonly sentBy?: string;
  /** Called before each try, which counts from 1. */
  onTry?(n: number): void;
}

interface WatchedPost extends Post {
  /** The message about a policy that blocks the endpoint. It arrives after the failed try, so only the next try can use it. */
  block?: string;
}

export interface JsonResponse {
  readonly json: unknown;
  /** The response's `Date` header as epoch ms, if the page can read it. */
  readonly answeredAt?: number;
}

/**
 * Posts JSON to one of the merchant's endpoints. After a network error, a timeout, 429 or 5xx it retries, up to three tries in all. Our own server
 * has already retried the provider, so after one of its problems there are only two tries.
 *
 * @throws {CheckoutError} code `outcome` for the outcome endpoint; else `endpoint`, or `token` for a refusal or an unreadable response
 */
export function postJson(post: Post): Promise<JsonResponse> {
  const listening = new AbortController();
  const watched: WatchedPost = { ...post };
  const isOurs = ({ effectiveDirective, blockedURI }: SecurityPolicyViolationEvent) =>
    effectiveDirective === 'connect-src' && extractOrigin(blockedURI) === post.endpoint.origin;
  onCspViolation(isOurs, (message) => (watched.block = message), listening.signal);
  return callWithRetries((n) => postOnce(watched, n), { count: triesPerRequest, signal: post.signal, delay: waitAfter }).finally(() =>
    listening.abort(),
  );
}

function waitAfter(n: number, error: unknown): number | undefined {
  return error instanceof EndpointError && n < error.tries ? getBackOffDelay(n, { requested: error.wait }) : undefined;
}

function postOnce(post: WatchedPost, n: number): Promise<JsonResponse> {
  post.onTry?.(n);
  const onTimeout = () =>
    new EndpointError(post.to, 'timeout', `${describeEndpoint(post)} did not answer within ${requestLimit / 1000} s.`);
  return runWithTimeout(requestLimit, post.signal, onTimeout, async (signal) => {
    const response = await send(post, signal);
    if (!isResponse(response)) return { json: response };
    if (isOfflinePage(response)) throw createNetworkError(post);
    if (response.ok) return { ...readDate(response), json: await readBody(post, response) };
    throw await readRefusal(post, response);
  });
}

async function send(post: WatchedPost, signal: AbortSignal): Promise<Response | object> {
  const init: PostInit = {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Accept: 'application/json' },
    body: stringifyJson(post.body),
    credentials: post.credentials,
    cache: 'no-store',
    signal,
  };
  try {
    return await post.send(post.endpoint.href, init);
  } catch (error) {
    throw createNetworkError(post, error);
  }
}

async function readBody(post: WatchedPost, response: Response): Promise<unknown> {
  const text = await response.text().catch(() => {
    throw createNetworkError(post);
  });
  try {
    return parseJson(text);
  } catch {
    // The parser's message quotes the body, so it is left out.
    const [type] = (response.headers.get('Content-Type') ?? '').split(';');
    const found = isQuotable(type) ? type : 'no content type';
    throw new CheckoutError(post.to, 'shape', `${describeEndpoint(post, response)} should answer with JSON, but answered ${found}.`);
  }
}

/** Whether the shop's service worker answered with its offline page, often with status 200. */
function isOfflinePage({ headers }: Response): boolean {
  return !navigator.onLine && /html/i.test(headers.get('Content-Type') ?? '');
}

function readDate(response: Response): { answeredAt?: number } {
  const answeredAt = Date.parse(response.headers.get('Date') ?? '');
  return Number.isNaN(answeredAt) ? {} : { answeredAt };
}

function createNetworkError(post: WatchedPost, error?: unknown): CheckoutError {
  if (post.block) return new EndpointError(post.to, 'unreachable', post.block, { retryable: false });
  if (!navigator.onLine) return new EndpointError(post.to, 'offline', `The ${post.to} endpoint cannot be reached: the browser is offline.`);
  const advice = 'check that it runs, its address and, on another origin, its CORS headers';
  const sender = post.sentBy && error ? ` (\`${post.sentBy}\` threw: ${getErrorName(error)})` : '';
  return new EndpointError(post.to, 'unreachable', `${describeEndpoint(post)} cannot be reached${sender}: ${advice}.`);
}
