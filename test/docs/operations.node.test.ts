import { once } from 'node:events';
import { Job, type Worker } from 'bullmq';
import fc from 'fast-check';
import { Redis as Client } from 'ioredis';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { OperationNotSupported, type Ledger, type PayEndpoints, type Payment, type PaymentOutcome } from '../../src/server.js';
import { createStandIns, paymeCards } from '../../src/testing.js';
import { Bank, payment, startProcess } from '../server/operations/fake-bank.js';
import { itWithRedis, Redis } from '../server/redis.js';
import { extract } from './snippets.js';

interface SettleQueueModule {
  createSettleQueue(
    connection: object,
    options?: object,
  ): {
    readonly queue: { getJob(id: string): Promise<Job<Payment> | undefined>; count(): Promise<number>; close(): Promise<void> };
    add(payment: Payment): Promise<void>;
  };
  startSettleWorker(options: {
    connection: object;
    settle(payment: Payment): Promise<PaymentOutcome>;
    giveUp(payment: Payment, why: string): void;
  }): Worker<Payment>;
  isWaiting(reason?: string): boolean;
}

const snippets = extract('docs/operations.md');
const cleanUps: (() => unknown)[] = [];
let redis: Redis | undefined;
let settleQueue: SettleQueueModule;
let createRedisLedger: (client: Client) => Ledger;

beforeAll(async () => {
  settleQueue = (await import(/* @vite-ignore */ snippets.path('settle-queue.ts'))) as SettleQueueModule;
  ({ createRedisLedger } = (await import(/* @vite-ignore */ snippets.path('ledger.ts'))) as {
    createRedisLedger: typeof createRedisLedger;
  });
});
afterAll(() => snippets.remove());

beforeEach(() => {
  redis = undefined;
});
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp();
  await redis?.stop();
});

async function connect() {
  redis ??= await Redis.start();
  return { url: redis.url };
}

/** Tries without a delay, and the next ones after a millisecond. */
const impatient = (attempts: number) => ({ attempts, backoff: { type: 'fixed', delay: 1 } });

async function openQueue(attempts = 1_000) {
  const opened = settleQueue.createSettleQueue(await connect(), impatient(attempts));
  cleanUps.push(() => opened.queue.close());
  return opened;
}

type WorkerOptions = Parameters<SettleQueueModule['startSettleWorker']>[0];

async function startWorker({ settle, giveUp = () => {} }: Pick<WorkerOptions, 'settle'> & Partial<WorkerOptions>) {
  const worker = settleQueue.startSettleWorker({ connection: await connect(), settle, giveUp });
  cleanUps.push(() => worker.close());
  return worker;
}

/** Waits for the end of a job, whatever it is. */
const ended = (worker: Worker, event: 'completed' | 'failed') => once(worker, event) as Promise<[Job<Payment>, unknown]>;

const paid = { outcome: 'paid' } as PaymentOutcome;
const pending = { outcome: 'pending' } as PaymentOutcome;

/** The merchant's records, which fulfil an order once. */
class Orders {
  readonly fulfilled: string[] = [];
  readonly #paid = new Set<string>();

