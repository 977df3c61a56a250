import { afterEach, describe, expect, it, vi } from 'vitest';
import type { BearerCache, PayEvent } from '../../src/server.js';
import { CacheClient } from '../../src/server/cache-client.js';
import { EventReporter } from '../../src/server/event-reporter.js';
import { RetryBudget } from '../../src/server/retry-budget.js';
import { freezeTime, waitUntil } from './fake-payme.js';

afterEach(() => {
  vi.useRealTimers();
});

const minute = 60_000;
const never = () => new Promise<never>(() => {});
const fail = () => Promise.reject(new Error('connection refused'));

/** A cache of the merchant's, and a client of it with a scope that records the events. */
function createClient(map: BearerCache = new Map<string, string>()) {
  const cache = {
    get: vi.fn((key: string): unknown => Promise.resolve(map.get(key))),
    set: vi.fn((key: string, value: string, ttlMs: number): unknown => Promise.resolve(map.set(key, value, ttlMs))),
    delete: vi.fn((key: string): unknown => Promise.resolve(map.delete(key))),
  };
  const events: PayEvent[] = [];
  const reporter = new EventReporter(new Request('https://shop.example.com'), 'token', (event) => void events.push(event));
  const leaving = new AbortController();
  const scope = { signal: leaving.signal, retries: new RetryBudget(), reporter };
  const client = new CacheClient(cache);
  const breakDown = (how: () => unknown) => {
    for (const method of Object.values(cache)) method.mockImplementation(how);
  };
  const countCalls = () => Object.values(cache).reduce((sum, { mock }) => sum + mock.calls.length, 0);
  return { map, cache, client, events, scope, leaving, store: client.createStore(scope), breakDown, countCalls };
}

describe('CacheClient, while the cache works', () => {
  it('returns what another machine has stored, replaced and stored again', async () => {
    const { map, store } = createClient();
    expect(await store.get('key')).toBeUndefined();
    for (const value of ['first', 'second', 'first']) {
      map.set('key', value, minute);
      expect(await store.get('key')).toBe(value);
    }
  });

  it('returns what another machine has stored instead of its own text', async () => {
    const { map, store } = createClient();
    await store.set('key', 'own', minute);
    map.set('key', 'newer', minute);
    expect(await store.get('key')).toBe('newer');
  });

  it('returns its own text if the cache has lost it', async () => {
    const { map, store } = createClient();
    await store.set('key', 'own', minute);
    map.delete('key');
    expect(await store.get('key')).toBe('own');
  });

  it('returns its own text if it was stored while the cache was asked', async () => {
    const { cache, store } = createClient();
    let answer = (_: string) => {};
    cache.get.mockImplementationOnce(() => new Promise((resolve) => (answer = resolve)));
    const found = store.get('key');
    await store.set('key', 'own', minute);
    answer('older');
    expect(await found).toBe('own');
    expect(await store.get('key')).toBe('own');
  });

  it('forgets a text that it deletes', async () => {
    const { map, store } = createClient();
    await store.set('key', 'own', minute);
    await store.delete('key');
    expect(await store.get('key')).toBeUndefined();
    expect(map.get('key')).toBeUndefined();
  });

  it('makes one call for each operation', async () => {
    const { cache, store, countCalls } = createClient();
    await store.set('key', 'own', minute);
    await store.get('key');
    await store.delete('key');
    expect(cache.set).toHaveBeenCalledExactlyOnceWith('key', 'own', minute);
    expect(countCalls()).toBe(3);
  });

  it('works with a cache that answers at once', async () => {
    const { scope } = createClient();
    const map = new Map<string, string>();
    const store = new CacheClient(map).createStore(scope);
    await store.set('key', 'own', minute);
    map.set('key', 'newer');
    expect(await store.get('key')).toBe('newer');
  });

  it.each([undefined, null, 7, { value: 'x' }])('treats %j in the cache as a miss', async (value) => {
    const { cache, store } = createClient();
    cache.get.mockReturnValue(value);
    expect(await store.get('key')).toBeUndefined();
  });
});

