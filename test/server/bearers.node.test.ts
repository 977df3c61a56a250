import { createHash } from 'node:crypto';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { payme, type BearerCache, type BearerGrant, type ServerProvider } from '../../src/server.js';
import {
  credentials,
  createEndpoints,
  fakePayme,
  createRequest,
  readResponse,
  secrets,
  freezeTime,
  skipDelays,
  tokenBody,
  waitUntil,
  type FakePayme,
} from './fake-payme.js';

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
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

interface OwnGrant extends Pick<BearerGrant, 'audience' | 'scope'> {
  readonly expiresIn?: unknown;
  readonly request?: () => void;
}

/** A merchant's own provider, whose tokens need nothing but a bearer. */
function createProvider({ audience, scope, request, ...answer }: OwnGrant = {}): ServerProvider {
  const grant: BearerGrant = {
    provider: 'own',
    environment: 'sandbox',
    clientId: 'client-1',
    ...(audience !== undefined && { audience }),
    ...(scope !== undefined && { scope }),
    request: () => {
      request?.();
      return Promise.resolve({ bearer: 'own-bearer', expiresIn: 3600, ...(answer as { expiresIn?: number }) });
    },
  };
  return {
    name: 'own',
    environments: ['sandbox'],
    createToken: ({ withBearer }) => withBearer(grant, () => Promise.resolve({ token: 'token' })),
    verify: () => Promise.resolve({ outcome: 'pending' }),
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

  it.each<[string, unknown, number | undefined]>([
    ['until a minute before it expires', 8600, 8_540_000],
    ['for three quarters of a short lifetime', 100, 75_000],
    ['for at most a day', 1e15, 86_340_000],
    ['not at all if it has already expired', 0, undefined],
    ['not at all if it expired earlier', -1, undefined],
    ['not at all if its lifetime is unknown', NaN, undefined],
    ['not at all if its lifetime is missing', undefined, undefined],
  ])('caches a bearer %s', async (_, expiresIn, ttl) => {
    const cache = createSpiedCache();
    await requestToken(createEndpoints(fakePayme(), { cache, providers: { payme: createProvider({ expiresIn }) } }));
    expect(cache.set.mock.calls.map(([, value, ms]) => [value, ms])).toEqual(ttl === undefined ? [] : [['own-bearer', ttl]]);
  });

  it('caches a bearer under provider, environment and a hash of the client id', async () => {
    const cache = createSpiedCache();
    await requestToken(createEndpoints(fakePayme(), { cache, providers: { payme: createProvider() } }));
    const hash = createHash('sha256').update('client-1').digest('hex');
    expect(cache.set.mock.calls[0]?.[0]).toBe(`pay-checkout:bearer:own:sandbox:${hash}`);
  });

  it('caches the bearers of one client id for several audiences apart', async () => {
    const [cache, request] = [createSpiedCache(), vi.fn()];
    for (const audience of ['https://a.example.com/', 'https://b.example.com/', 'https://a.example.com/']) {
      const providers = { payme: createProvider({ audience, request }) };
      await requestToken(createEndpoints(fakePayme(), { cache, providers }));
    }
    expect(request).toHaveBeenCalledTimes(2);
    const [first, second] = cache.set.mock.calls.map(([key]) => key);
    expect(first).not.toBe(second);
    expect(first).toMatch(/^pay-checkout:bearer:own:sandbox:[\da-f]{64}$/);
  });

  it('caches a bearer of another scope apart', async () => {
    const [cache, request] = [createSpiedCache(), vi.fn()];
    for (const scope of [undefined, 'get delete', 'get delete']) {
      const providers = { payme: createProvider({ audience: 'https://a.example.com/', scope, request }) };
      await requestToken(createEndpoints(fakePayme(), { cache, providers }));
    }
    expect(request).toHaveBeenCalledTimes(2);
    const [usual, wide] = cache.set.mock.calls.map(([key]) => key);
    expect(usual).not.toBe(wide);
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

  it('does not use a rejected bearer again that the cache still returns', async () => {
    const cache = createSpiedCache();
    const upstream = fakePayme({
      token: [createGrant('first'), createGrant('second')],
      nonce: [{ action: 'create.nonce', success: true, nonce: 'n' }, 401],
    });
    const pay = createEndpoints(upstream, { cache });
    await requestToken(pay);
    // Cloudflare KV shows a change after up to a minute.
    cache.get.mockResolvedValue('first');
    for (let n = 0; n < 3; n += 1) expect((await requestToken(pay)).status).toBe(200);
    expect(bearersIn(upstream)).toEqual(['first', 'first', 'second', 'second', 'second'].map((bearer) => `Bearer ${bearer}`));
  });

  it('caches the same bearer again if the provider issues it again', async () => {
    const upstream = fakePayme({ nonce: [401] });
    const pay = createEndpoints(upstream);
    for (let n = 0; n < 3; n += 1) await requestToken(pay);
    expect(upstream.callsTo('token')).toHaveLength(2);
    expect(upstream.callsTo('nonce')).toHaveLength(3);
  });

  it.each(['without a cache', 'with a cache'])(
    'requests one bearer for 500 concurrent tokens whose bearer was revoked, %s',
    async (where) => {
      // So many requests may take longer than the timeout of one.
      freezeTime();
      const upstream = fakePayme({ token: [createGrant('revoked'), createGrant('valid')] });
      const pay = createEndpoints(upstream, where === 'with a cache' ? { cache: createSpiedCache() } : {});
      await requestToken(pay);
      const respond = upstream.fetch.getMockImplementation()!;
      upstream.fetch.mockImplementation(async (url, init) => {
        const isRevoked = (init.headers as Record<string, string>).Authorization === 'Bearer revoked';
        return isRevoked ? new Response(null, { status: 401 }) : respond(url, init);
      });
      const answers = await Promise.all(Array.from({ length: 500 }, () => requestToken(pay)));
      expect(answers.every(({ status }) => status === 200)).toBe(true);
      expect(upstream.callsTo('token')).toHaveLength(2);
    },
  );

  it('keeps the bearer if the provider rejects something else', async () => {
    const cache = createSpiedCache();
    await requestToken(createEndpoints(fakePayme({ nonce: [403] }), { cache }));
    expect(cache.delete).not.toHaveBeenCalled();
  });
});

describe('Bearers, when the provider refuses the credentials', () => {
  const ignore = () => {};
  const refuse = (status: number) => fakePayme({ token: [status, createGrant('next-bearer')] });

  it.each([
    [401, 'upstream-credentials'],
    [403, 'upstream-scope'],
  ])('responds to other requests with the same problem for 5 s after a %i, without a call', async (status, kind) => {
    freezeTime();
    const [upstream, errors] = [refuse(status), [] as Error[]];
    const pay = createEndpoints(upstream, { onError: (error) => void errors.push(error as Error) });
    const first = await requestToken(pay);
    vi.advanceTimersByTime(4999);
    const second = await requestToken(pay);
    expect(first.json).toMatchObject({ type: `urn:pay-checkout:problem:${kind}`, status: 502, retryable: false });
    expect(second.json).toEqual(first.json);
    expect(upstream.calls).toHaveLength(1);
    expect(errors[1]).toEqual(errors[0]);
    expect(errors[1]).not.toBe(errors[0]);
    vi.advanceTimersByTime(1);
    expect((await requestToken(pay)).status).toBe(200);
  });

  it.each([
    [400, 1],
    [404, 1],
    [500, 2],
    [503, 2],
  ])('requests a bearer again after a %i', async (status, tries) => {
    skipDelays();
    const upstream = fakePayme({ token: Array<number>(tries).fill(status) });
    const pay = createEndpoints(upstream);
    expect((await requestToken(pay)).status).not.toBe(200);
    expect((await requestToken(pay)).status).toBe(200);
  });

  it('still requests the bearer of another account', async () => {
    const upstream = refuse(401);
    const providers = { payme: payme(credentials), other: payme({ ...credentials, clientId: 'another_client_id' }) };
    const pay = createEndpoints(upstream, { providers });
    expect((await requestToken(pay)).status).toBe(502);
    expect((await readResponse(pay.token(createRequest({ ...tokenBody, provider: 'other' })))).status).toBe(200);
  });

  it('uses the bearer that another machine has cached meanwhile', async () => {
    const map = new Map<string, string>();
    const cache = createSpiedCache(map);
    const pay = createEndpoints(refuse(401), { cache });
    expect((await requestToken(pay)).status).toBe(502);
    map.set(cache.get.mock.calls[0]?.[0] ?? '', 'theirs');
    expect((await requestToken(pay)).status).toBe(200);
  });

  it('forgets the refusal once a bearer is issued', async () => {
    freezeTime();
    const upstream = refuse(401);
    let respond = ignore;
    upstream.fetch.mockImplementationOnce(
      () => new Promise((resolve) => (respond = () => resolve(Response.json(createGrant('slow', { expires_in: 0 }))))),
    );
    const pay = createEndpoints(upstream);
    const slow = requestToken(pay);
    await waitUntil(() => respond !== ignore);
    // Long enough that the next request does not join it, but shorter than its retry takes.
    vi.setSystemTime(Date.now() + 6000);
    expect((await requestToken(pay)).status).toBe(502);
    respond();
    expect((await slow).status).toBe(200);
    expect((await requestToken(pay)).status).toBe(200);
  });
});

describe('Bearers, with a cache', () => {
  it.each(['fails', 'hangs'])('request one bearer for all tokens while the cache %s', async (what) => {
    freezeTime();
    const upstream = fakePayme();
    const get = vi.fn(() => (what === 'fails' ? Promise.reject(new Error('connection refused')) : new Promise(() => {})));
    const pay = createEndpoints(upstream, { cache: { ...createSpiedCache(), get } });
    const first = requestToken(pay);
    await waitUntil(() => get.mock.calls.length === 1);
    await vi.advanceTimersByTimeAsync(1000);
    expect((await first).status).toBe(200);
    for (let n = 0; n < 3; n += 1) expect((await requestToken(pay)).status).toBe(200);
    expect(upstream.callsTo('token')).toHaveLength(1);
    expect(get).toHaveBeenCalledOnce();
  });

  it('keep using the bearer of another machine after the cache has failed', async () => {
    const upstream = fakePayme();
    const cache = createSpiedCache();
    await requestToken(createEndpoints(upstream, { cache }));
    const pay = createEndpoints(upstream, { cache });
    await requestToken(pay);
    cache.get.mockRejectedValue(new Error('connection refused'));
    for (let n = 0; n < 3; n += 1) expect((await requestToken(pay)).status).toBe(200);
    expect(upstream.callsTo('token')).toHaveLength(1);
  });

  it('replace a rejected bearer while the cache fails', async () => {
    const down = () => Promise.reject(new Error('connection refused'));
    const upstream = fakePayme({ nonce: [401] });
    const pay = createEndpoints(upstream, { cache: { get: down, set: down, delete: down } });
    expect((await requestToken(pay)).status).toBe(502);
    expect((await requestToken(pay)).status).toBe(200);
    expect(upstream.callsTo('token')).toHaveLength(2);
  });

  it('ask the cache once for each token', async () => {
    const cache = createSpiedCache();
    const pay = createEndpoints(fakePayme(), { cache });
    for (let n = 0; n < 3; n += 1) await requestToken(pay);
    expect([cache.get, cache.set, cache.delete].map(({ mock }) => mock.calls.length)).toEqual([3, 1, 0]);
  });

  it.each(['', 'x\ny', 'x y', 'é€'])('treat %j as a miss, because it does not fit in a header', async (value) => {
    const upstream = fakePayme();
    await requestToken(createEndpoints(upstream, { cache: { ...createSpiedCache(), get: () => value } }));
    expect(upstream.callsTo('token')).toHaveLength(1);
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

  it('rejects all waiting callers when the request fails, and starts a new one for the next', async () => {
    const [{ upstream, finish }, waiting] = [createSlowToken(), trackWaiting()];
    const pay = createEndpoints(upstream);
    const answers = Promise.all([requestToken(pay), requestToken(pay), requestToken(pay)]);
    await waiting(3);
    finish(new Response(null, { status: 400 }));
    expect((await answers).map(({ status }) => status)).toEqual([502, 502, 502]);
    expect(upstream.callsTo('token')).toHaveLength(1);
    expect((await requestToken(pay)).status).toBe(200);
  });
});
