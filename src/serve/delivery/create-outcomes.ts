import type { Redis } from 'ioredis';
import type { OutcomeReply, PaymentOutcome } from '../../server/payment-outcome.js';
import type { CallBackend } from '../backend/call-backend.js';
import type { ProcessConfig } from '../config/process-settings.js';
import type { Monitor } from '../monitoring/monitor.js';
import { createRedisOutcomeStore } from '../redis/redis-stores.js';
import { createDelivery } from './deliver-outcome.js';
import { MemoryQueue } from './memory-queue.js';
import type { OutcomeCall } from './outcome-call.js';
import type { OnGivenUp, OutcomeQueue, SendOutcome } from './outcome-queue.js';
import { createMemoryOutcomeStore } from './outcome-store.js';
import { createRedisQueue } from './redis-queue.js';
import { createOutcomeSender } from './send-outcome.js';
import { identifyShop } from './shop-id.js';
import { UndeliveredOutcomes } from './undelivered-outcomes.js';

export interface Outcomes {
  readonly queue: OutcomeQueue;
  readonly undelivered: UndeliveredOutcomes;
  /**
   * Passes an outcome to the shop.
   *
   * @param decidedAt when the provider was asked
   */
  readonly deliver: (outcome: PaymentOutcome, decidedAt: Date) => Promise<OutcomeReply>;
}

interface OutcomeDependencies {
  readonly call: CallBackend;
  readonly redis: Redis | undefined;
  readonly monitor: Monitor;
}

/** Creates the queue of the shop's `outcome` calls, and the function that makes such a call. */
export async function createOutcomes(config: ProcessConfig, { call, redis, monitor }: OutcomeDependencies): Promise<Outcomes> {
  const undelivered = createUndelivered(config, redis, monitor);
  const send = createSend(createOutcomeSender(config.outcomeUrl, call), undelivered, monitor);
  const queue = await createQueue(config, redis, monitor, send);
  monitor.metrics.watchQueue(() => queue.count());
  const deliver = createDelivery({
    send,
    queue,
    undelivered,
    onDelay: (...delay) => monitor.onDelayed(...delay),
    onQueueError: (error) => monitor.onRedisError(error),
  });
  return {
    queue,
    undelivered,
    deliver(outcome, decidedAt) {
      monitor.onOutcome(outcome);
      return deliver(outcome, decidedAt);
    },
  };
}

/** Creates the function that sends a call, directly or from the queue. */
function createSend(sendOnce: (call: OutcomeCall) => Promise<OutcomeReply>, undelivered: UndeliveredOutcomes, monitor: Monitor) {
  return async (call: OutcomeCall): Promise<OutcomeReply> => {
    const reply = await sendOnce(call);
    monitor.onDelivered();
    await undelivered.remove(call);
    return reply;
  };
}

function createUndelivered(config: ProcessConfig, redis: Redis | undefined, monitor: Monitor): UndeliveredOutcomes {
  const [shop = ''] = identifyShop(config);
  const store = redis ? createRedisOutcomeStore(redis, config.redisPrefix, shop) : createMemoryOutcomeStore();
  return new UndeliveredOutcomes(store, (error) => monitor.onRedisError(error));
}

async function createQueue(config: ProcessConfig, redis: Redis | undefined, monitor: Monitor, send: SendOutcome): Promise<OutcomeQueue> {
  const onGivenUp: OnGivenUp = (...givenUp) => monitor.onGivenUp(...givenUp);
  if (!redis) return new MemoryQueue(send, onGivenUp);
  const shops = identifyShop(config) as [string, ...string[]];
  return createRedisQueue({ redis, prefix: config.redisPrefix, shops, send, onGivenUp, onError: (error) => monitor.onRedisError(error) });
}
