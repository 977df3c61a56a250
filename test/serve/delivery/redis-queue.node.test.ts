import { Worker } from 'bullmq';
import { afterEach, describe, expect, vi } from 'vitest';
import type { OutcomeCall } from '../../../src/serve/delivery/outcome-call.js';
import type { SendOutcome } from '../../../src/serve/delivery/outcome-queue.js';
import { createRedisQueue, type RedisQueueOptions } from '../../../src/serve/delivery/redis-queue.js';
import { connectRedis } from '../../../src/serve/redis/connect-redis.js';
import { itWithRedis } from '../../server/redis.js';
import { startRedis } from '../child.js';
import { openKeptOutcomes } from '../kept-outcomes.js';
import { atEnd } from '../support.js';

const call = {
  call: 'outcome',
  outcome: 'paid',
  provider: 'payme',
  environment: 'sandbox',
  payment: { provider: 'payme', environment: 'sandbox', order: 'A-1001', id: '1' },
  details: { amount: 1050, currency: 'PEN' },
  order: { reference: 'A-1001', amount: 1050, currency: 'PEN' },
  decidedAt: '2026-11-28T12:00:00.000Z',
} as OutcomeCall;

const shops = ['shop'] as const;

afterEach(() => vi.restoreAllMocks());

async function startQueue(send: SendOutcome, options: Partial<RedisQueueOptions> = {}, redis?: Awaited<ReturnType<typeof startRedis>>) {
  const server = redis ?? (await startRedis());
  const [onGivenUp, onError] = [vi.fn(), vi.fn()];
  const connection = await connectRedis(server.url, onError);
  const queue = await createRedisQueue({ redis: connection, prefix: 'pay-checkout', shops, send, onGivenUp, onError, ...options });
  atEnd(async () => {
    await queue.close();
    connection.disconnect();
  });
  return { redis: server, queue, kept: openKeptOutcomes(server.url), onGivenUp, onError };
}

/** Takes a kept call as a process does that is then killed: its lock is never renewed. */
async function takeAndDie(url: string): Promise<void> {
  const { hostname: host, port } = new URL(url);
  const connection = { host, port: Number(port) };
  const worker = new Worker(`outcomes-${shops[0]}`, null, { connection, prefix: 'pay-checkout', autorun: false, lockDuration: 500 });
  worker.on('error', () => {});
  atEnd(() => worker.close());
  const job = await vi.waitUntil(() => worker.getNextJob('killed-process', { block: false }), 30_000);
  expect(job?.data).toEqual(call);
}

describe('the queue of outcome calls in Redis', () => {
  itWithRedis('keeps the same outcome once, until it is removed', async () => {
    const { queue } = await startQueue(vi.fn());
    const [first] = await Promise.all([queue.keep(call), queue.keep({ ...call, decidedAt: '2026-11-28T12:00:01.000Z' })]);
    expect(await queue.count()).toBe(1);
    await first.remove();
    expect(await queue.count()).toBe(0);
    await queue.keep(call);
    expect(await queue.count()).toBe(1);
  });

  itWithRedis('does not send a call that was removed', async () => {
    const send = vi.fn(() => Promise.resolve());
    const { queue, kept } = await startQueue(send);
    await (await queue.keep(call)).remove();
    await queue.keep({ ...call, outcome: 'refunded' });
    await kept.promoteJobs();
    await vi.waitUntil(async () => (await queue.count()) === 0, 30_000);
    expect(send.mock.calls).toEqual([[{ ...call, outcome: 'refunded' }]]);
  });

  itWithRedis('leaves a call that is being sent to the process that sends it', async () => {
    let finish = (): void => {};
    const send = vi.fn(() => new Promise<void>((resolve) => (finish = resolve)));
    const { queue, kept } = await startQueue(send);
    const one = await queue.keep(call);
    await kept.promoteJobs();
    await vi.waitUntil(() => send.mock.calls.length === 1, 30_000);
    await one.remove();
    expect(await queue.count()).toBe(1);
    finish();
    await vi.waitUntil(async () => (await queue.count()) === 0, 30_000);
  });

  itWithRedis('takes over the call of a process that was killed while it sent the call', async () => {
    const redis = await startRedis();
    const { queue, kept } = await startQueue(vi.fn(), { abandonedAfter: 500 }, redis);
    await queue.keep(call);
    await queue.close();
    await kept.promoteJobs();
    await takeAndDie(redis.url);
    const send = vi.fn(() => Promise.resolve());
    await startQueue(send, { abandonedAfter: 500 }, redis);
    await vi.waitUntil(() => send.mock.calls.length === 1, 30_000);
    expect(send).toHaveBeenCalledWith(call);
  });

  itWithRedis('waits longer after each failure', async () => {
    vi.spyOn(Math, 'random').mockReturnValue(1);
    const { queue, kept, onGivenUp } = await startQueue(() => Promise.reject(new Error('The shop failed.')));
    await queue.keep(call);
    const waits: number[] = [];
    for (let failures = 1; failures <= 3; failures++) {
      await kept.promoteJobs();
      const job = await vi.waitUntil(async () => (await kept.getDelayed()).find(({ attemptsMade }) => attemptsMade === failures), 30_000);
      waits.push(job.delay);
    }
    expect(waits).toEqual([2_000, 4_000, 8_000]);
    expect(onGivenUp).not.toHaveBeenCalled();
  });

  itWithRedis('gives a call up after a day, and reports the last error', async () => {
    const { queue, kept, onGivenUp } = await startQueue(() => Promise.reject(new Error('The shop failed.')));
    await queue.keep(call);
    const now = Date.now();
    vi.spyOn(Date, 'now').mockReturnValue(now + 24 * 60 * 60_000 + 1_000);
    await kept.promoteJobs();
    await vi.waitUntil(() => onGivenUp.mock.calls.length === 1, 30_000);
    expect(onGivenUp).toHaveBeenCalledWith(expect.objectContaining({ message: 'The shop failed.' }));
    expect(await queue.count()).toBe(0);
    expect(await kept.getFailedCount()).toBe(1);
  });

  itWithRedis('keeps an outcome again that it gave up', async () => {
    const { queue, kept, onGivenUp } = await startQueue(() => Promise.reject(new Error('The shop failed.')));
    await queue.keep(call);
    vi.spyOn(Date, 'now').mockReturnValue(Date.now() + 24 * 60 * 60_000 + 1_000);
    await kept.promoteJobs();
    await vi.waitUntil(() => onGivenUp.mock.calls.length === 1, 30_000);
    await queue.keep(call);
    expect(await queue.count()).toBe(1);
  });
});
