import { runWithTimeout } from '../shared/signals.js';
import type { Schema } from '../shared/schema.js';
import { getBackOffDelay, readRetryAfter, callWithRetries } from '../shared/retries.js';
import { check } from './check.js';
import { Problem, type ProblemKind } from './problem.js';
import type { Repeats } from './repeats.js';
import type { Trace } from './trace.js';
import { isQuotable } from '../shared/is-quotable.js';

export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

/** Looked up at each call, so that whoever instruments or replaces `fetch` later is heard. */
export const webFetch: Fetch = (url, init) => fetch(url, init);

/** One call of a provider's HTTP API. */
export interface UpstreamCall<T> {
  /** The call as a developer knows it, for messages: `Pay-me POST /nonce`. */
  readonly name: string;
  readonly method: 'GET' | 'POST';
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Sent as JSON. */
  readonly body?: unknown;
  readonly answer: Schema<T>;
  /** Milliseconds for one try, where 5 s are not enough. */
  readonly patience?: number;
  /** Reads the JSON of an error answer, where the provider documents one. Without it, an error is known by its status alone. */
  readonly reason?: (body: unknown) => Reason | undefined;
}

/** What an error answer says went wrong. */
export interface Reason {
  readonly kind: ProblemKind;
  /** From a closed list of our own, as it goes into messages; never the provider's prose, which may quote what we sent. */
  readonly word: string;
}

/** @throws {Problem} when the provider refused, failed, or did not answer */
export type Send = <T>(call: UpstreamCall<T>) => Promise<T>;

/** What belongs to one request of the browser, and what is done for it shares. */
export interface Scope {
  /** Ends with the request. */
  readonly signal: AbortSignal;
  readonly repeats: Repeats;
  readonly trace: Trace;
}

/** Milliseconds for one try, so that one that hangs leaves time for the next. */
const patience = 5_000;
/** Milliseconds. Who asks for a longer wait is passed on to the browser, which has more time than we have. */
const longestWait = 2_000;

/** The only way from here to a provider: each try has a limit of its own, one of them all is repeated, and `signal` ends all of it. */
export function createSend(fetch: Fetch, { signal, repeats, trace }: Scope): Send {
  const delay = (n: number, error: unknown) => {
    if (!(error instanceof Problem) || !error.retryable) return undefined;
    // Whatever is in the way there takes longer than we would wait.
    if (error.kind === 'upstream-conflict') return undefined;
    const wait = getBackOffDelay(n, { requested: error.retryAfter, longest: longestWait, base: 200 });
    return wait !== undefined && repeats.take() ? wait : undefined;
  };
  return (call) => {
    const late = () => new Problem('timeout', `${call.name} took too long to answer.`);
    const attempt = (n: number) =>
      trace.timed({ phase: 'upstream', call: call.name, attempt: n }, signal, (seen) =>
        runWithTimeout(call.patience ?? patience, signal, late, (one) => once(fetch, call, one, seen)),
      );
    return callWithRetries(attempt, { count: 2, signal, delay });
  };
}

async function once<T>(fetch: Fetch, call: UpstreamCall<T>, signal: AbortSignal, seen: (status: number) => void): Promise<T> {
  const response = await reach(fetch, call, signal);
  seen(response.status);
  if (!response.ok) {
    const reason = call.reason?.(await json(response));
    // Else never read: an error body may quote what we sent. Cancelled, so that its connection is free again.
    response.body?.cancel().catch(() => {});
    throw refusal(call, response, reason);
  }
  return check('upstream-answer', call.answer, await json(response), `The answer to ${call.name}`);
}

async function reach(fetch: Fetch, { name, method, url, headers, body }: UpstreamCall<unknown>, signal: AbortSignal): Promise<Response> {
  try {
    // A redirect is not followed: it could carry the credentials in the body to another host.
    const init: RequestInit = { method, headers, signal, redirect: 'manual' };
    return await fetch(url, body === undefined ? init : { ...init, body: JSON.stringify(body) });
  } catch (error) {
    // The error itself is dropped, with its cause: some runtimes quote the header that they could not send.
    throw new Problem('upstream-failed', `${name} could not be reached${codeOf(error)}.`);
  }
}

/** `ENOTFOUND` and its like say enough, and nothing that is secret. */
function codeOf(error: unknown): string {
  const code = ((error as Error | undefined)?.cause as { code?: unknown } | undefined)?.code;
  return isQuotable(code) ? ` (${code})` : '';
}

/** JSON errors quote the body, so a body that is no JSON is `undefined` here, and fails the check as such. */
async function json(response: Response): Promise<unknown> {
  try {
    return await response.json();
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

function refusal({ name }: UpstreamCall<unknown>, { status, headers }: Response, reason: Reason | undefined): Problem {
  const kind = reason?.kind ?? kindsByStatus[status] ?? (status >= 500 ? 'upstream-failed' : 'upstream-request');
  const said = reason ? `${status}, ${reason.word}` : String(status);
  return new Problem(kind, `${name} was answered with ${said}.`, { retryAfter: readRetryAfter(headers), reason: reason?.word });
}
