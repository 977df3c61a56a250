import type { Redis } from 'ioredis';
import type { BearerCache } from '../../server/bearer-cache.js';
import type { Ledger } from '../../server/operations/ledger.js';
import type { OutcomeStore } from '../delivery/outcome-store.js';
import { rememberedFor } from '../delivery/undelivered-outcomes.js';

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

/** Creates the store of the outcomes that the shop has not received, which all processes share. */
export function createRedisOutcomeStore(redis: Redis, prefix: string, shop: string): OutcomeStore {
  const toKey = (order: string) => `${prefix}:undelivered:${shop}:${order}`;
  return {
    async set(order, payment, text) {
      await redis.hset(toKey(order), payment, text);
      await redis.pexpire(toKey(order), rememberedFor);
    },
    async delete(order, payment) {
      await redis.hdel(toKey(order), payment);
    },
    list: (order) => redis.hgetall(toKey(order)),
  };
}
