import KeyvRedis from '@keyv/redis';
import Keyv from 'keyv';
import { afterEach, describe, expect, vi } from 'vitest';
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

/** Starts endpoints with their own connection to the shared cache, like one of several machines. */
function startMachine({ url }: Redis, upstream: FakePayme) {
  const store = new KeyvRedis(url);
  const cache = new Keyv(store, { useKeyPrefix: false });
  cache.on('error', () => {});
  store.client.on('error', () => {});
  cleanUps.push(() => store.client.destroy());
  const calls = { get: vi.spyOn(cache, 'get') };
  const pay = createEndpoints(upstream, { cache });
  return { cache, calls, requestToken: () => readResponse(pay.token(createRequest(tokenBody))) };
}

const collectStatuses = async (answers: ReturnType<typeof readResponse>[]) =>
  new Set((await Promise.all(answers)).map(({ status }) => status));

describe('a shared Redis cache', () => {
  itWithRedis('limits each machine to one bearer request for a thousand concurrent shoppers', async () => {
    const [redis, upstream] = [await startRedis(), fakePayme()];
    const machines = [startMachine(redis, upstream), startMachine(redis, upstream)];
    const answers = machines.flatMap(({ requestToken }) => Array.from({ length: 1000 }, requestToken));
    expect([...(await collectStatuses(answers))]).toEqual([200]);
    expect(upstream.callsTo('token').length).toBeLessThanOrEqual(machines.length);
    expect(upstream.callsTo('nonce')).toHaveLength(2000);
  });

  itWithRedis('shares a bearer with a machine that starts later', async () => {
    const [redis, upstream] = [await startRedis(), fakePayme()];
    expect((await startMachine(redis, upstream).requestToken()).status).toBe(200);
    expect([...(await collectStatuses(Array.from({ length: 100 }, startMachine(redis, upstream).requestToken)))]).toEqual([200]);
    expect(upstream.callsTo('token')).toHaveLength(1);
  });

  itWithRedis('stores the bearer under a hashed key, and no longer than it lives', async () => {
    const redis = await startRedis();
    const { requestToken, cache } = startMachine(redis, fakePayme());
    await requestToken();
    const { client } = cache.store as { client: { keys(p: string): Promise<string[]>; pTTL(key: string): Promise<number> } };
    const [key = '', ...others] = await client.keys('*');
    expect(others).toEqual([]);
    expect(key).toMatch(/^keyv::pay-checkout:bearer:payme:sandbox:[\da-f]{64}$/);
    expect(key).not.toContain(secrets.clientId);
    expect(await client.pTTL(key)).toBeLessThanOrEqual(8_540_000);
    expect(await client.pTTL(key)).toBeGreaterThan(8_000_000);
  });

  itWithRedis('is replaced by the copy in each process when it dies', async () => {
    const [redis, upstream] = [await startRedis(), fakePayme()];
    const { requestToken } = startMachine(redis, upstream);
    expect((await requestToken()).status).toBe(200);
    await redis.stop();
    for (let n = 0; n < 3; n += 1) expect((await requestToken()).status).toBe(200);
    expect(upstream.callsTo('token')).toHaveLength(1);
  });

  itWithRedis('delays one request when it hangs, and costs no bearer', async () => {
    const [redis, upstream] = [await startRedis(), fakePayme()];
    const { requestToken, calls } = startMachine(redis, upstream);
    expect((await requestToken()).status).toBe(200);
    redis.pause();
    for (let n = 0; n < 3; n += 1) expect((await requestToken()).status).toBe(200);
    expect(upstream.callsTo('token')).toHaveLength(1);
    expect(calls.get).toHaveBeenCalledTimes(2);
  });
});
