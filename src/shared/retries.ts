import { unlessAborted } from './signals.js';

export interface RetryOptions {
  /** How often at most, the first try included. */
  readonly count: number;
  /** Ends the waiting and the tries; the promise then rejects with its reason. */
  readonly signal: AbortSignal;
  /** Milliseconds to wait after the `n`th try failed with `error`; `undefined` where another try cannot help. */
  delay(n: number, error: unknown): number | undefined;
}

/** Calls `attempt` with 1, 2, … until one succeeds, and rejects with the last error otherwise. */
export async function callWithRetries<T>(attempt: (n: number) => Promise<T>, { count, signal, delay }: RetryOptions): Promise<T> {
  for (let n = 1; ; n += 1) {
    signal.throwIfAborted();
    try {
      return await attempt(n);
    } catch (error) {
      signal.throwIfAborted();
      const wait = n < count ? delay(n, error) : undefined;
      if (wait === undefined) throw error;
      await sleep(wait, signal);
    }
  }
}

/** Resolves after `ms`, or rejects with the signal's reason if that comes first. */
export async function sleep(ms: number, signal: AbortSignal): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const time = new Promise<void>((resolve) => (timer = setTimeout(resolve, ms)));
  await unlessAborted(signal, time).finally(() => clearTimeout(timer));
}

interface BackOff {
  /** Milliseconds that the other side asked for, by `Retry-After`. */
  readonly requested?: number;
  /** The most that is waited for somebody who asks, in ms. */
  readonly longest?: number;
  /** The first wait, in ms, before jitter. */
  readonly base?: number;
}

/**
 * The wait after the `n`th failure, in ms: doubling, with jitter, so that many pages do not come back in step; or what was
 * asked for, if that is longer. `undefined` if more than `longest` was asked for: nobody would wait for it.
 */
export function getBackOffDelay(n: number, { requested = 0, longest = 10_000, base = 400 }: BackOff = {}): number | undefined {
  if (requested > longest) return undefined;
  return Math.max(requested, base * 2 ** (n - 1) * (0.5 + Math.random() / 2));
}

/**
 * What an answer's `Retry-After` asks for, in ms: seconds, or an HTTP date. The date is counted from the answer's own `Date`
 * where that can be read, since a shopper's clock may be wrong.
 */
export function readRetryAfter(headers: Headers): number | undefined {
  const value = headers.get('Retry-After')?.trim();
  if (!value) return undefined;
  if (/^\d+$/.test(value)) return Number(value) * 1000;
  const answeredAt = Date.parse(headers.get('Date') ?? '');
  const wait = Date.parse(value) - (Number.isNaN(answeredAt) ? Date.now() : answeredAt);
  return Number.isNaN(wait) ? undefined : Math.max(wait, 0);
}
