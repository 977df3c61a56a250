import type { Redis } from 'ioredis';
import ipaddr from 'ipaddr.js';
import { RateLimiterMemory, RateLimiterRedis, RateLimiterRes, type RateLimiterAbstract } from 'rate-limiter-flexible';
import { Problem } from '../../server/problem.js';

/** Seconds. */
const period = 60;

export interface RateLimitOptions {
  /** Requests in a minute. 0 for no limit. */
  readonly points: number;
  /** Counts for all processes. Without it, or while it is down, each process counts its own. */
  readonly redis?: Redis;
  readonly prefix: string;
}

/** Counts a request of a visitor. @throws {Problem} `too-many` after the last allowed one */
export type LimitRate = (endpoint: string, address: string | undefined) => Promise<void>;

/** Creates the function that limits how often a visitor calls an endpoint: card testers use payment forms in great numbers. */
export function createRateLimit({ points, redis, prefix }: RateLimitOptions): LimitRate {
  if (points === 0) return () => Promise.resolve();
  const memory = new RateLimiterMemory({ points, duration: period });
  const limiter: RateLimiterAbstract = redis
    ? new RateLimiterRedis({
        storeClient: redis,
        keyPrefix: `${prefix}:rate`,
        points,
        duration: period,
        insuranceLimiter: memory,
        rejectIfRedisNotReady: true,
      })
    : memory;
  return async (endpoint, address) => {
    if (address === undefined) return;
    try {
      await limiter.consume(`${endpoint}:${toNetwork(address)}`);
    } catch (result) {
      // A counter that fails costs no sale.
      if (!(result instanceof RateLimiterRes)) return;
      throw new Problem('too-many', `Send at most ${points} requests a minute.`, { retryAfter: result.msBeforeNext });
    }
  };
}

/** An IPv6 visitor owns a /64 network, and could use another address of it for each request. */
function toNetwork(address: string): string {
  const parsed = ipaddr.process(address);
  return parsed.kind() === 'ipv4' ? parsed.toString() : parsed.toNormalizedString().split(':').slice(0, 4).join(':');
}
