import { setTimeout as sleep } from 'node:timers/promises';
import { Queue, UnrecoverableError, Worker, type Job, type JobsOptions } from 'bullmq';
import type { Redis } from 'ioredis';
import { identifyOutcome, type OutcomeCall } from './outcome-call.js';
import { firstWait, keepFor, longestWait, type OnGivenUp, type OutcomeQueue, type SendOutcome } from './outcome-queue.js';

export interface RedisQueueOptions {
  readonly redis: Redis;
  /** Starts every key. */
  readonly prefix: string;
  /** The ids of the shop. Calls are kept under the first one, and sent under each. */
  readonly shops: readonly [string, ...string[]];
  readonly send: SendOutcome;
  readonly onGivenUp: OnGivenUp;
  /** Receives the errors of the connection. */
  readonly onError: (error: unknown) => void;
  /** Milliseconds after which a call counts as abandoned by the process that was sending it. Another one sends it within twice this time. */
  readonly abandonedAfter?: number;
}

/** Seconds. A call that was given up stays in Redis for a week, where BullMQ's tools find it. */
const keptAfterFailure = 7 * 24 * 60 * 60;
/** The most of them that are removed at once. */
const cleanedAtOnce = 1_000;

/** Milliseconds: longer than a call to the shop takes. */
const defaultAbandonedAfter = 10_000;
/** Milliseconds for the calls that are being sent when the process ends. */
const closeTimeout = 10_000;

/** BullMQ wants a number of tries. The time decides instead. */
const unlimited = 1_000_000;

const jobOptions: JobsOptions = {
  delay: firstWait,
  attempts: unlimited,
  backoff: { type: 'growing' },
  removeOnComplete: true,
  // Each try would add its stack trace to the job.
  stackTraceLimit: 0,
  removeOnFail: { age: keptAfterFailure },
};

/** Creates a queue that several processes share, and that survives each of them. Resolves once it is connected. */
export async function createRedisQueue(options: RedisQueueOptions): Promise<OutcomeQueue> {
  const { redis, shops } = options;
  const requestConnection = redis.duplicate();
  // A worker waits for a connection that is down, and for the next call, as long as it takes.
  const workerConnection = redis.duplicate({ maxRetriesPerRequest: null, enableOfflineQueue: true, commandTimeout: undefined });
  const connections = [requestConnection, workerConnection];
  const queues = shops.map((shop) => openQueue(shop, requestConnection, options));
  const workers = shops.map((shop) => startWorker(shop, workerConnection, options));
  const [newest] = queues as [Queue<OutcomeCall>];
  try {
    await Promise.all([...queues, ...workers].map((one) => one.waitUntilReady()));
    // BullMQ applies the age of failed jobs only when another one fails.
    await Promise.all(queues.map((queue) => queue.clean(keptAfterFailure * 1000, cleanedAtOnce, 'failed')));
  } catch (error) {
    await closeAll(queues, workers, connections);
    throw error;
  }
  return {
    isDurable: true,
    async keep(call) {
      const job = await newest.add('outcome', call, { ...jobOptions, deduplication: { id: identifyOutcome(call) } });
      return { remove: () => removeJob(job) };
    },
    count: () => countJobs(queues),
    close: () => closeAll(queues, workers, connections),
  };
}

function openQueue(shop: string, connection: Redis, { prefix, onError }: RedisQueueOptions): Queue<OutcomeCall> {
  const queue = new Queue<OutcomeCall>(toName(shop), { connection, prefix });
  queue.on('error', onError);
  return queue;
}

function toName(shop: string): string {
  return `outcomes-${shop}`;
}

async function countJobs(queues: readonly Queue[]): Promise<number> {
  const counts = await Promise.all(queues.map((queue) => queue.getJobCountByTypes('waiting', 'delayed', 'active')));
  return counts.reduce((sum, count) => sum + count, 0);
}

/** BullMQ waits for a Redis that does not respond, and leaves connections open that it has not made. */
async function closeAll(queues: readonly Queue[], workers: readonly Worker[], connections: readonly Redis[]): Promise<void> {
  const closed = Promise.allSettled(workers.map((worker) => worker.close())).then(() =>
    Promise.allSettled(queues.map((queue) => queue.close())),
  );
  await Promise.race([closed, sleep(closeTimeout, undefined, { ref: false })]);
  for (const connection of connections) connection.disconnect();
}

function startWorker(shop: string, connection: Redis, options: RedisQueueOptions): Worker<OutcomeCall> {
  const { prefix, send, onGivenUp, onError, abandonedAfter = defaultAbandonedAfter } = options;
  const worker = new Worker<OutcomeCall>(toName(shop), (job) => process(job, send), {
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
  worker.on('failed', (job, error) => job?.finishedOn !== undefined && onGivenUp(error.cause ?? error, job.data));
  return worker;
}

async function process(job: Job<OutcomeCall>, send: SendOutcome): Promise<void> {
  try {
    await send(job.data);
  } catch (error) {
    if (Date.now() - job.timestamp < keepFor) throw error;
    throw Object.assign(new UnrecoverableError('The shop has not received the outcome for a day.'), { cause: error });
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
