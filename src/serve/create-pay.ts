import type { Redis } from 'ioredis';
import type { BearerCache } from '../server/bearer-cache.js';
import { createPayEndpoints } from '../server/endpoints.js';
import type { PayOperations } from '../server/operations/operation-types.js';
import type { PaymentOutcome } from '../server/payment-outcome.js';
import type { CallBackend } from './backend/call-backend.js';
import { createOrderFinder } from './backend/find-order.js';
import { createHeaderForwarder } from './backend/forward-headers.js';
import { createMemoryCache } from './backend/memory-cache.js';
import { rememberOrders, type FindOrder } from './backend/remember-orders.js';
import type { ServeConfig } from './config/read-config.js';
import type { Outcomes } from './delivery/create-outcomes.js';
import type { DecisionTime } from './delivery/decision-time.js';
import { identifyShop } from './delivery/shop-id.js';
import type { Endpoints } from './http/app.js';
import type { Visitors } from './http/visitors.js';
import type { Monitor } from './monitoring/monitor.js';
import { createRedisCache, createRedisLedger } from './redis/redis-stores.js';
import { createStandInFetch } from './stand-ins.js';

interface PayDependencies extends Pick<Outcomes, 'undelivered' | 'deliver'> {
  readonly call: CallBackend;
  /** When the provider was asked in the current request. */
  readonly decisionTime: DecisionTime;
  readonly visitors: Visitors;
  readonly redis: Redis | undefined;
  readonly monitor: Monitor;
}

/** Creates the endpoints and the operations from the configuration. */
export function createPay(config: ServeConfig, dependencies: PayDependencies) {
  const { call, deliver, undelivered, decisionTime, visitors, redis, monitor } = dependencies;
  const forwardHeaders = createHeaderForwarder(config.forwardHeaders, (request) => visitors.find(request));
  const orders = createOrderFinder({ url: config.orderUrl, call, forwardHeaders, warn: (message) => monitor.warnOnce(message) });
  const findOrder = createOrderMemory(orders.order, config, dependencies);
  const pay = createPayEndpoints({
    ...listProviders(config),
    orderByReference: orders.orderByReference,
    async order(query) {
      const order = await findOrder(query);
      // The provider's own payment is confirmed here, so only the payment of another provider settles the order.
      return undelivered.applyTo(order, (provider) => query.endpoint === 'token' || provider !== query.provider);
    },
    onOutcome: (outcome) => deliver(outcome, decisionTime.get()),
    origins: config.origins,
    returnTo: (payment) => createReturnPage(config.returnPage, payment),
    ...(config.standIns !== undefined && { fetch: createStandInFetch(config.standIns) }),
    ...(redis && createSharedStores(redis, config)),
    onError: (error, context) => monitor.onError(error, context),
    onEvent(event) {
      decisionTime.onEvent(event);
      monitor.onEvent(event);
    },
  });
  return pay as Endpoints & PayOperations;
}

/** Orders that a process without Redis remembers at most. */
const rememberedOrders = 10_000;

function createSharedStores(redis: Redis, { redisPrefix }: ServeConfig) {
  return { cache: createRedisCache(redis, redisPrefix), ledger: createRedisLedger(redis, redisPrefix) };
}

function createOrderMemory(find: FindOrder, config: ServeConfig, { redis, monitor }: PayDependencies): FindOrder {
  return rememberOrders(find, {
    store: createOrderCache(config, redis),
    charges: (provider) => config.providers[provider]?.provider.charges === true,
    onUse: (error) => monitor.onError(error),
  });
}

function createOrderCache(config: ServeConfig, redis: Redis | undefined): BearerCache {
  if (!redis) return createMemoryCache(rememberedOrders);
  return createRedisCache(redis, `${config.redisPrefix}:${identifyShop(config)[0] ?? ''}`);
}

function listProviders({ providers }: ServeConfig) {
  const entries = Object.entries(providers);
  return {
    environment: Object.fromEntries(entries.map(([name, { environment }]) => [name, environment])),
    providers: Object.fromEntries(entries.map(([name, { provider }]) => [name, provider])),
  };
}

/** The page learns the order only. Its own backend knows the outcome, and anyone can write an address. */
export function createReturnPage(page: string, payment: Pick<PaymentOutcome, 'order'> | undefined): string {
  if (!payment) return page;
  return `${page}${page.includes('?') ? '&' : '?'}order=${encodeURIComponent(payment.order.reference)}`;
}
