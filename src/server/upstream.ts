import { runWithTimeout } from '../shared/signals.js';
import type { Schema } from '../shared/schema.js';
import { getBackOffDelay, readRetryAfter, callWithRetries } from '../shared/retries.js';
import { isQuotable } from '../shared/is-quotable.js';
import { readUpTo } from './body.js';
import { check } from './check.js';
import type { EventReporter } from './event-reporter.js';
import { Problem, type ProblemKind } from './problem.js';
import type { RetryBudget } from './retry-budget.js';

export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

/** Calls the global `fetch` of the moment, so that a later wrapper or replacement takes effect. */
export const webFetch: Fetch = (url, init) => fetch(url, init);

/** One call of a provider's HTTP API. */
export interface UpstreamCall<T> {
  /** The call's name in messages, such as `Pay-me POST /nonce`. */
  readonly name: string;
  readonly method: 'GET' | 'POST' | 'DELETE';
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Sent as JSON. */
  readonly body?: unknown;
  readonly responseSchema: Schema<T>;
  /** Milliseconds for one try, 5,000 by default. */
  readonly timeout?: number;
  /** Reads the JSON of an error response, if the provider documents one. Without it, the status alone decides. */
  readonly readReason?: (body: unknown) => ErrorReason | undefined;
  /** Called before the call is tried again. The first try may have taken effect. */
  readonly onRetry?: () => void;
  /**
   * Set for a call that returns, releases, captures or charges money. `repeatable`: the provider recognizes a repeated call, for example by
   * its idempotency key. `once`: it does not, so the call is never tried again.
   */
  readonly money?: 'repeatable' | 'once';
}

/** The cause that an error response names. */
export interface ErrorReason {
  readonly kind: ProblemKind;
  /** From a closed list of ours, for messages. Never the provider's own text, which may quote our request. */
  readonly code: string;
}

/** @throws {Problem} if the provider refused, failed, or did not respond */
export type Send = <T>(call: UpstreamCall<T>) => Promise<T>;

/** What all upstream calls of one incoming request share. */
export interface RequestScope {
  /** Aborts with the request. */
  readonly signal: AbortSignal;
  readonly retries: RetryBudget;
  readonly reporter: EventReporter;
}

const decoder = new TextDecoder();
/** Milliseconds for one try, so that a hanging one leaves time for the retry. */
export const tryTimeout = 5_000;
/** Bytes of a response. A longer one comes from a proxy gone wrong, and could exhaust the memory. */
const maxResponseSize = 1024 * 1024;
/** Milliseconds. A longer `Retry-After` is passed on to the browser, which has more time than this request. */
const maxRetryDelay = 2_000;

/** Creates the only function that calls a provider. Each try has a timeout, one call per request is retried, and `signal` aborts all. */
export function createSend(fetch: Fetch, { signal, retries, reporter }: RequestScope): Send {
  const delay = (n: number, error: unknown) => {
    if (!(error instanceof Problem) || !error.retryable) return undefined;
    // The provider is still busy with the first try, for longer than this request can wait.
    if (error.kind === 'upstream-conflict') return undefined;
    const wait = getBackOffDelay(n, { requested: error.retryAfter, longest: maxRetryDelay, base: 200 });
    return wait !== undefined && retries.take() ? wait : undefined;
  };
  return (call) => {
    const planRetry = (n: number, error: unknown) => {
      const wait = call.money === 'once' ? undefined : delay(n, error);
      if (wait !== undefined) call.onRetry?.();
      return wait;
    };
    const createTimeout = () => new Problem('timeout', `${call.name} took too long to respond.`);
    const runTry = (n: number) =>
      reporter.measure({ phase: 'upstream', call: call.name, attempt: n }, signal, (onStatus) =>
        runWithTimeout(call.timeout ?? tryTimeout, signal, createTimeout, (trySignal) => sendOnce(fetch, call, trySignal, onStatus)),
      );
    return callWithRetries(runTry, { count: 2, signal, delay: planRetry });
  };
}

async function sendOnce<T>(fetch: Fetch, call: UpstreamCall<T>, signal: AbortSignal, onStatus: (status: number) => void): Promise<T> {
  const response = await fetchResponse(fetch, call, signal);
  onStatus(response.status);
  if (!response.ok) {
    const reason = call.readReason?.(parseJson(await readBody(response, signal)));
    // Any other error body may quote our request, so it stays unread. Cancelling it frees its connection.
    response.body?.cancel().catch(() => {});
    throw createUpstreamProblem(call, response, reason);
  }
  const body = await readBody(response, signal);
  if (!body) throw new Problem('upstream-answer', `${call.name} returned more than 1 MiB.`);
  return check('upstream-answer', call.responseSchema, parseJson(body), `The response to ${call.name}`);
}

async function fetchResponse(
  fetch: Fetch,
  { name, method, url, headers, body }: UpstreamCall<unknown>,
  signal: AbortSignal,
): Promise<Response> {
  try {
    // A redirect could carry the credentials in the body to another host, so none is followed.
    const init: RequestInit = { method, headers, signal, redirect: 'manual' };
    return await fetch(url, body === undefined ? init : { ...init, body: JSON.stringify(body) });
  } catch (error) {
    // Some runtimes quote a header that they could not send, so neither the error nor its cause is passed on.
    const code = readErrorCode(error);
    const isSent = !code || !unsentCodes.includes(code);
    throw new Problem('upstream-failed', `${name} could not be reached${code ? ` (${code})` : ''}.`, { hasNoEffect: !isSent });
  }
}

/** Errors of Node before a connection: the request was not sent. */
const unsentCodes: readonly string[] = ['ENOTFOUND', 'EAI_AGAIN', 'ECONNREFUSED', 'EHOSTUNREACH', 'ENETUNREACH', 'UND_ERR_CONNECT_TIMEOUT'];

/** Reads the code of a system error, such as `ENOTFOUND`, which contains no secret. */
export function readErrorCode(error: unknown): string | undefined {
  const code = ((error as Error | undefined)?.cause as { code?: unknown } | undefined)?.code;
  return isQuotable(code) ? code : undefined;
}

/** Returns `undefined` for a body that is too long, and no bytes for one that breaks off. */
function readBody(response: Response, signal: AbortSignal): Promise<Uint8Array | undefined> {
  return readUpTo(maxResponseSize, response, signal).catch(() => new Uint8Array());
}

/** Returns `undefined` for a body that is not JSON, which then fails validation: the parser's own error would quote the body. */
function parseJson(body: Uint8Array | undefined): unknown {
  try {
    return JSON.parse(decoder.decode(body));
  } catch {
    return undefined;
  }
}

const kindsByStatus: Readonly<Record<number, ProblemKind>> = {
  401: 'upstream-credentials',
  403: 'upstream-scope',
  404: 'upstream-absent',
  429: 'upstream-busy',
  503: 'upstream-busy',
};

/** Statuses with which a server refuses a request before it does anything. A 409 may be about a request that is still in progress. */
const refusingStatuses: readonly number[] = [400, 401, 402, 403, 404, 405, 406, 410, 413, 415, 422, 429];

function createUpstreamProblem({ name }: UpstreamCall<unknown>, { status, headers }: Response, reason: ErrorReason | undefined): Problem {
  const kind = reason?.kind ?? kindsByStatus[status] ?? (status >= 500 ? 'upstream-failed' : 'upstream-request');
  const description = reason ? `${status}, ${reason.code}` : String(status);
  return new Problem(kind, `${name} returned ${description}.`, {
    retryAfter: readRetryAfter(headers),
    reason: reason?.code,
    hasNoEffect: refusingStatuses.includes(status),
  });
}
