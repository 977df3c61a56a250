import type { Redis } from 'ioredis';
import { createBackendCaller } from './backend/call-backend.js';
import type { ServeConfig } from './config/read-config.js';
import { createPay } from './create-pay.js';
import { createOutcomes, type Outcomes } from './delivery/create-outcomes.js';
import { createApp } from './http/app.js';
import { InFlight } from './http/in-flight.js';
import { listen } from './http/listen.js';
import { createOperationHandler } from './http/operations.js';
import { createRateLimit } from './http/rate-limit.js';
import { Visitors } from './http/visitors.js';
import type { Monitor } from './monitoring/monitor.js';
import { connectRedis } from './redis/connect-redis.js';

export interface ServeProcess {
  /** Without a slash at its end. */
  readonly url: string;
  /** Takes no more requests, waits for the work in progress, and closes every connection. */
  close(): Promise<void>;
}

const untrustedProxy =
  'A proxy that is not trusted sent `X-Forwarded-For`, so all its visitors share one rate limit. Add its address to PAY_TRUSTED_PROXIES.';

const withoutRedis =
  'REDIS_URL is not set. `outcome` calls that fail, refunds and the cache are kept in this process, and are lost when it ends.';

/**
 * Starts the process.
 *
 * @throws {Error} if Redis cannot be reached, or the port is taken
 */
export async function startProcess(config: ServeConfig, monitor: Monitor): Promise<ServeProcess> {
  const { redisUrl } = config;
  for (const warning of [...config.warnings, ...(redisUrl === undefined ? [withoutRedis] : [])]) monitor.warnOnce(warning);
  const redis = redisUrl === undefined ? undefined : await connectRedis(redisUrl, (error) => monitor.onRedisError(error));
  const call = createBackendCaller(config.backendSecret);
  const outcomes = await createOutcomes(config, { call, redis, monitor });
  const parts = { call, redis, monitor, outcomes, inFlight: new InFlight(), state: { isClosing: false } };
  const disconnect = async () => {
    await outcomes.queue.close();
    redis?.disconnect();
  };
  try {
    const server = await listen(createServeApp(config, parts).fetch, config);
    return { url: server.url, close: () => closeProcess(parts, server.close, disconnect) };
  } catch (error) {
    await disconnect();
    throw error;
  }
}

interface Parts {
  readonly call: ReturnType<typeof createBackendCaller>;
  readonly redis: Redis | undefined;
  readonly monitor: Monitor;
  readonly outcomes: Outcomes;
  readonly inFlight: InFlight;
  readonly state: { isClosing: boolean };
}

function createServeApp(config: ServeConfig, { call, redis, monitor, outcomes, inFlight, state }: Parts) {
  const visitors = new Visitors(config.trustedProxies);
  const deliver: Outcomes['deliver'] = (outcome) => inFlight.add(outcomes.deliver(outcome));
  const pay = createPay(config, { call, deliver, unheard: outcomes.unheard, visitors, redis, monitor });
  const keys = config.operationsKey;
  return createApp({
    config,
    endpoints: pay,
    ...(keys && { operate: createOperationHandler({ pay, keys, onError: (error) => monitor.onError(error) }) }),
    limitRate: createRateLimit({ points: config.rateLimit, redis, prefix: config.redisPrefix }),
    visitors,
    inFlight,
    findUnreadiness: () => findUnreadiness(state.isClosing, redis),
    readMetrics: async () => ({ type: monitor.metrics.registry.contentType, text: await monitor.metrics.registry.metrics() }),
    onLimited: (endpoint) => monitor.onLimited(endpoint),
    onUntrustedProxy: () => monitor.warnOnce(untrustedProxy),
    isClosing: () => state.isClosing,
  });
}

async function findUnreadiness(isClosing: boolean, redis: Redis | undefined): Promise<string | undefined> {
  if (isClosing) return 'closing';
  return redis?.ping().then(
    () => undefined,
    () => 'Redis does not respond',
  );
}

async function closeProcess({ state, inFlight }: Parts, closeServer: () => Promise<void>, disconnect: () => Promise<void>): Promise<void> {
  state.isClosing = true;
  const closed = closeServer();
  await inFlight.drain();
  await closed;
  // A request may have failed while its outcome was still being delivered.
  await inFlight.drain();
  await disconnect();
}
