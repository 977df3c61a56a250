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

const requestToken = (pay: ReturnType<typeof createEndpoints>, signal?: AbortSignal) =>
  readResponse(pay.token(createRequest(tokenBody, { signal })));
const createGrant = (access_token: string, more: object = {}) => ({
  action: 'authorize',
  success: true,
  access_token,
  expires_in: 8600,
  ...more,
});
const bearersIn = (upstream: FakePayme) => upstream.callsTo('nonce').map(({ headers }) => headers.Authorization);

/** Returns a function that resolves once `count` requests wait for the bearer. Signing and hashing happen right before. */
function trackWaiting() {
  const [sign, digest] = [vi.spyOn(crypto.subtle, 'sign'), vi.spyOn(crypto.subtle, 'digest')];
  const areDone = ({ mock }: typeof sign | typeof digest) => mock.settledResults.every(({ type }) => type === 'fulfilled');
  return async (count: number) => {
    await waitUntil(() => sign.mock.calls.length === count && digest.mock.calls.length > 0 && areDone(sign) && areDone(digest));
    await new Promise((resolve) => setImmediate(resolve));
  };
}

function createSpiedCache(cache: BearerCache = new Map<string, string>()) {
  return {
    get: vi.fn((key: string) => Promise.resolve(cache.get(key))),
    set: vi.fn((key: string, value: string, ttlMs: number) => Promise.resolve(cache.set(key, value, ttlMs))),
    delete: vi.fn((key: string) => Promise.resolve(cache.delete(key))),
  };
}

describe('Bearers', () => {
  it('requests one bearer for several tokens in sequence', async () => {
    const upstream = fakePayme();
    const pay = createEndpoints(upstream);
    for (let n = 0; n < 3; n += 1) expect((await requestToken(pay)).status).toBe(200);
    expect(upstream.callsTo('token')).toHaveLength(1);
    expect(bearersIn(upstream)).toEqual(Array(3).fill(`Bearer ${secrets.bearer}`));
  });

  it('requests one bearer for a thousand concurrent tokens', async () => {
    // A thousand requests may take longer than the timeout of one.
    freezeTime();
    const upstream = fakePayme();
    const pay = createEndpoints(upstream, { cache: createSpiedCache() });
    const answers = await Promise.all(Array.from({ length: 1000 }, () => requestToken(pay)));
    expect(answers.every(({ status }) => status === 200)).toBe(true);
    expect(upstream.callsTo('token')).toHaveLength(1);
    expect(upstream.callsTo('nonce')).toHaveLength(1000);
  });

  it.each<[string, object, number | undefined]>([
    ['until a minute before it expires', {}, 8_540_000],
    ['until a minute before it expires, with the lifetime as a string', { expires_in: '8600' }, 8_540_000],
    ['for the documented lifetime if the response has none', { expires_in: undefined }, 8_540_000],
    ['for three quarters of a short lifetime', { expires_in: 100 }, 75_000],
    ['not at all if it has already expired', { expires_in: 0 }, undefined],
  ])('caches a bearer %s', async (_, answer, ttl) => {
    const cache = createSpiedCache();
    await requestToken(createEndpoints(fakePayme({ token: [createGrant(secrets.bearer, answer)] }), { cache }));
    expect(cache.set.mock.calls.map(([, value, ms]) => [value, ms])).toEqual(ttl === undefined ? [] : [[secrets.bearer, ttl]]);
  });

  it('caches a bearer under provider, environment and a hash of the client id, never the secret', async () => {
    const cache = createSpiedCache();
    await requestToken(createEndpoints(fakePayme(), { cache }));
    const hash = createHash('sha256').update(secrets.clientId).digest('hex');
    expect(cache.set.mock.calls[0]?.[0]).toBe(`pay-checkout:bearer:payme:sandbox:${hash}`);
  });

  it('does not share a bearer between accounts in the same cache', async () => {
    const cache = createSpiedCache();
    const upstream = fakePayme({ token: [createGrant('first'), createGrant('second')] });
    await requestToken(createEndpoints(upstream, { cache }));
    await requestToken(
      createEndpoints(upstream, { cache, providers: { payme: payme({ ...credentials, clientId: 'another_client_id' }) } }),
    );
    expect(bearersIn(upstream)).toEqual(['Bearer first', 'Bearer second']);
  });

  it('uses the bearer that another machine cached', async () => {
    const cache = createSpiedCache();
    const upstream = fakePayme();
    await requestToken(createEndpoints(upstream, { cache }));
    await requestToken(createEndpoints(upstream, { cache }));
    expect(upstream.callsTo('token')).toHaveLength(1);
  });
});