describe('CacheClient, without a working cache', () => {
  it('keeps texts in this process if the merchant has none', async () => {
    freezeTime();
    const { scope } = createClient();
    const store = new CacheClient().createStore(scope);
    await store.set('key', 'own', minute);
    await store.set('other', 'own', minute);
    await store.delete('other');
    expect([await store.get('key'), await store.get('other')]).toEqual(['own', undefined]);
    vi.advanceTimersByTime(minute - 1);
    expect(await store.get('key')).toBe('own');
    vi.advanceTimersByTime(1);
    expect(await store.get('key')).toBeUndefined();
  });

  it('keeps a limited number of texts, the newest ones', async () => {
    const { scope } = createClient();
    const store = new CacheClient().createStore(scope);
    for (let n = 0; n < 30_000; n += 1) await store.set(String(n), 'own', minute);
    expect([await store.get('0'), await store.get('9999')]).toEqual([undefined, undefined]);
    expect([await store.get('20000'), await store.get('29999')]).toEqual(['own', 'own']);
  });

  it.each<[string, () => unknown]>([
    ['fails', fail],
    ['throws', () => void JSON.parse('{')],
    ['does not store it', () => Promise.resolve(false)],
  ])('keeps its own text where the cache %s', async (_, how) => {
    freezeTime();
    const { map, cache, store } = createClient();
    map.set('key', 'older', minute);
    cache.set.mockImplementation(how);
    await store.set('key', 'own', minute);
    expect(await store.get('key')).toBe('own');
    vi.advanceTimersByTime(minute - 1);
    expect(await store.get('key')).toBe('own');
    expect(cache.get).not.toHaveBeenCalled();
  });

  it('keeps the text of another machine for five minutes', async () => {
    freezeTime();
    const { map, store, breakDown } = createClient();
    map.set('key', 'theirs', minute);
    await store.get('key');
    breakDown(fail);
    vi.advanceTimersByTime(5 * minute - 1);
    expect(await store.get('key')).toBe('theirs');
    vi.advanceTimersByTime(1);
    expect(await store.get('key')).toBeUndefined();
  });

  it('returns its own text instead of one that the caller does not accept', async () => {
    const { map, client, scope } = createClient();
    map.set('key', 'rejected', minute);
    expect(await client.get(scope, 'key', (text) => text !== 'rejected')).toBeUndefined();
    await client.set(scope, 'key', 'new', minute);
    map.set('key', 'rejected', minute);
    expect(await client.get(scope, 'key', (text) => text !== 'rejected')).toBe('new');
  });
});

