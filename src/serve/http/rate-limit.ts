import type { Redis } from 'ioredis';
import ipaddr from 'ipaddr.js';
import { RateLimiterMemory, RateLimiterRedis, RateLimiterRes, type RateLimiterAbstract } from 'rate-limiter-flexible';
import { Problem } from '../../server/problem.js';

/** Seconds. */
const period = 60;

/** Many shoppers of a mobile network share an address, and an outcome that is refused leaves a paid order unconfirmed. */
const outcomeFactor = 10;
/** Milliseconds. The element waits no longer for another try. */
const longestRetry = 10_000;

export interface RateLimitOptions {
  /** Token requests in a minute. 0 for no limit. */
  readonly points: number;
  /** Counts for all processes. Without it, or while it is down, each process counts its own. */
  readonly redis?: Redis;
  readonly prefix: string;
  /** Receives the endpoint and the network of a refused request. */
  readonly onLimited: (endpoint: LimitedEndpoint, network: string) => void;
}

export type LimitedEndpoint = 'token' | 'outcome';

/** Counts a request of a visitor. @throws {Problem} `too-many` after the last allowed one */
export type LimitRate = (endpoint: LimitedEndpoint, address: string) => Promise<void>;

/** Creates the function that limits how often a visitor calls an endpoint: card testers use payment forms in great numbers. */
export function createRateLimit(options: RateLimitOptions): LimitRate {
  const { points, onLimited } = options;
  if (points === 0) return () => Promise.resolve();
  const limits = { token: points, outcome: points * outcomeFactor };
  const limiters = { token: createLimiter(limits.token, options), outcome: createLimiter(limits.outcome, options) };
  return async (endpoint, address) => {
    const network = toNetwork(address);
    const wait = await consume(limiters[endpoint], `${endpoint}:${network}`);
    if (wait === undefined) return;
    onLimited(endpoint, network);
    const retryAfter = endpoint === 'outcome' ? Math.min(wait, longestRetry) : wait;
    throw new Problem('too-many', `Send at most ${limits[endpoint]} requests a minute.`, { retryAfter });
  };
}

function createLimiter(points: number, { redis, prefix }: RateLimitOptions): RateLimiterAbstract {
  const memory = new RateLimiterMemory({ points, duration: period });
  if (!redis) return memory;
  const keyPrefix = `${prefix}:rate`;
  return new RateLimiterRedis({
    storeClient: redis,
    keyPrefix,
    points,
    duration: period,
    insuranceLimiter: memory,
    rejectIfRedisNotReady: true,
  });
}

/** Returns the milliseconds to wait if the limit is reached. A limiter that fails refuses no request. */
async function consume(limiter: RateLimiterAbstract, key: string): Promise<number | undefined> {
  try {
    await limiter.consume(key);
    return undefined;
  } catch (result) {
    return result instanceof RateLimiterRes ? result.msBeforeNext : undefined;
  }
}

/** An IPv6 visitor owns a /64 network, and could use another address of it for each request. */
function toNetwork(address: string): string {
  // Some proxies add the port of an IPv4 visitor.
  const plain = address.replace(/^(\d+\.\d+\.\d+\.\d+):\d+$/, '$1');
  if (!ipaddr.isValid(plain)) return address.slice(0, 64);
  const parsed = ipaddr.process(plain);
  return parsed.kind() === 'ipv4' ? parsed.toString() : parsed.toNormalizedString().split(':').slice(0, 4).join(':');
}
