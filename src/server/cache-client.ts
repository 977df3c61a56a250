import QuickLRU from 'quick-lru';
import { runWithTimeout } from '../shared/signals.js';
import type { BearerCache } from './bearer-cache.js';
import { CircuitBreaker } from './circuit-breaker.js';
import { Problem, toProblem } from './problem.js';
import type { Store, StoredValue } from './provider.js';
import type { RequestScope } from './upstream.js';

/** Milliseconds for one cache operation. A hanging cache must leave the request its time. */
const cacheTimeout = 1_000;
/** Milliseconds for which a cache that failed is not called. */
const pause = 30_000;
/** The copies that this process keeps at least. The library may keep twice as many. */
const maxCopies = 10_000;
/** Milliseconds for which a copy of another machine's value is kept. Only that machine knows the value's lifetime. */
const foreignLifetime = 5 * 60_000;

interface Copy {
  readonly value: string;
  /** Whether the merchant's cache has stored the value, and may therefore replace it by a newer one. */
  isShared: boolean;
}

/**
 * Keeps text in the merchant's cache, and a copy of it in this process. The copies are used without a cache of the merchant's, and while
 * that one fails, hangs or has lost a value. A cache never fails a request, and its failure costs at most one timeout.
 */
export class CacheClient {
  readonly #cache: BearerCache | undefined;
  readonly #breaker = new CircuitBreaker(pause);
  readonly #copies = new QuickLRU<string, Copy>({ maxSize: maxCopies });

  constructor(cache?: BearerCache) {
    this.#cache = cache;
  }

  createStore(scope: RequestScope): Store {
    return {
      get: async (key) => (await this.read(scope, key)).value,
      read: (key) => this.read(scope, key),
      set: (key, value, ttlMs) => this.set(scope, key, value, ttlMs),
      delete: (key) => this.delete(scope, key),
    };
  }

  async get(scope: RequestScope, key: string, isUsable?: (value: string) => boolean): Promise<string | undefined> {
    return (await this.read(scope, key, isUsable)).value;
  }

  /** @param isUsable tells whether a text of the merchant's cache counts. Otherwise, it is a miss. */
  async read(scope: RequestScope, key: string, isUsable: (value: string) => boolean = () => true): Promise<StoredValue> {
    const before = this.#copies.get(key);
    if (before && !before.isShared) return { value: before.value, isShared: false };
    const answer = await this.#call(scope, (cache) => cache.get(key));
    const found = answer?.value;
    const copy = this.#copies.get(key);
    const isReplaced = copy !== undefined && copy !== before;
    if (isReplaced || typeof found !== 'string' || !isUsable(found)) {
      // A cache that has lost a text may have lost others too.
      return { value: copy?.value, isShared: answer !== undefined && !copy };
    }
    if (found !== copy?.value) this.#copies.set(key, { value: found, isShared: true }, { maxAge: foreignLifetime });
    return { value: found, isShared: true };
  }

  /** @param ttlMs milliseconds */
  async set(scope: RequestScope, key: string, value: string, ttlMs: number): Promise<void> {
    const copy: Copy = { value, isShared: false };
    this.#copies.set(key, copy, { maxAge: ttlMs });
    await this.#share(scope, key, copy, ttlMs);
  }

  async #share(scope: RequestScope, key: string, copy: Copy, ttlMs: number): Promise<void> {
    await this.#call(scope, async (cache) => {
      // Keyv does not throw the errors of its store.
      if ((await cache.set(key, copy.value, ttlMs)) === false) throw new Error('The cache did not store the value.');
      copy.isShared = true;
    });
  }

  /** Stores what the cache missed while it failed. Where it has another text now, another machine stored it, and both remain. */
  async #shareMissed(scope: RequestScope): Promise<void> {
    for (const [key, copy] of [...this.#copies.entriesAscending()]) {
      if (copy.isShared) continue;
      const answer = await this.#call(scope, (cache) => cache.get(key));
      if (!answer) return;
      const isMissing = typeof answer.value !== 'string' && this.#copies.peek(key) === copy;
      if (isMissing) await this.#share(scope, key, copy, this.#copies.expiresIn(key) as number);
    }
  }

  async delete(scope: RequestScope, key: string): Promise<void> {
    this.#copies.delete(key);
    await this.#call(scope, (cache) => cache.delete(key));
  }

  /** Calls the merchant's cache. Returns `undefined` if there is none, or if it fails or hangs, or did so lately. */
  async #call(scope: RequestScope, work: (cache: BearerCache) => unknown): Promise<{ value: unknown } | undefined> {
    const { signal, reporter } = scope;
    const call = this.#cache && this.#breaker.start();
    if (!this.#cache || !call) return undefined;
    const startedAt = performance.now();
    try {
      const value = await this.#wait(signal, work(this.#cache));
      if (call.succeed()) void this.#shareMissed(scope);
      return { value };
    } catch (error) {
      if (!signal.aborted) call.fail();
      reporter.report({ phase: 'cache', problem: toProblem(error, signal).kind }, startedAt);
      return undefined;
    }
  }

  async #wait(signal: AbortSignal, result: unknown): Promise<unknown> {
    if (!isThenable(result)) return result;
    const promise = Promise.resolve(result);
    // After the timeout, a rejection would be unhandled.
    promise.catch(() => {});
    const createTimeout = () => new Problem('timeout', 'The cache took too long to answer.');
    return runWithTimeout(cacheTimeout, signal, createTimeout, () => promise);
  }
}

function isThenable(value: unknown): value is PromiseLike<unknown> {
  return typeof (value as PromiseLike<unknown> | undefined)?.then === 'function';
}
