import KeyvRedis from '@keyv/redis';
import Keyv from 'keyv';
import { afterEach, describe, expect } from 'vitest';
import { createEndpoints, fakePayme, createRequest, readResponse, secrets, tokenBody, type FakePayme } from './fake-payme.js';
import { itWithRedis, Redis } from './redis.js';

const cleanUps: (() => unknown)[] = [];

afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp();
});

async function startRedis(): Promise<Redis> {
  const redis = await Redis.start();
  cleanUps.push(() => redis.stop());
  return redis;
}

/** One machine of several: endpoints of its own, with a connection of its own to the shared cache. */
function machine({ url }: Redis, upstream: FakePayme) {
  const store = new KeyvRedis(url);
  const cache = new Keyv(store, { useKeyPrefix: false });
  cache.on('error', () => {});
  store.client.on('error', () => {});
  cleanUps.push(() => store.client.destroy());
  const pay = createEndpoints(upstream, { cache });
  return { cache, ask: () => readResponse(pay.token(createRequest(tokenBody))) };
}

const statusesOf = async (answers: ReturnType<typeof readResponse>[]) => new Set((await Promise.all(answers)).map(({ status }) => status));

describe('many machines that share a Redis', () => {
  itWithRedis('make one bearer request each at most, however many shoppers come at once', async () => {
    const [redis, upstream] = [await startRedis(), fakePayme()];
    const machines = [machine(redis, upstream), machine(redis, upstream)];
    const answers = machines.flatMap(({ ask }) => Array.from({ length: 1000 }, ask));
    expect([...(await statusesOf(answers))]).toEqual([200]);
    expect(upstream.callsTo('token').length).toBeLessThanOrEqual(machines.length);
    expect(upstream.callsTo('nonce')).toHaveLength(2000);
  });

  itWithRedis('use the bearer that one of them got, also one that starts later', async () => {
    const [redis, upstream] = [await startRedis(), fakePayme()];
    expect((await machine(redis, upstream).ask()).status).toBe(200);
    expect([...(await statusesOf(Array.from({ length: 100 }, machine(redis, upstream).ask)))]).toEqual([200]);
    expect(upstream.callsTo('token')).toHaveLength(1);
  });

  itWithRedis('keep it under a key that tells nothing, and no longer than it lives', async () => {
    const redis = await startRedis();
    const { ask, cache } = machine(redis, fakePayme());
    await ask();
    const { client } = cache.store as { client: { keys(p: string): Promise<string[]>; pTTL(key: string): Promise<number> } };
    const [key = '', ...others] = await client.keys('*');
    expect(others).toEqual([]);
    expect(key).toMatch(/^keyv::pay-checkout:bearer:payme:sandbox:[\da-f]{64}$/);
    expect(key).not.toContain(secrets.clientId);
    expect(await client.pTTL(key)).toBeLessThanOrEqual(8_540_000);
    expect(await client.pTTL(key)).toBeGreaterThan(8_000_000);
  });

  itWithRedis('go on with their own bearers when it dies', async () => {
    const [redis, upstream] = [await startRedis(), fakePayme()];
    const { ask } = machine(redis, upstream);
    expect((await ask()).status).toBe(200);
    await redis.stop();
    expect((await ask()).status).toBe(200);
    expect(upstream.callsTo('token')).toHaveLength(2);
  });

  itWithRedis('go on when it hangs, and do not wait for it until the shopper is gone', async () => {
    const [redis, upstream] = [await startRedis(), fakePayme()];
    const { ask } = machine(redis, upstream);
    expect((await ask()).status).toBe(200);
    redis.pause();
    expect((await ask()).status).toBe(200);
    expect(upstream.callsTo('token')).toHaveLength(2);
  });
});
