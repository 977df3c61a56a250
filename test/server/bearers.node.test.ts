import { createHash } from 'node:crypto';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { MemoryCache } from '../../src/server/bearer-cache.js';
import { payme, type BearerCache } from '../../src/server.js';
import {
  credentials,
  createEndpoints,
  fakePayme,
  createRequest,
  readResponse,
  secrets,
  freezeTime,
  tokenBody,
  waitUntil,
  type FakePayme,
} from './fake-payme.js';

afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

const ask = (pay: ReturnType<typeof createEndpoints>, signal?: AbortSignal) =>
  readResponse(pay.token(createRequest(tokenBody, { signal })));
const grant = (access_token: string, more: object = {}) => ({
  action: 'authorize',
  success: true,
  access_token,
  expires_in: 8600,
  ...more,
});
const bearersOf = (upstream: FakePayme) => upstream.callsTo('nonce').map(({ headers }) => headers.Authorization);

/** Resolves once `count` requests wait for the bearer: the operation number, and the hash of the client id, come right before. */
function untilWaiting() {
  const [sign, digest] = [vi.spyOn(crypto.subtle, 'sign'), vi.spyOn(crypto.subtle, 'digest')];
  const areDone = ({ mock }: typeof sign | typeof digest) => mock.settledResults.every(({ type }) => type === 'fulfilled');
  return async (count: number) => {
    await waitUntil(() => sign.mock.calls.length === count && digest.mock.calls.length > 0 && areDone(sign) && areDone(digest));
    await new Promise((resolve) => setImmediate(resolve));
  };
}

function spiedCache(cache: BearerCache = new Map<string, string>()) {
  return {
    get: vi.fn((key: string) => Promise.resolve(cache.get(key))),
    set: vi.fn((key: string, value: string, ttlMs: number) => Promise.resolve(cache.set(key, value, ttlMs))),
    delete: vi.fn((key: string) => Promise.resolve(cache.delete(key))),
  };
}

describe('the bearer', () => {
  it('is asked for once, and used for every token after that', async () => {
    const upstream = fakePayme();
    const pay = createEndpoints(upstream);
    for (let n = 0; n < 3; n += 1) expect((await ask(pay)).status).toBe(200);
    expect(upstream.callsTo('token')).toHaveLength(1);
    expect(bearersOf(upstream)).toEqual(Array(3).fill(`Bearer ${secrets.bearer}`));
  });

  it('is asked for once, however many ask at the same time', async () => {
    // A thousand may take longer than the limits of one.
    freezeTime();
    const upstream = fakePayme();
    const pay = createEndpoints(upstream, { cache: spiedCache() });
    const answers = await Promise.all(Array.from({ length: 1000 }, () => ask(pay)));
    expect(answers.every(({ status }) => status === 200)).toBe(true);
    expect(upstream.callsTo('token')).toHaveLength(1);
    expect(upstream.callsTo('nonce')).toHaveLength(1000);
  });

  it.each<[string, object, number | undefined]>([
    ['a minute before it expires', {}, 8_540_000],
    ['a minute before it expires, told in letters', { expires_in: '8600' }, 8_540_000],
    ['as long as documented where nothing is said', { expires_in: undefined }, 8_540_000],
    ['three quarters of a short life', { expires_in: 100 }, 75_000],
    ['not at all where it is dead', { expires_in: 0 }, undefined],
  ])('is kept %s', async (_, answer, ttl) => {
    const cache = spiedCache();
    await ask(createEndpoints(fakePayme({ token: [grant(secrets.bearer, answer)] }), { cache }));
    expect(cache.set.mock.calls.map(([, value, ms]) => [value, ms])).toEqual(ttl === undefined ? [] : [[secrets.bearer, ttl]]);
  });

  it('is kept under provider, environment and a hash of the client id, never the secret', async () => {
    const cache = spiedCache();
    await ask(createEndpoints(fakePayme(), { cache }));
    const hash = createHash('sha256').update(secrets.clientId).digest('hex');
    expect(cache.set.mock.calls[0]?.[0]).toBe(`pay-checkout:bearer:payme:sandbox:${hash}`);
  });

  it('of another account is not shared through the same cache', async () => {
    const cache = spiedCache();
    const upstream = fakePayme({ token: [grant('first'), grant('second')] });
    await ask(createEndpoints(upstream, { cache }));
    await ask(createEndpoints(upstream, { cache, providers: { payme: payme({ ...credentials, clientId: 'another_client_id' }) } }));
    expect(bearersOf(upstream)).toEqual(['Bearer first', 'Bearer second']);
  });

  it('of another machine is used', async () => {
    const cache = spiedCache();
    const upstream = fakePayme();
    await ask(createEndpoints(upstream, { cache }));
    await ask(createEndpoints(upstream, { cache }));
    expect(upstream.callsTo('token')).toHaveLength(1);
  });
});

