import { describe, expect, vi } from 'vitest';
import { itWithRedis } from '../server/redis.js';
import { startPair } from './child.js';
import { promoteOutcomes } from './kept-outcomes.js';
import {
  acceptEveryOrder,
  countPayrocSales,
  createSender,
  createShoppers,
  listPaidOrders,
  listPaymentIds,
  payAll,
  payAt,
} from './payments.js';

// Three processes and a hundred payments take a busy machine longer than other tests.
vi.setConfig({ testTimeout: 180_000 });

describe('two processes on one Redis, one of which is killed', () => {
  itWithRedis('take 100 payments at once, charge each order once, and lose no outcome', async () => {
    const { first, second, shop, standIns } = await startPair();
    let outcomes = 0;
    shop.intercept = (call) => {
      if (call.path === '/outcome' && ++outcomes === 50) first.kill('SIGKILL');
      return acceptEveryOrder(call);
    };
    const shoppers = createShoppers(100);
    const answers = await payAll(shoppers, [first.url, second.url], standIns);
    expect(answers).toEqual(shoppers.map(() => ({ outcome: 'paid' })));
    expect(await first.exited).toBeNull();
    expect(listPaidOrders(shop)).toEqual(shoppers.map(({ order }) => order).sort());
    expect(listPaymentIds(shop)).toHaveLength(100);
    expect(await countPayrocSales(standIns)).toBe(shoppers.filter(({ provider }) => provider === 'payroc').length);
  });

  itWithRedis('deliver the outcomes of pages that were closed before the process was killed', async () => {
    const { first, second, shop, standIns, redis } = await startPair();
    const shoppers = createShoppers(12);
    let waiting = 0;
    const send = createSender([first.url], 0);
    const isKilled = new Promise<void>((resolve) => {
      shop.intercept = (call) => {
        if (call.path !== '/outcome') return acceptEveryOrder(call);
        if (++waiting === shoppers.length) {
          first.kill('SIGKILL');
          resolve();
        }
        // The shop is so slow that it never answers.
        return new Promise(() => {});
      };
    });
    const bodies = await Promise.all(shoppers.map((shopper) => payAt(send, standIns, shopper)));
    const answers = Promise.allSettled(bodies.map((body) => send('/api/pay/outcome', body)));
    await isKilled;
    expect((await answers).map(({ status }) => status)).toEqual(shoppers.map(() => 'rejected'));
    shop.calls.length = 0;
    const received = new Promise<void>((resolve) => {
      shop.intercept = () => void (listPaidOrders(shop).length === shoppers.length && resolve());
    });
    await promoteOutcomes(redis.url);
    await received;
    expect(listPaidOrders(shop)).toEqual(shoppers.map(({ order }) => order).sort());
    expect(second.log.filter(({ level }) => level === 'error')).toEqual([]);
  });
});
