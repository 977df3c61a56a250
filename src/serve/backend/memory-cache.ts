import QuickLRU from 'quick-lru';
import type { BearerCache } from '../../server/bearer-cache.js';

/** Creates a cache of at most `maxSize` texts in the memory of the process. */
export function createMemoryCache(maxSize: number): BearerCache {
  const texts = new QuickLRU<string, string>({ maxSize });
  return {
    get: (key) => texts.get(key),
    set: (key, value, ttlMs) => void texts.set(key, value, { maxAge: ttlMs }),
    delete: (key) => texts.delete(key),
  };
}