describe('a bearer that the provider refuses', () => {
  it('is dropped if it was cached, and a new one is tried once', async () => {
    const cache = spiedCache();
    const upstream = fakePayme({
      token: [grant('first'), grant('second')],
      nonce: [{ action: 'create.nonce', success: true, nonce: 'n' }, 401],
    });
    const pay = createEndpoints(upstream, { cache });
    await ask(pay);
    expect((await ask(pay)).status).toBe(200);
    expect(bearersOf(upstream)).toEqual(['Bearer first', 'Bearer first', 'Bearer second']);
    expect(cache.delete).toHaveBeenCalledOnce();
    await ask(pay);
    expect(upstream.callsTo('token')).toHaveLength(2);
  });

  it('is not tried a third time', async () => {
    const upstream = fakePayme({ nonce: [{ action: 'create.nonce', success: true, nonce: 'n' }, 401, 401, 401] });
    const pay = createEndpoints(upstream);
    await ask(pay);
    const { status, json } = await ask(pay);
    expect(status).toBe(502);
    expect(json).toMatchObject({ type: 'urn:pay-checkout:problem:upstream-credentials', retryable: false });
    expect(upstream.callsTo('nonce')).toHaveLength(3);
  });

  it('is not tried again if it was new, nor kept', async () => {
    const cache = spiedCache();
    const upstream = fakePayme({ nonce: [401] });
    expect((await ask(createEndpoints(upstream, { cache }))).status).toBe(502);
    expect(upstream.callsTo('nonce')).toHaveLength(1);
    expect(upstream.callsTo('token')).toHaveLength(1);
    expect(cache.delete).toHaveBeenCalledOnce();
  });

  it('is dropped only if nobody has replaced it meanwhile', async () => {
    const map = new Map<string, string>();
    const cache = spiedCache(map);
    const upstream = fakePayme({ token: [grant('old')], nonce: [{ action: 'create.nonce', success: true, nonce: 'n' }, 401] });
    const pay = createEndpoints(upstream, { cache });
    await ask(pay);
    const [key = ''] = map.keys();
    cache.get.mockResolvedValueOnce('old');
    map.set(key, 'new');
    expect((await ask(pay)).status).toBe(200);
    expect(bearersOf(upstream)).toEqual(['Bearer old', 'Bearer old', 'Bearer new']);
    expect(cache.delete).not.toHaveBeenCalled();
  });

  it('is kept where something else was refused', async () => {
    const cache = spiedCache();
    await ask(createEndpoints(fakePayme({ nonce: [403] }), { cache }));
    expect(cache.delete).not.toHaveBeenCalled();
  });
});

describe('a cache', () => {
  it('that fails is an empty one: the checkout goes on', async () => {
    const down = () => Promise.reject(new Error('connection refused'));
    const upstream = fakePayme({ nonce: [401] });
    const pay = createEndpoints(upstream, { cache: { get: down, set: down, delete: down } });
    expect((await ask(pay)).status).toBe(502);
    expect((await ask(pay)).status).toBe(200);
    expect(upstream.callsTo('token')).toHaveLength(2);
  });

  it.each(['get', 'set', 'delete'] as const)('whose `%s` hangs costs a second each time, not the checkout', async (name) => {
    freezeTime();
    const upstream = fakePayme({ nonce: name === 'delete' ? [{ action: 'create.nonce', success: true, nonce: 'n' }, 401] : [] });
    const cache = spiedCache();
    const pay = createEndpoints(upstream, { cache });
    if (name === 'delete') await ask(pay);
    cache[name].mockImplementation(() => new Promise<never>(() => {}));
    const answer = ask(pay);
    await waitUntil(() => cache[name].mock.calls.length > 0);
    await vi.advanceTimersByTimeAsync(999);
    const calls = upstream.calls.length;
    await vi.advanceTimersByTimeAsync(1);
    expect((await answer).status).toBe(200);
    expect(upstream.calls.length).toBeGreaterThan(calls);
  });

  it('whose failure comes when nobody waits for it any more fails quietly', async () => {
    freezeTime();
    let fail = (_: Error) => {};
    const get = () => new Promise<never>((_, reject) => (fail = reject));
    const answer = ask(createEndpoints(fakePayme(), { cache: { ...spiedCache(), get } }));
    await waitUntil(() => vi.getTimerCount() > 1);
    await vi.advanceTimersByTimeAsync(1000);
    expect((await answer).status).toBe(200);
    fail(new Error('connection refused'));
    await new Promise((resolve) => setImmediate(resolve));
  });

  it.each([undefined, null, '', 7, { value: 'x' }, 'x\ny', 'x y', 'é€'])('that holds %j holds nothing', async (value) => {
    const upstream = fakePayme();
    await ask(createEndpoints(upstream, { cache: { ...spiedCache(), get: () => value } }));
    expect(upstream.callsTo('token')).toHaveLength(1);
  });

  it('of one process forgets what has expired, and what it is told to', () => {
    freezeTime();
    const cache = new MemoryCache();
    cache.set('key', 'value', 1000);
    cache.set('other', 'value', 1000);
    cache.delete('other');
    expect(cache.get('other')).toBeUndefined();
    vi.advanceTimersByTime(999);
    expect(cache.get('key')).toBe('value');
    vi.advanceTimersByTime(1);
    expect(cache.get('key')).toBeUndefined();
  });
});