describe('Bearers, when the provider rejects a bearer', () => {
  it('deletes a cached bearer and retries once with a new one', async () => {
    const cache = createSpiedCache();
    const upstream = fakePayme({
      token: [createGrant('first'), createGrant('second')],
      nonce: [{ action: 'create.nonce', success: true, nonce: 'n' }, 401],
    });
    const pay = createEndpoints(upstream, { cache });
    await requestToken(pay);
    expect((await requestToken(pay)).status).toBe(200);
    expect(bearersIn(upstream)).toEqual(['Bearer first', 'Bearer first', 'Bearer second']);
    expect(cache.delete).toHaveBeenCalledOnce();
    await requestToken(pay);
    expect(upstream.callsTo('token')).toHaveLength(2);
  });

  it('does not retry a second time', async () => {
    const upstream = fakePayme({ nonce: [{ action: 'create.nonce', success: true, nonce: 'n' }, 401, 401, 401] });
    const pay = createEndpoints(upstream);
    await requestToken(pay);
    const { status, json } = await requestToken(pay);
    expect(status).toBe(502);
    expect(json).toMatchObject({ type: 'urn:pay-checkout:problem:upstream-credentials', retryable: false });
    expect(upstream.callsTo('nonce')).toHaveLength(3);
  });

  it('deletes a new bearer and does not retry', async () => {
    const cache = createSpiedCache();
    const upstream = fakePayme({ nonce: [401] });
    expect((await requestToken(createEndpoints(upstream, { cache }))).status).toBe(502);
    expect(upstream.callsTo('nonce')).toHaveLength(1);
    expect(upstream.callsTo('token')).toHaveLength(1);
    expect(cache.delete).toHaveBeenCalledOnce();
  });

  it('keeps a bearer that another request has cached meanwhile', async () => {
    const map = new Map<string, string>();
    const cache = createSpiedCache(map);
    const upstream = fakePayme({ token: [createGrant('old')], nonce: [{ action: 'create.nonce', success: true, nonce: 'n' }, 401] });
    const pay = createEndpoints(upstream, { cache });
    await requestToken(pay);
    const [key = ''] = map.keys();
    cache.get.mockResolvedValueOnce('old');
    map.set(key, 'new');
    expect((await requestToken(pay)).status).toBe(200);
    expect(bearersIn(upstream)).toEqual(['Bearer old', 'Bearer old', 'Bearer new']);
    expect(cache.delete).not.toHaveBeenCalled();
  });

  it('keeps the bearer if the provider rejects something else', async () => {
    const cache = createSpiedCache();
    await requestToken(createEndpoints(fakePayme({ nonce: [403] }), { cache }));
    expect(cache.delete).not.toHaveBeenCalled();
  });
});