describe('CacheClient, after a failure of the cache', () => {
  it.each<[string, () => unknown]>([
    ['fails', fail],
    ['throws', () => void JSON.parse('{')],
  ])('does not call a cache that %s for 30 s', async (_, how) => {
    freezeTime();
    const { store, breakDown, countCalls } = createClient();
    breakDown(how);
    await store.get('key');
    vi.advanceTimersByTime(29_999);
    await store.set('key', 'own', minute);
    await store.get('key');
    await store.delete('key');
    expect(countCalls()).toBe(1);
    vi.advanceTimersByTime(1);
    await store.get('key');
    expect(countCalls()).toBe(2);
  });

  it.each(['get', 'set', 'delete'] as const)('waits one second for a `%s` that hangs, once', async (name) => {
    freezeTime();
    const { store, breakDown, countCalls } = createClient();
    breakDown(never);
    const operation = { get: () => store.get('key'), set: () => store.set('key', 'own', minute), delete: () => store.delete('key') }[name];
    const ended = vi.fn();
    const first = operation().then(ended);
    await vi.advanceTimersByTimeAsync(999);
    expect(ended).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(1);
    await first;
    await operation();
    expect(countCalls()).toBe(1);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('uses the cache again once a call succeeds', async () => {
    freezeTime();
    const { map, cache, store } = createClient();
    cache.get.mockImplementationOnce(fail);
    await store.get('key');
    map.set('key', 'theirs', minute);
    expect(await store.get('key')).toBeUndefined();
    vi.advanceTimersByTime(30_000);
    expect(await store.get('key')).toBe('theirs');
    expect(await store.get('key')).toBe('theirs');
    expect(cache.get).toHaveBeenCalledTimes(3);
  });

  it('reports one event for the call that failed, and none for those that it skips', async () => {
    const { store, events, breakDown } = createClient();
    breakDown(fail);
    await store.get('key');
    await store.set('key', 'own', minute);
    await store.delete('key');
    expect(events).toEqual([expect.objectContaining({ phase: 'cache', problem: 'internal' })]);
  });

  it('ignores an error that arrives after the timeout', async () => {
    freezeTime();
    const { cache, store } = createClient();
    let reject = (_: Error) => {};
    cache.get.mockImplementationOnce(() => new Promise<never>((_, fails) => (reject = fails)));
    const found = store.get('key');
    await vi.advanceTimersByTimeAsync(1000);
    expect(await found).toBeUndefined();
    reject(new Error('connection refused'));
    await new Promise((resolve) => setImmediate(resolve));
  });

  it('does not count a disconnected client as a failure of the cache', async () => {
    const { cache, scope, client, leaving, events, store } = createClient();
    cache.get.mockImplementationOnce(never);
    const found = store.get('key');
    leaving.abort();
    expect(await found).toBeUndefined();
    expect(events).toEqual([expect.objectContaining({ phase: 'cache', problem: 'aborted' })]);
    await client.get({ ...scope, signal: new AbortController().signal }, 'key');
    expect(cache.get).toHaveBeenCalledTimes(2);
  });
});

describe('CacheClient.read', () => {
  it('says that the cache has the text, or that it has none', async () => {
    const { map, store } = createClient();
    expect(await store.read('key')).toEqual({ value: undefined, isShared: true });
    map.set('key', 'theirs', minute);
    expect(await store.read('key')).toEqual({ value: 'theirs', isShared: true });
  });

  it('says that only this process has the text if the cache has lost it', async () => {
    const { map, store } = createClient();
    await store.set('key', 'own', minute);
    map.delete('key');
    expect(await store.read('key')).toEqual({ value: 'own', isShared: false });
  });

  it('says that only this process was asked while the cache fails', async () => {
    const { map, store, breakDown } = createClient();
    map.set('key', 'theirs', minute);
    await store.read('key');
    breakDown(fail);
    expect(await store.read('key')).toEqual({ value: 'theirs', isShared: false });
    expect(await store.read('other')).toEqual({ value: undefined, isShared: false });
    await store.set('key', 'own', minute);
    expect(await store.read('key')).toEqual({ value: 'own', isShared: false });
  });

  it('says that only this process was asked if the merchant has no cache', async () => {
    const store = new CacheClient().createStore(createClient().scope);
    expect(await store.read('key')).toEqual({ value: undefined, isShared: false });
  });
});

describe('CacheClient, once the cache works again', () => {
  const settle = () => new Promise((resolve) => setImmediate(resolve));

  /** Writes while the cache fails, and then calls it again after the pause. */
  async function recover({ cache, map, store }: ReturnType<typeof createClient>) {
    await store.set('stored', 'own', 10 * minute);
    cache.set.mockClear();
    cache.get.mockImplementationOnce(fail);
    await store.get('first');
    for (const key of ['missed', 'newer']) await store.set(key, 'own', 10 * minute);
    map.set('newer', 'theirs', minute);
    vi.advanceTimersByTime(30_000);
    await store.get('first');
  }

  it('stores what the cache missed, for the rest of its lifetime', async () => {
    freezeTime();
    const client = createClient();
    const { cache, store } = client;
    await recover(client);
    await waitUntil(() => cache.set.mock.calls.length === 1);
    await settle();
    expect(cache.set.mock.calls).toEqual([['missed', 'own', 10 * minute - 30_000]]);
    expect(await store.read('missed')).toEqual({ value: 'own', isShared: true });
  });

  it('replaces no text that another machine has stored meanwhile', async () => {
    freezeTime();
    const client = createClient();
    await recover(client);
    await settle();
    expect(client.map.get('newer')).toBe('theirs');
    expect(await client.store.read('newer')).toEqual({ value: 'own', isShared: false });
  });

  it('does not store a text that this process has replaced meanwhile', async () => {
    freezeTime();
    const client = createClient();
    const { cache, store, map } = client;
    let answer = (_: undefined) => {};
    cache.get.mockImplementation((key) => (key === 'missed' ? new Promise((resolve) => (answer = resolve)) : Promise.resolve()));
    await recover(client);
    await store.set('missed', 'newest', minute);
    answer(undefined);
    await settle();
    expect(map.get('missed')).toBe('newest');
  });

  it('stops when the cache fails again', async () => {
    freezeTime();
    const client = createClient();
    const { cache } = client;
    cache.get.mockImplementation((key) => (key === 'missed' ? fail() : Promise.resolve()));
    await recover(client);
    await settle();
    expect(cache.get.mock.calls.map(([key]) => key)).toEqual(['first', 'first', 'missed']);
    expect(cache.set).not.toHaveBeenCalled();
  });
});
