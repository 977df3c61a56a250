import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { itWithRedis } from '../server/redis.js';
import { startPair, startRedis } from './child.js';
import { promoteOutcomes } from './kept-outcomes.js';
import { acceptEveryOrder, createSender, createShoppers, listPaidOrders, payAt, post } from './payments.js';
import { startAll, type Running, type ShopCall } from './support.js';

// Processes take a busy machine longer than other tests.
vi.setConfig({ testTimeout: 180_000 });

afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

const shopper = createShoppers(1)[0]!;

/** Pays an order, and returns what the page hears about the outcome. */
async function payOne({ process, standIns }: Running): Promise<Response> {
  const send = (path: string, body: object) => post(`${process.url}${path}`, body);
  return send('/api/pay/outcome', await payAt(send, standIns, shopper));
}

/** Answers the `outcome` calls with a status, until it is told to accept them. */
function refuseOutcomes({ shop }: Pick<Running, 'shop'>, answer: (call: ShopCall) => Response | Promise<Response>) {
  const received = { failed: 0, accepted: 0 };
  let isFailing = true;
  shop.intercept = (call) => {
    if (call.path !== '/outcome') return acceptEveryOrder(call);
    if (isFailing) received.failed++;
    else received.accepted++;
    return isFailing ? answer(call) : undefined;
  };
  return { received, recover: () => (isFailing = false) };
}

const failures: readonly (readonly [string, () => Response])[] = [
  ['answers 500', () => new Response(null, { status: 500 })],
  ['redirects to its login', () => new Response(null, { status: 302, headers: { Location: '/login' } })],
];

describe('an `outcome` call that fails, with Redis', () => {
  for (const [title, answer] of failures) {
    itWithRedis(`is kept while the shop ${title}, and repeated until the shop receives it`, async () => {
      const redis = await startRedis();
      const running = await startAll({ REDIS_URL: redis.url });
      const { received, recover } = refuseOutcomes(running, answer);
      expect(await (await payOne(running)).json()).toEqual({ outcome: 'paid' });
      for (let repeated = 2; repeated <= 3; repeated++) {
        await promoteOutcomes(redis.url);
        await vi.waitUntil(() => received.failed >= repeated, 60_000);
      }
      recover();
      await vi.waitUntil(async () => {
        await promoteOutcomes(redis.url);
        return received.accepted > 0;
      }, 60_000);
      expect(listPaidOrders(running.shop)).toEqual([shopper.order]);
      await vi.waitUntil(async () => (await readMetric(running, 'outcome_calls_waiting')) === '0', 60_000);
      expect(running.log.filter(({ msg }) => String(msg).startsWith("The shop's `outcome` call failed"))).toHaveLength(1);
    });
  }

  itWithRedis('is kept when the shop does not answer, and the page hears the outcome', async () => {
    const redis = await startRedis();
    const running = await startAll({ REDIS_URL: redis.url });
    const { received, recover } = refuseOutcomes(running, () => new Promise(() => {}));
    const limits: AbortController[] = [];
    vi.spyOn(AbortSignal, 'timeout').mockImplementation(() => {
      limits.push(new AbortController());
      return limits.at(-1)!.signal;
    });
    const answer = payOne(running);
    await vi.waitUntil(() => received.failed === 1, 60_000);
    for (const limit of limits) limit.abort(new DOMException('The time is over.', 'TimeoutError'));
    expect(await (await answer).json()).toEqual({ outcome: 'paid' });
    recover();
    await promoteOutcomes(redis.url);
    await vi.waitUntil(() => received.accepted === 1, 60_000);
  });

  itWithRedis('survives the end of every process, and reaches the address of the next configuration', async () => {
    const closed = await findClosedAddress();
    const { first, second, shop, standIns, redis, restart } = await startPair({ PAY_OUTCOME_URL: `${closed}/outcome` });
    shop.intercept = acceptEveryOrder;
    const shoppers = createShoppers(6);
    const answers = await Promise.all(
      shoppers.map(async (one, index) => {
        const send = createSender([first.url, second.url], index);
        return (await send('/api/pay/outcome', await payAt(send, standIns, one))).json() as Promise<unknown>;
      }),
    );
    expect(answers).toEqual(shoppers.map(() => ({ outcome: 'paid' })));
    expect(shop.outcomes()).toEqual([]);
    for (const child of [first, second]) child.kill('SIGTERM');
    expect(await Promise.all([first.exited, second.exited])).toEqual([0, 0]);
    await restart({ PAY_OUTCOME_URL: `${shop.url}/outcome` });
    await promoteOutcomes(redis.url);
    await vi.waitUntil(() => listPaidOrders(shop).length === shoppers.length, 60_000);
    expect(listPaidOrders(shop)).toEqual(shoppers.map(({ order }) => order).sort());
  });
});

describe('an `outcome` call that fails, without Redis', () => {
  it('makes the page ask again, and is repeated while the process lives', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const running = await startAll();
    const { received, recover } = refuseOutcomes(running, () => new Response(null, { status: 500 }));
    const answer = await payOne(running);
    expect(answer.status).toBe(500);
    expect(await answer.json()).toMatchObject({ retryable: true });
    recover();
    // The first repetition follows after 10 to 20 s.
    await vi.advanceTimersByTimeAsync(20_000);
    await vi.waitUntil(() => received.accepted === 1, 60_000);
    expect(listPaidOrders(running.shop)).toEqual([shopper.order]);
  });
});

/** Returns an address of this machine at which nothing listens. */
async function findClosedAddress(): Promise<string> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return `http://127.0.0.1:${port}`;
}

async function readMetric({ process }: Running, name: string): Promise<string | undefined> {
  const text = await (await fetch(`${process.url}/metrics`)).text();
  return new RegExp(`^pay_checkout_${name} (.*)$`, 'm').exec(text)?.[1];
}
