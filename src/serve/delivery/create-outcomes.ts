import type { Redis } from 'ioredis';
import type { OutcomeReply, PaymentOutcome } from '../../server/payment-outcome.js';
import type { CallBackend } from '../backend/call-backend.js';
import type { ProcessConfig } from '../config/process-settings.js';
import { createRedisCache } from '../redis/redis-stores.js';
import type { Monitor } from '../monitoring/monitor.js';
import { createDelivery, createOutcomeSender } from './deliver-outcome.js';
import { MemoryQueue } from './memory-queue.js';
import type { OutcomeCall } from './outcome-call.js';
import type { OutcomeQueue } from './outcome-queue.js';
import { createRedisQueue } from './redis-queue.js';
import { UnheardOutcomes } from './unheard-outcomes.js';

export interface Outcomes {
  readonly queue: OutcomeQueue;
  readonly unheard: UnheardOutcomes;
  /** Passes an outcome to the shop. */
  readonly deliver: (outcome: PaymentOutcome) => Promise<OutcomeReply>;
}

interface OutcomeDependencies {
  readonly call: CallBackend;
  readonly redis: Redis | undefined;
  readonly monitor: Monitor;
}

/** Creates the queue of the shop's `outcome` calls, and the function that makes such a call. */
export async function createOutcomes(config: ProcessConfig, { call, redis, monitor }: OutcomeDependencies): Promise<Outcomes> {
  const sendOnce = createOutcomeSender(config.outcomeUrl, call);
  const unheard = new UnheardOutcomes(redis ? createRedisCache(redis, config.redisPrefix) : new Map<string, string>());
  const send = async (outcome: OutcomeCall) => {
    const reply = await sendOnce(outcome);
    await unheard.remove(outcome);
    monitor.onDelivered();
    return reply;
  };
  const onGivenUp = (error: unknown) => monitor.onGivenUp(error);
  const onError = (error: unknown) => monitor.onRedisError(error);
  const queue = redis
    ? await createRedisQueue({ redis, prefix: config.redisPrefix, send, onGivenUp, onError })
    : new MemoryQueue(send, onGivenUp);
  const deliver = createDelivery({ send, queue, unheard, onDelay: (error) => monitor.onDelayed(error) });
  monitor.metrics.watchQueue(() => queue.count());
  return {
    queue,
    unheard,
    deliver(outcome) {
      monitor.onOutcome(outcome);
      return deliver(outcome);
    },
  };
}
