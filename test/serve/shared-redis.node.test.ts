import { describe, expect, vi } from 'vitest';
import { itWithRedis } from '../server/redis.js';
import { startPair, startRedis } from './child.js';
import { promoteOutcomes } from './kept-outcomes.js';
import { acceptEveryOrder, createSender, createShoppers, listPaidOrders, payAt, post, type Shopper } from './payments.js';
import { operationsKey, startAll } from './support.js';

// Processes take a busy machine longer than other tests.
vi.setConfig({ testTimeout: 180_000 });

const sales: readonly Shopper[] = [
  { provider: 'payme', order: 'A-4000' },
  { provider: 'payroc', order: 'U-4000' },
];

/** Whether a request to a provider returns money. */
function returnsMoney({ method, url }: { readonly method: string; readonly url: string }): boolean {
  return method !== 'GET' && /refund|reverse|cancel/.test(url);
}

describe('two processes on one Redis', () => {
  itWithRedis('count the requests of a visitor together', async () => {
    const { first, second, shop } = await startPair({ PAY_RATE_LIMIT: '10' });
    shop.intercept = acceptEveryOrder;
    const body = { provider: 'payme', environment: 'sandbox', order: 'A-1001' };
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, index) => post(`${(index % 2 ? first : second).url}/api/pay/token`, body)),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([...Array<number>(10).fill(200), ...Array<number>(10).fill(429)]);
  });

  itWithRedis('return the money of one refund once, when both receive it at the same moment', async () => {
    const { first, second, shop, standIns } = await startPair();
    shop.intercept = acceptEveryOrder;
    const send = createSender([first.url, second.url], 0);
    for (const sale of sales) await send('/api/pay/outcome', await payAt(send, standIns, sale));
    // Pay-me refunds settled payments only.
    standIns.payme.settle();
    for (const payment of shop.outcomes().map(({ payment }) => payment)) {
      const operate = (url: string, name: string, body: object) =>
        post(`${url}/operations/${name}`, body, { Authorization: `Bearer ${operationsKey}` });
      const refund = { payment, amount: 400, key: 'return-1' };
      const answers = await Promise.all([first, second, first, second].map(({ url }) => operate(url, 'refund', refund)));
      expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
      const query = await operate(second.url, 'query', { payment });
      expect(await query.json()).toMatchObject({ refunds: [{ key: 'return-1', amount: 400 }] });
    }
    for (const { provider } of sales) expect(standIns[provider].requests.filter(returnsMoney)).toHaveLength(1);
  });

  itWithRedis('deliver to their own shop, if they serve different shops', async () => {
    const redis = await startRedis();
    const [one, other] = await Promise.all([
      startAll({ REDIS_URL: redis.url }),
      startAll({ REDIS_URL: redis.url, PAY_BACKEND_SECRET: 'the-secret-of-another-shop-with-32-characters' }),
    ]);
    let isRefused = true;
    one.shop.intercept = (call) => (call.path === '/outcome' && isRefused ? new Response(null, { status: 500 }) : acceptEveryOrder(call));
    other.shop.intercept = () => new Response(null, { status: 204 });
    const send = (path: string, body: object) => post(`${one.process.url}${path}`, body);
    expect(await (await send('/api/pay/outcome', await payAt(send, one.standIns, createShoppers(1)[0]!))).json()).toEqual({
      outcome: 'paid',
    });
    isRefused = false;
    one.shop.calls.length = 0;
    await promoteOutcomes(redis.url);
    await vi.waitUntil(() => listPaidOrders(one.shop).length > 0, 60_000);
    expect(other.shop.calls).toEqual([]);
  });
});
