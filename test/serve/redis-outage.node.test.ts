import { afterEach, describe, expect, vi } from 'vitest';
import { itWithRedis } from '../server/redis.js';
import { startRedis } from './child.js';
import { promoteOutcomes } from './kept-outcomes.js';
import { acceptEveryOrder, createShoppers, listPaidOrders, payAt } from './payments.js';
import { startAll, type Running } from './support.js';

// A Redis that hangs is waited for, and a busy machine takes longer.
vi.setConfig({ testTimeout: 120_000 });

/** Milliseconds: the page's patience is 15 s. */
const deadline = 12_000;

const limits: NodeJS.Timeout[] = [];

afterEach(() => limits.splice(0).forEach(clearTimeout));

/** Posts as the page does, and fails if the answer takes longer than a request may. */
function send({ process }: Running) {
  return (path: string, body: object) => {
    const controller = new AbortController();
    limits.push(setTimeout(() => controller.abort(new Error(`${path} took longer than ${deadline} ms.`)), deadline));
    return fetch(`${process.url}${path}`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', Cookie: 'visitor=ana', 'X-Forwarded-For': '203.0.113.5' },
      body: JSON.stringify(body),
      signal: controller.signal,
    });
  };
}

const readiness = async ({ process }: Running) => {
  const response = await fetch(`${process.url}/readyz`);
  return `${response.status} ${await response.text()}`;
};

/** The metric is NaN while the queue cannot be read. */
const canKeepOutcomes = async ({ process }: Running) =>
  /^pay_checkout_outcome_calls_waiting \d+$/m.test(await (await fetch(`${process.url}/metrics`)).text());

const ready = '200 ready\n';
const degraded = '200 ready, but Redis does not respond\n';

const outages = [
  ['is killed', 'kill', 'restart'],
  ['hangs', 'pause', 'resume'],
] as const;

describe('Redis that fails while the process serves', () => {
  for (const [title, fail, recover] of outages) {
    itWithRedis(`costs no payment when it ${title}, and is used again when it is back`, async () => {
      const redis = await startRedis();
      const running = await startAll({ REDIS_URL: redis.url });
      const { shop, standIns } = running;
      shop.intercept = acceptEveryOrder;
      const [before, ...during] = createShoppers(4);
      const pay = async (shopper: (typeof during)[number]) => {
        const response = await send(running)('/api/pay/outcome', await payAt(send(running), standIns, shopper));
        return response.json() as Promise<unknown>;
      };
      expect(await pay(before!)).toEqual({ outcome: 'paid' });
      expect(await readiness(running)).toBe(ready);
      await redis[fail]();
      for (const shopper of during) expect(await pay(shopper)).toEqual({ outcome: 'paid' });
      expect(await readiness(running)).toBe(degraded);
      expect(listPaidOrders(shop)).toHaveLength(4);
      await redis[recover]();
      await vi.waitUntil(async () => (await readiness(running)) === ready, 60_000);
      // The queue has a connection of its own.
      await vi.waitUntil(() => canKeepOutcomes(running), 60_000);
      let isRefused = true;
      shop.intercept = (call) => (call.path === '/outcome' && isRefused ? new Response(null, { status: 500 }) : acceptEveryOrder(call));
      const late = { provider: 'payme', order: 'A-3000' } as const;
      expect(await pay(late)).toEqual({ outcome: 'paid' });
      isRefused = false;
      shop.calls.length = 0;
      await promoteOutcomes(redis.url);
      await vi.waitUntil(() => listPaidOrders(shop).includes(late.order), 60_000);
    });

    itWithRedis(`leaves each process its own rate limit when it ${title}`, async () => {
      const redis = await startRedis();
      const running = await startAll({ REDIS_URL: redis.url, PAY_RATE_LIMIT: '3' });
      running.shop.intercept = acceptEveryOrder;
      await redis[fail]();
      const body = { provider: 'payme', environment: 'sandbox', order: 'A-1001' };
      const statuses: number[] = [];
      for (let n = 0; n < 4; n++) statuses.push((await send(running)('/api/pay/token', body)).status);
      expect(statuses).toEqual([200, 200, 200, 429]);
    });

    itWithRedis(`does not keep the process from ending when it ${title}`, async () => {
      const redis = await startRedis();
      const { process } = await startAll({ REDIS_URL: redis.url });
      await redis[fail]();
      await process.close();
    });
  }
});
