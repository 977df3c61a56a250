import { unlessAborted } from './signals.js';
import { Promise, setTimeout } from './natives.js';

export interface RetryOptions {
  /** The maximum number of calls, including the first. */
  readonly count: number;
  /** Ends the wait and all further calls. The promise then rejects with its reason. */
  readonly signal: AbortSignal;
  /** Returns the milliseconds to wait after the `n`th call failed with `error`, or `undefined` if another call cannot help. */
  delay(n: number, error: unknown): number | undefined;
}

/** Calls `run` with 1, 2, … until one call succeeds. Rejects with the last error if none does. */
export async function callWithRetries<T>(run: (n: number) => Promise<T>, { count, signal, delay }: RetryOptions): Promise<T> {
  for (let n = 1; ; n += 1) {
    signal.throwIfAborted();
    try {
      return await run(n);
    } catch (error) {
      signal.throwIfAborted();
      const wait = n < count ? delay(n, error) : undefined;
      if (wait === undefined) throw error;
      await sleep(wait, signal);
    }
  }
}

/** Resolves after `ms` milliseconds, or rejects with the signal's reason if it aborts first. */
export async function sleep(ms: number, signal: AbortSignal): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const timeout = new Promise<void>((resolve) => (timer = setTimeout(resolve, ms)));
  await unlessAborted(signal, timeout).finally(() => clearTimeout(timer));
}

interface BackOffOptions {
  /** The wait that the server requested by `Retry-After`, in ms. */
  readonly requested?: number;
  /** The longest requested wait that is acceptable, in ms. */
  readonly longest?: number;
  /** The first wait, in ms, before jitter. */
  readonly base?: number;
}

/**
 * Returns the wait after the `n`th failure, in ms. It doubles each time, with jitter, so that many pages do not retry at the same moment.
 * A longer wait that the server requested is used instead. Returns `undefined` if the request exceeds `longest`: no shopper would wait.
 */
export function getBackOffDelay(n: number, { requested = 0, longest = 10_000, base = 400 }: BackOffOptions = {}): number | undefined {
  if (requested > longest) return undefined;
  return Math.max(requested, base * 2 ** (n - 1) * (0.5 + Math.random() / 2));
}

/**
 * Reads the wait that `Retry-After` requests, in ms. The header contains seconds or an HTTP date. A date is compared with the response's
 * `Date` header if it is readable, because the shopper's clock may be wrong.
 */
export function readRetryAfter(headers: Headers): number | undefined {
  const value = headers.get('Retry-After')?.trim();
  if (!value) return undefined;
  if (/^\d+$/.test(value)) return Number(value) * 1000;
  const respondedAt = Date.parse(headers.get('Date') ?? '');
  const wait = Date.parse(value) - (Number.isNaN(respondedAt) ? Date.now() : respondedAt);
  return Number.isNaN(wait) ? undefined : Math.max(wait, 0);
}