describe('one who waits for a bearer that is on its way', () => {
  /** A token call that is answered by hand. */
  function slowToken() {
    const upstream = fakePayme();
    let finish = (_response: Response) => {};
    upstream.fetch.mockImplementationOnce((url, { signal, ...init }) => {
      upstream.calls.push({ url, signal, ...init } as never);
      return new Promise((resolve, reject) => {
        finish = resolve;
        signal?.addEventListener('abort', () => reject(signal.reason as Error));
      });
    });
    return { upstream, finish: (response: Response) => finish(response) };
  }

  it('goes on where the one who began has left, whose call ends with them: one of the others begins anew', async () => {
    const [{ upstream }, waiting] = [slowToken(), untilWaiting()];
    const [pay, leaving] = [createEndpoints(upstream), new AbortController()];
    const first = ask(pay, leaving.signal);
    await waiting(1);
    const others = [ask(pay), ask(pay)];
    await waiting(3);
    leaving.abort();
    expect((await first).status).toBe(499);
    expect(upstream.calls[0]?.signal.aborted).toBe(true);
    expect((await Promise.all(others)).map(({ status }) => status)).toEqual([200, 200]);
    expect(upstream.callsTo('token')).toHaveLength(2);
  });

  it('does not end it for the others by leaving', async () => {
    const [{ upstream, finish }, waiting] = [slowToken(), untilWaiting()];
    const [pay, leaving] = [createEndpoints(upstream), new AbortController()];
    const first = ask(pay);
    await waiting(1);
    const second = ask(pay, leaving.signal);
    await waiting(2);
    leaving.abort();
    expect((await second).status).toBe(499);
    expect(upstream.calls[0]?.signal.aborted).toBe(false);
    finish(Response.json(grant(secrets.bearer)));
    expect((await first).status).toBe(200);
    expect(upstream.callsTo('token')).toHaveLength(1);
  });

  it('does not get one that came to nothing: whoever comes 6 s later asks anew', async () => {
    freezeTime();
    const { upstream } = slowToken();
    const pay = createEndpoints(upstream);
    const lost = ask(pay);
    await waitUntil(() => upstream.callsTo('token').length === 1);
    // As on Workers, where the limit of a call is lost with the call.
    vi.setSystemTime(Date.now() + 6000);
    expect((await ask(pay)).status).toBe(200);
    expect(upstream.callsTo('token')).toHaveLength(2);
    // The one that is lost takes nothing from the new one when it ends.
    await vi.advanceTimersByTimeAsync(12_000);
    expect((await lost).status).toBe(200);
    expect((await ask(pay)).status).toBe(200);
    expect(upstream.callsTo('token')).toHaveLength(3);
  });

  it('ends it by leaving as the last one, and the next one starts anew', async () => {
    const { upstream } = slowToken();
    const [pay, leaving] = [createEndpoints(upstream), new AbortController()];
    const first = ask(pay, leaving.signal);
    await waitUntil(() => upstream.callsTo('token').length === 1);
    leaving.abort();
    expect((await first).status).toBe(499);
    expect(upstream.calls[0]?.signal.aborted).toBe(true);
    expect((await ask(pay)).status).toBe(200);
    expect(upstream.callsTo('token')).toHaveLength(2);
  });

  it('fails with the others, and nothing that failed is kept', async () => {
    const [{ upstream, finish }, waiting] = [slowToken(), untilWaiting()];
    const pay = createEndpoints(upstream);
    const answers = Promise.all([ask(pay), ask(pay), ask(pay)]);
    await waiting(3);
    finish(new Response(null, { status: 403 }));
    expect((await answers).map(({ status }) => status)).toEqual([502, 502, 502]);
    expect(upstream.callsTo('token')).toHaveLength(1);
    expect((await ask(pay)).status).toBe(200);
  });
});
