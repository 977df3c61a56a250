import { describe, expect, vi } from 'vitest';
import { itWithRedis } from '../server/redis.js';
import { startPair, type Child } from './child.js';
import { acceptEveryOrder, countPayrocSales, createShoppers, listPaidOrders, payAll } from './payments.js';
import type { ShopCall } from './support.js';

/** Whether a load balancer stops sending requests: it reads 503, or cannot connect. */
async function isUnready({ url }: Child): Promise<boolean> {
  const response = await fetch(`${url}/readyz`).catch(() => undefined);
  return response === undefined || response.status === 503;
}

const isEnding = ({ log }: Child) => log.some(({ signal }) => signal === 'SIGTERM');

// Three processes and a hundred payments take a busy machine longer than other tests.
vi.setConfig({ testTimeout: 180_000 });

describe('a process that receives SIGTERM in the middle of 100 payments', () => {
  itWithRedis('answers every request in progress, loses no payment, and exits with 0', async () => {
    const { first, second, shop, standIns } = await startPair();
    const [lost, reached] = [new Set<string>(), new Set<string>()];
    const held: (() => void)[] = [];
    let isReleased = false;
    const hold = ({ path, headers }: ShopCall) => {
      reached.add(headers.get('User-Agent') ?? '');
      if (path !== '/outcome' || isReleased) return undefined;
      return new Promise<undefined>((resolve) => held.push(() => resolve(undefined)));
    };
    shop.intercept = (call) => hold(call) ?? acceptEveryOrder(call);
    const shoppers = createShoppers(100);
    const answers = payAll(shoppers, [first.url, second.url], standIns, (agent) => lost.add(agent));
    await vi.waitUntil(() => held.length >= 40, 150_000);
    first.kill('SIGTERM');
    await vi.waitUntil(() => isEnding(first), 150_000);
    expect(await isUnready(first)).toBe(true);
    isReleased = true;
    for (const release of held) release();
    expect(await answers).toEqual(shoppers.map(() => ({ outcome: 'paid' })));
    expect(await first.exited).toBe(0);
    expect(await isUnready(first)).toBe(true);
    expect([...lost].filter((agent) => reached.has(agent))).toEqual([]);
    expect(listPaidOrders(shop)).toEqual(shoppers.map(({ order }) => order).sort());
    expect(await countPayrocSales(standIns)).toBe(shoppers.filter(({ provider }) => provider === 'payroc').length);
    expect(first.log.at(-1)).toMatchObject({ msg: 'Ended.' });
  });
});
