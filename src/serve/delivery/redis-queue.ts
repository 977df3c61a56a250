import { setTimeout as sleep } from 'node:timers/promises';
import { Queue, UnrecoverableError, Worker, type Job, type JobsOptions } from 'bullmq';
import type { Redis } from 'ioredis';
import { identifyOutcome, type OutcomeCall } from './outcome-call.js';
import { firstWait, keepFor, longestWait, type OutcomeQueue, type SendOutcome } from './outcome-queue.js';

export interface RedisQueueOptions {
  readonly redis: Redis;
  /** Starts every key. */
  readonly prefix: string;
  readonly send: SendOutcome;
  /** Receives the last error of a call that the shop has not received for a day. */
  readonly onGivenUp: (error: unknown) => void;
  /** Receives the errors of the connection. */
  readonly onError: (error: unknown) => void;
  /** Milliseconds after which a call counts as abandoned by the process that was sending it. Another one sends it within twice this time. */
  readonly abandonedAfter?: number;
}

const name = 'outcomes';
/** Seconds. A call that was given up stays in Redis for a week, where BullMQ's tools find it. */
const keptAfterFailure = 7 * 24 * 60 * 60;

/** Milliseconds: longer than a call to the shop takes. */
const defaultAbandonedAfter = 10_000;
/** Milliseconds for the calls that are being sent when the process ends. */
const closeTimeout = 10_000;

/** More tries than fit in a day. */
const unlimited = 1_000_000;

const jobOptions: JobsOptions = {
  delay: firstWait,
  attempts: unlimited,
  backoff: { type: 'growing' },
  removeOnComplete: true,
  removeOnFail: { age: keptAfterFailure },
};

/** Creates a queue that several processes share, and that survives each of them. Resolves once it is connected. */
export async function createRedisQueue(options: RedisQueueOptions): Promise<OutcomeQueue> {
  const { redis, prefix, onError } = options;
  const requestConnection = redis.duplicate();
  // A worker waits for a connection that is down, and for the next call, as long as it takes.
  const workerConnection = redis.duplicate({ maxRetriesPerRequest: null, enableOfflineQueue: true, commandTimeout: undefined });
  const queue = new Queue<OutcomeCall>(name, { connection: requestConnection, prefix });
  queue.on('error', onError);
  const worker = startWorker(workerConnection, options);
  await Promise.all([queue.waitUntilReady(), worker.waitUntilReady()]);
  return {
    isDurable: true,
    async keep(call) {
      const job = await queue.add('outcome', call, { ...jobOptions, deduplication: { id: identifyOutcome(call) } });
      return { remove: () => removeJob(job) };
    },
    count: () => queue.getJobCountByTypes('waiting', 'delayed', 'active'),
    close: () => closeAll(worker, queue, [requestConnection, workerConnection]),
  };
}

/** BullMQ waits for a Redis that does not respond, and leaves connections open that it has not made. */
async function closeAll(worker: Worker, queue: Queue, connections: readonly Redis[]): Promise<void> {
  const closed = worker.close().then(() => queue.close());
  await Promise.race([closed, sleep(closeTimeout, undefined, { ref: false })]);
  for (const connection of connections) connection.disconnect();
}

function startWorker(connection: Redis, options: RedisQueueOptions): Worker<OutcomeCall> {
  const { prefix, send, onGivenUp, onError, abandonedAfter = defaultAbandonedAfter } = options;
  const worker = new Worker<OutcomeCall>(name, (job) => process(job, send), {
    connection,
    prefix,
    concurrency: 10,
    // Another process takes over the call of a process that was killed, however often that happens.
    maxStalledCount: unlimited,
    lockDuration: abandonedAfter,
    stalledInterval: abandonedAfter,
    settings: { backoffStrategy: computeWait },
  });
  worker.on('error', onError);
  worker.on('failed', (job, error) => job?.finishedOn !== undefined && onGivenUp(error));
  return worker;
}

async function process(job: Job<OutcomeCall>, send: SendOutcome): Promise<void> {
  try {
    await send(job.data);
  } catch (error) {
    if (Date.now() - job.timestamp < keepFor) throw error;
    throw new UnrecoverableError((error as Error).message);
  }
}

/** Returns the milliseconds before the next try: 1, 2, 4 … s up to 10 minutes, each varied by up to a half. */
function computeWait(attemptsMade: number): number {
  const wait = Math.min(longestWait, 1000 * 2 ** Math.min(attemptsMade, 20));
  return wait * (0.5 + Math.random() / 2);
}

/** A job that another process is sending at the moment cannot be removed. The shop then receives the same outcome twice. */
async function removeJob(job: Job): Promise<void> {
  await job.remove().catch(() => {});
}
