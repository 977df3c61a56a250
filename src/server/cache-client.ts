import { runWithTimeout } from '../shared/signals.js';
import type { BearerCache } from './bearer-cache.js';
import { Problem, toProblem } from './problem.js';
import type { Store } from './provider.js';
import type { RequestScope } from './upstream.js';

/** Milliseconds for one cache operation. A hanging cache must leave the request its time. */
const cacheTimeout = 1_000;

/** Calls the merchant's cache. A cache that fails or hangs never fails a request. */
export class CacheClient {
  readonly #cache: BearerCache;

  constructor(cache: BearerCache) {
    this.#cache = cache;
  }

  createStore(scope: RequestScope): Store {
    return {
      get: async (key) => {
        const value = await this.call(scope, (cache) => cache.get(key));
        return typeof value === 'string' ? value : undefined;
      },
      set: async (key, value, ttlMs) => void (await this.call(scope, (cache) => cache.set(key, value, ttlMs))),
      delete: async (key) => void (await this.call(scope, (cache) => cache.delete(key))),
    };
  }

  /** Returns `undefined` if the cache fails or hangs: the checkout must work without it. */
  async call({ signal, reporter }: RequestScope, work: (cache: BearerCache) => unknown): Promise<unknown> {
    const startedAt = performance.now();
    const createTimeout = () => new Problem('timeout', 'The cache took too long to answer.');
    try {
      const result = work(this.#cache);
      if (!isThenable(result)) return result;
      const promise = Promise.resolve(result);
      // After the timeout, a rejection would be unhandled.
      promise.catch(() => {});
      return await runWithTimeout(cacheTimeout, signal, createTimeout, () => promise);
    } catch (error) {
      reporter.report({ phase: 'cache', problem: toProblem(error, signal).kind }, startedAt);
      return undefined;
    }
  }
}

function isThenable(value: unknown): value is PromiseLike<unknown> {
  return typeof (value as PromiseLike<unknown> | undefined)?.then === 'function';
}
