import type { Redis } from 'ioredis';
import { createBackendCaller } from './backend/call-backend.js';
import type { ServeConfig } from './config/read-config.js';
import { createPay } from './create-pay.js';
import { createOutcomes, type Outcomes } from './delivery/create-outcomes.js';
import { DecisionTime } from './delivery/decision-time.js';
import { createApp, type Readiness } from './http/app.js';
import { InFlight } from './http/in-flight.js';
import { listen, type Listener } from './http/listen.js';
import { createOperationHandler } from './http/operations.js';
import { createRateLimit } from './http/rate-limit.js';
import { Visitors } from './http/visitors.js';
import type { Monitor } from './monitoring/monitor.js';
import { connectRedis } from './redis/connect-redis.js';
import { findRedisRisks } from './redis/redis-risks.js';

export interface ServeProcess {
  /** Without a slash at its end. */
  readonly url: string;
  /** Takes no more requests, waits for the work in progress, and closes every connection. */
  close(): Promise<void>;
}

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
  try {
    return await startServer(config, monitor, redis);
  } catch (error) {
    redis?.disconnect();
    throw error;
  }
}

async function startServer(config: ServeConfig, monitor: Monitor, redis: Redis | undefined): Promise<ServeProcess> {
  if (redis) for (const warning of await findRedisRisks(redis)) monitor.warnOnce(warning);
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
  const visitors = new Visitors(config.trustedProxies, (message) => monitor.warnOnce(message));
  const decisionTime = new DecisionTime();
  const deliver: Outcomes['deliver'] = (...outcome) => inFlight.add(outcomes.deliver(...outcome));
  const pay = createPay(config, { call, deliver, undelivered: outcomes.undelivered, decisionTime, visitors, redis, monitor });
  const keys = config.operationsKey;
  return createApp({
    config,
    endpoints: pay,
    ...(keys && { operate: createOperationHandler({ pay, keys, onError: (error) => monitor.onError(error) }) }),
    limitRate: createRateLimit({
      points: config.rateLimit,
      redis,
      prefix: config.redisPrefix,
      onLimited: (...limited) => monitor.onLimited(...limited),
    }),
    visitors,
    warn: (message) => monitor.warnOnce(message),
    track: (work) => inFlight.add(decisionTime.run(work)),
    readReadiness: () => readReadiness(state.isClosing, redis),
    readMetrics: async () => ({ type: monitor.metrics.registry.contentType, text: await monitor.metrics.registry.metrics() }),
    isClosing: () => state.isClosing,
  });
}

/** A payment needs no Redis, so a process without it still receives requests. */
async function readReadiness(isClosing: boolean, redis: Redis | undefined): Promise<Readiness> {
  if (isClosing) return { isReady: false, text: 'closing' };
  const responds = redis ? await redis.ping().then(Boolean, () => false) : true;
  return { isReady: true, text: responds ? 'ready' : 'ready, but Redis does not respond' };
}

async function closeProcess({ state, inFlight }: Parts, closeServer: Listener['close'], disconnect: () => Promise<void>): Promise<void> {
  state.isClosing = true;
  await closeServer(() => inFlight.drain());
  // A request may end by its deadline while its outcome is still being delivered.
  await inFlight.drain();
  await disconnect();
}