  readonly receive = ({ outcome, payment: { order } }: PaymentOutcome) => {
    if (outcome !== 'paid' || this.#paid.has(order)) return;
    this.#paid.add(order);
    this.fulfilled.push(order);
  };
}

describe('the settle queue in docs/operations.md', () => {
  itWithRedis('passes a pending payment to onOutcome once it is paid', async () => {
    const bank = new Bank({ state: 'pending' });
    const { add, queue } = await openQueue();
    const outcomes: string[] = [];
    const onOutcome = async ({ outcome, payment }: PaymentOutcome) => {
      outcomes.push(outcome);
      if (outcome === 'pending') await add(payment);
    };
    const { settle } = startProcess({ bank, onOutcome });
    const worker = await startWorker({ settle });
    const [failed, completed] = [ended(worker, 'failed'), ended(worker, 'completed')];
    await add(payment);
    const [, error] = await failed;
    expect(error).toMatchObject({ message: 'The payment is still pending.' });
    bank.state = 'paid';
    await completed;
    expect([outcomes[0], outcomes.at(-1)]).toEqual(['pending', 'paid']);
    expect(outcomes.filter((outcome) => outcome === 'paid')).toHaveLength(1);
    expect(await queue.count()).toBe(0);
  });

  itWithRedis('is one job however often a payment is added, with the newest numbers', async () => {
    const { add, queue } = await openQueue();
    await add(payment);
    await add({ ...payment, transactionId: '5hk8' });
    expect(await queue.count()).toBe(1);
    const settle = vi.fn(() => Promise.resolve(paid));
    const worker = await startWorker({ settle });
    await ended(worker, 'completed');
    expect(settle.mock.calls).toEqual([[{ ...payment, transactionId: '5hk8' }]]);
  });

  itWithRedis('takes any reference and number as the ID of a job', async () => {
    const { add, queue } = await openQueue();
    const { id: _id, ...unnumbered } = payment;
    await add({ ...payment, id: '123456789012' });
    await add({ ...unnumbered, order: 'visitor/A:1' });
    expect(await queue.count()).toBe(2);
  });

  itWithRedis('gives up after the last try, once, and keeps the job', async () => {
    const settle = vi.fn(() => Promise.resolve(pending));
    const { add, queue } = await openQueue(3);
    const given = new Promise<unknown[]>((resolve) => {
      void startWorker({ settle, giveUp: (...args) => resolve(args) });
    });
    await add(payment);
    expect(await given).toEqual([payment, 'The payment is still pending.']);
    expect(settle).toHaveBeenCalledTimes(3);
    expect(await (await queue.getJob('payment-bank-sandbox-77'))?.getState()).toBe('failed');
  });

  itWithRedis('gives up at once on a payment that the provider cannot look up', async () => {
    const settle = vi.fn(() => Promise.reject<PaymentOutcome>(new OperationNotSupported('bank', 'settle', 'Look it up in the panel.')));
    const { add } = await openQueue();
    const given = new Promise<unknown[]>((resolve) => {
      void startWorker({ settle, giveUp: (...args) => resolve(args) });
    });
    await add(payment);
    expect(await given).toEqual([payment, 'pay.settle(): Look it up in the panel.']);
    expect(settle).toHaveBeenCalledTimes(1);
  });

  itWithRedis('tries again after the provider failed', async () => {
    const settle = vi.fn(() => Promise.resolve(paid)).mockRejectedValueOnce(new Error('503'));
    const { add } = await openQueue();
    const completed = ended(await startWorker({ settle }), 'completed');
    await add(payment);
    await completed;
    expect(settle).toHaveBeenCalledTimes(2);
  });

  itWithRedis('fulfils each order once with two workers and a cron job at the same time', async () => {
    const orders = new Orders();
    const bank = new Bank({ state: 'paid' });
    const start = () => startProcess({ bank, onOutcome: orders.receive });
    const machines = [start(), start()];
    const payments = Array.from({ length: 20 }, (_, n) => ({ ...payment, id: String(n) }));
    const { add } = await openQueue();
    const workers = await Promise.all(machines.map(({ settle }) => startWorker({ settle })));
    let count = 0;
    const all = new Promise<void>((resolve) => {
      for (const worker of workers) worker.on('completed', () => ++count === payments.length && resolve());
    });
    await Promise.all(payments.map(add));
    await Promise.all(machines.flatMap(({ settle }) => payments.map(settle)));
    await all;
    expect(orders.fulfilled).toEqual(['A-1001']);
    expect(bank.calls.filter((name) => name !== 'payment')).toEqual([]);
  });

  itWithRedis('adds no job for a payment without numbers, because it cannot be looked up', async () => {
    const { add, queue } = await openQueue();
    const { provider, environment, order } = payment;
    await add({ provider, environment, order });
    expect(await queue.count()).toBe(0);
  });

  itWithRedis('keeps two sales of one order apart whose answers were lost', async () => {
    const { add, queue } = await openQueue();
    const { id: _id, ...unnumbered } = payment;
    await add({ ...unnumbered, orderId: 'A-1001-00000001' });
    await add({ ...unnumbered, orderId: 'A-1001-00000002' });
    expect(await queue.count()).toBe(2);
  });

  itWithRedis('settles a payment again that was added after its job gave up', async () => {
    const settle = vi.fn(() => Promise.resolve(paid)).mockResolvedValueOnce(pending);
    const { add } = await openQueue(1);
    const worker = await startWorker({ settle });
    const failed = ended(worker, 'failed');
    await add(payment);
    await failed;
    const completed = ended(worker, 'completed');
    await add(payment);
    await completed;
    expect(settle).toHaveBeenCalledTimes(2);
  });

  itWithRedis('adds a payment without an error if its job ends in between', async () => {
    const { add, queue } = await openQueue();
    vi.spyOn(Job.prototype, 'updateData').mockRejectedValueOnce(new Error('Missing key for job'));
    await expect(add(payment)).resolves.toBeUndefined();
    expect(await queue.count()).toBe(1);
  });

  itWithRedis('stores no outcome in Redis, which may contain a saved card', async () => {
    const settle = () => Promise.resolve({ outcome: 'paid', savedCard: { token: 'card' } } as PaymentOutcome);
    const { add } = await openQueue();
    const completed = ended(await startWorker({ settle }), 'completed');
    await add(payment);
    const [job] = await completed;
    expect(job.returnvalue ?? null).toBeNull();
  });

  it.each([
    [undefined, true],
    ['not-found', true],
    ['unanswered', true],
    ['processing', true],
    ['price', false],
    ['partial', false],
    ['stale', false],
    ['unknown-state', false],
  ])('waits for a payment that is pending with the reason %s: %s', (reason, expected) => {
    expect(settleQueue.isWaiting(reason)).toBe(expected);
  });
});

describe('the shop with a settle queue in docs/operations.md', () => {
  interface ShopModule {
    readonly pay: Pick<PayEndpoints, 'token' | 'outcome'>;
    readonly redis: Client;
    readonly worker: Worker<Payment>;
    readonly settleQueue: { readonly queue: { getDelayed(): Promise<Job<Payment>[]>; close(): Promise<void> } };
  }

  async function openShop(): Promise<ShopModule> {
    vi.stubEnv('REDIS_URL', (await connect()).url);
    for (const name of ['CLIENT_ID', 'CLIENT_SECRET', 'MERCHANT_CODE']) vi.stubEnv(`PAYME_${name}`, `your_${name.toLowerCase()}`);
    // Each test creates a shop, which uses the Redis of that test.
    vi.resetModules();
    const shop = (await import(/* @vite-ignore */ snippets.path('settled-shop.ts'))) as ShopModule;
    cleanUps.push(
      () => shop.redis.disconnect(),
      () => shop.settleQueue.queue.close(),
      () => shop.worker.close(),
    );
    return shop;
  }

  async function post(endpoint: PayEndpoints['token'], content: object): Promise<unknown> {
    const headers = { 'Content-Type': 'application/json', Cookie: 'visitor=visitor-1' };
    return (await endpoint(new Request('https://shop.example.com/', { method: 'POST', headers, body: JSON.stringify(content) }))).json();
  }

  afterEach(() => {
    vi.unstubAllEnvs();
    vi.unstubAllGlobals();
  });

  itWithRedis('fulfils an order whose shopper pays after the page is closed', async () => {
    const standIns = createStandIns();
    const fulfilled: string[] = [];
    vi.stubGlobal('fetch', (url: string, init: RequestInit) => {
      if (!url.startsWith('https://records.example.com/')) return standIns.fetch(url, init);
      fulfilled.push(url);
      return Promise.resolve(new Response());
    });
    const { pay, worker, settleQueue: added } = await openShop();
    const body = { provider: 'payme', environment: 'sandbox', order: 'A-1001' } as const;
    const result = await standIns.pay({ provider: 'payme', answer: await post(pay.token, body), card: paymeCards.pending });
    expect(await post(pay.outcome, { ...body, attempt: 1, result })).toMatchObject({ outcome: 'pending' });
    const [job] = await added.queue.getDelayed();
    standIns.payme.settle(job!.data.id, 'AUTORIZADO');
    const completed = ended(worker, 'completed');
    await job!.promote();
    await completed;
    expect(fulfilled).toEqual(['https://records.example.com/fulfilled/A-1001']);
  });

  itWithRedis('reports to the staff what no later try decides', async () => {
    const standIns = createStandIns();
    vi.stubGlobal('fetch', standIns.fetch);
    const warn = vi.spyOn(console, 'warn').mockImplementation(() => {});
    const { pay, settleQueue: added } = await openShop();
    const body = { provider: 'payme', environment: 'sandbox', order: 'A-1001' };
    const result = await standIns.pay({ provider: 'payme', answer: await post(pay.token, body), card: paymeCards.approved });
    await post(pay.outcome, { ...body, order: 'A-1004', attempt: 1, result });
    expect(warn.mock.calls.map(([message]) => message as string)).toEqual(['forged order']);
    expect(await added.queue.getDelayed()).toEqual([]);
  });
});

describe('the Redis ledger in docs/operations.md', () => {
  async function openLedger(): Promise<Ledger> {
    const client = new Client((await connect()).url);
    cleanUps.push(() => client.disconnect());
    return createRedisLedger(client);
  }

  itWithRedis('lets one process claim a key', async () => {
    const [first, second] = [await openLedger(), await openLedger()];
    const claims = await Promise.all([first, second, first, second].map(async (ledger) => ledger.claim('key')));
    expect(claims.filter(Boolean)).toHaveLength(1);
    expect([await first.read('key'), await first.read('another')]).toEqual(['', null]);
    await second.write('key', 'text');
    expect(await first.read('key')).toBe('text');
  });

  itWithRedis('never lets two processes refund more than was paid, or refund one key twice', async () => {
    const ledgers = [await openLedger(), await openLedger()];
    const client = new Client((await connect()).url);
    cleanUps.push(() => client.disconnect());
    const refund = fc.record({
      key: fc.constantFrom('r-1', 'r-2', 'r-3', 'r-4'),
      amount: fc.integer({ min: 1, max: 7 }).map((n) => n * 100),
    });
    const end = fc.constantFrom('done', 'answer-lost', 'lost', 'refused', 'changed', 'unreachable');
    await fc.assert(
      fc.asyncProperty(fc.array(refund, { minLength: 2, maxLength: 12 }), fc.array(end, { maxLength: 6 }), async (refunds, ends) => {
        await client.flushall();
        const bank = new Bank({ ends: [...ends] as never });
        const processes = ledgers.map((ledger) => startProcess({ bank, ledger }));
        await Promise.allSettled(refunds.map(({ key, amount }, n) => processes[n % 2]!.refund({ payment, key, amount })));
        expect(bank.returned).toBeLessThanOrEqual(1_000);
        const keys = bank.refunds.map(({ key }) => key);
        expect(new Set(keys).size).toBe(keys.length);
      }),
      { numRuns: 60 },
    );
  });
});
