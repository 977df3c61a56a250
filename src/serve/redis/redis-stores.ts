import type { Redis } from 'ioredis';
import type { BearerCache } from '../../server/bearer-cache.js';
import type { Ledger } from '../../server/operations/ledger.js';

/** Creates the cache for bearers and sales in progress, which all processes share. */
export function createRedisCache(redis: Redis, prefix: string): BearerCache {
  const toKey = (key: string) => `${prefix}:cache:${key}`;
  return {
    get: (key) => redis.get(toKey(key)),
    set: (key, value, ttlMs) => redis.set(toKey(key), value, 'PX', Math.max(1, Math.ceil(ttlMs))),
    delete: (key) => redis.del(toKey(key)),
  };
}

/** Creates the ledger of refunds, cancellations and captures, which all processes share. Its entries never expire. */
export function createRedisLedger(redis: Redis, prefix: string): Ledger {
  const toKey = (key: string) => `${prefix}:ledger:${key}`;
  return {
    claim: async (key) => (await redis.set(toKey(key), '', 'NX')) === 'OK',
    read: (key) => redis.get(toKey(key)),
    write: (key, value) => redis.set(toKey(key), value),
  };
}
