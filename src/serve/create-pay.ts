import type { Redis } from 'ioredis';
import { createPayEndpoints } from '../server/endpoints.js';
import type { PayOperations } from '../server/operations/operation-types.js';
import type { PaymentOutcome } from '../server/payment-outcome.js';
import type { CallBackend } from './backend/call-backend.js';
import { createOrderFinder } from './backend/find-order.js';
import { createHeaderForwarder } from './backend/forward-headers.js';
import type { ServeConfig } from './config/read-config.js';
import type { Outcomes } from './delivery/create-outcomes.js';
import type { Endpoints } from './http/app.js';
import type { Visitors } from './http/visitors.js';
import type { Monitor } from './monitoring/monitor.js';
import { createRedisCache, createRedisLedger } from './redis/redis-stores.js';
import { createStandInFetch } from './stand-ins.js';

interface PayDependencies extends Pick<Outcomes, 'unheard'> {
  readonly call: CallBackend;
  readonly deliver: Outcomes['deliver'];
  readonly visitors: Visitors;
  readonly redis: Redis | undefined;
  readonly monitor: Monitor;
}

/** Creates the endpoints and the operations from the configuration. */
export function createPay(config: ServeConfig, { call, deliver, unheard, visitors, redis, monitor }: PayDependencies) {
  const forwardHeaders = createHeaderForwarder(config.forwardHeaders, (request) => visitors.find(request));
  const orders = createOrderFinder({ url: config.orderUrl, call, forwardHeaders });
  const entries = Object.entries(config.providers);
  const pay = createPayEndpoints({
    environment: Object.fromEntries(entries.map(([name, { environment }]) => [name, environment])),
    providers: Object.fromEntries(entries.map(([name, { provider }]) => [name, provider])),
    orderByReference: orders.orderByReference,
    async order(query) {
      const order = await orders.order(query);
      return query.endpoint === 'token' ? unheard.applyTo(order) : order;
    },
    onOutcome: deliver,
    origins: config.origins,
    returnTo: (payment) => createReturnPage(config.returnPage, payment),
    ...(config.standIns !== undefined && { fetch: createStandInFetch(config.standIns) }),
    ...(redis && { cache: createRedisCache(redis, config.redisPrefix), ledger: createRedisLedger(redis, config.redisPrefix) }),
    onError: (error, context) => monitor.onError(error, context),
    onEvent: (event) => monitor.onEvent(event),
  });
  return pay as Endpoints & PayOperations;
}

/** The page learns the order only. Its own backend knows the outcome, and anyone can write an address. */
export function createReturnPage(page: string, payment: Pick<PaymentOutcome, 'order'> | undefined): string {
  if (!payment) return page;
  return `${page}${page.includes('?') ? '&' : '?'}order=${encodeURIComponent(payment.order.reference)}`;
}