describe('Bearers, with a cache', () => {
  it('treats a failing cache as empty', async () => {
    const down = () => Promise.reject(new Error('connection refused'));
    const upstream = fakePayme({ nonce: [401] });
    const pay = createEndpoints(upstream, { cache: { get: down, set: down, delete: down } });
    expect((await requestToken(pay)).status).toBe(502);
    expect((await requestToken(pay)).status).toBe(200);
    expect(upstream.callsTo('token')).toHaveLength(2);
  });

  it.each(['get', 'set', 'delete'] as const)('waits one second for a hanging `%s`, then continues', async (name) => {
    freezeTime();
    const upstream = fakePayme({ nonce: name === 'delete' ? [{ action: 'create.nonce', success: true, nonce: 'n' }, 401] : [] });
    const cache = createSpiedCache();
    const pay = createEndpoints(upstream, { cache });
    if (name === 'delete') await requestToken(pay);
    cache[name].mockImplementation(() => new Promise<never>(() => {}));
    const answer = requestToken(pay);
    await waitUntil(() => cache[name].mock.calls.length > 0);
    await vi.advanceTimersByTimeAsync(999);
    const calls = upstream.calls.length;
    await vi.advanceTimersByTimeAsync(1);
    expect((await answer).status).toBe(200);
    expect(upstream.calls.length).toBeGreaterThan(calls);
  });

  it('ignores a failure of the cache after the timeout', async () => {
    freezeTime();
    let fail = (_: Error) => {};
    const get = () => new Promise<never>((_, reject) => (fail = reject));
    const answer = requestToken(createEndpoints(fakePayme(), { cache: { ...createSpiedCache(), get } }));
    await waitUntil(() => vi.getTimerCount() > 1);
    await vi.advanceTimersByTimeAsync(1000);
    expect((await answer).status).toBe(200);
    fail(new Error('connection refused'));
    await new Promise((resolve) => setImmediate(resolve));
  });

  it.each([undefined, null, '', 7, { value: 'x' }, 'x\ny', 'x y', 'é€'])('treats %j as a miss', async (value) => {
    const upstream = fakePayme();
    await requestToken(createEndpoints(upstream, { cache: { ...createSpiedCache(), get: () => value } }));
    expect(upstream.callsTo('token')).toHaveLength(1);
  });

  it('forgets expired and deleted entries (MemoryCache)', () => {
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

describe('Bearers, with a pending request', () => {
  /** Creates an upstream whose first token call the test answers by hand. */
  function createSlowToken() {
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

  it('starts a new request for the waiting callers when the client that started it disconnects', async () => {
    const [{ upstream }, waiting] = [createSlowToken(), trackWaiting()];
    const [pay, leaving] = [createEndpoints(upstream), new AbortController()];
    const first = requestToken(pay, leaving.signal);
    await waiting(1);
    const others = [requestToken(pay), requestToken(pay)];
    await waiting(3);
    leaving.abort();
    expect((await first).status).toBe(499);
    expect(upstream.calls[0]?.signal.aborted).toBe(true);
    expect((await Promise.all(others)).map(({ status }) => status)).toEqual([200, 200]);
    expect(upstream.callsTo('token')).toHaveLength(2);
  });

  it('continues for the other callers when a waiting client disconnects', async () => {
    const [{ upstream, finish }, waiting] = [createSlowToken(), trackWaiting()];
    const [pay, leaving] = [createEndpoints(upstream), new AbortController()];
    const first = requestToken(pay);
    await waiting(1);
    const second = requestToken(pay, leaving.signal);
    await waiting(2);
    leaving.abort();
    expect((await second).status).toBe(499);
    expect(upstream.calls[0]?.signal.aborted).toBe(false);
    finish(Response.json(createGrant(secrets.bearer)));
    expect((await first).status).toBe(200);
    expect(upstream.callsTo('token')).toHaveLength(1);
  });

  it('does not join a pending request that is older than 6 s', async () => {
    freezeTime();
    const { upstream } = createSlowToken();
    const pay = createEndpoints(upstream);
    const lost = requestToken(pay);
    await waitUntil(() => upstream.callsTo('token').length === 1);
    // On Workers, the timeout of a call is lost together with the call.
    vi.setSystemTime(Date.now() + 6000);
    expect((await requestToken(pay)).status).toBe(200);
    expect(upstream.callsTo('token')).toHaveLength(2);
    // When the lost request ends, it must not remove the new one.
    await vi.advanceTimersByTimeAsync(12_000);
    expect((await lost).status).toBe(200);
    expect((await requestToken(pay)).status).toBe(200);
    expect(upstream.callsTo('token')).toHaveLength(3);
  });

  it('aborts the request when its only client disconnects, and starts a new one for the next', async () => {
    const { upstream } = createSlowToken();
    const [pay, leaving] = [createEndpoints(upstream), new AbortController()];
    const first = requestToken(pay, leaving.signal);
    await waitUntil(() => upstream.callsTo('token').length === 1);
    leaving.abort();
    expect((await first).status).toBe(499);
    expect(upstream.calls[0]?.signal.aborted).toBe(true);
    expect((await requestToken(pay)).status).toBe(200);
    expect(upstream.callsTo('token')).toHaveLength(2);
  });

  it('rejects all waiting callers when the request fails, and does not cache the failure', async () => {
    const [{ upstream, finish }, waiting] = [createSlowToken(), trackWaiting()];
    const pay = createEndpoints(upstream);
    const answers = Promise.all([requestToken(pay), requestToken(pay), requestToken(pay)]);
    await waiting(3);
    finish(new Response(null, { status: 403 }));
    expect((await answers).map(({ status }) => status)).toEqual([502, 502, 502]);
    expect(upstream.callsTo('token')).toHaveLength(1);
    expect((await requestToken(pay)).status).toBe(200);
  });
});
