import { afterEach, describe, expect, it, vi } from 'vitest';
import { OrderInvalid, OrderRefused, type PayEvent } from '../../src/server.js';
import {
  createEndpoints,
  fakePayme,
  order,
  createRequest,
  readResponse,
  freezeTime,
  tokenBody,
  waitUntil,
  skipDelays,
} from './fake-payme.js';

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

/** Asks for a token, and returns what was told meanwhile, without the figures. */
async function heard(upstream = fakePayme(), options: Parameters<typeof createEndpoints>[1] = {}, request = createRequest(tokenBody)) {
  const events: PayEvent[] = [];
  const answer = await readResponse(createEndpoints(upstream, { ...options, onEvent: (event) => void events.push(event) }).token(request));
  for (const { duration } of events) expect(duration).toBeGreaterThanOrEqual(0);
  return { answer, events, told: events.map(({ duration: _, requestId: __, ...event }) => event) };
}

const about = { endpoint: 'token', provider: 'payme', environment: 'sandbox' };

describe('events', () => {
  it('tell of the order, of every call to the provider, and last of the request', async () => {
    expect((await heard()).told).toEqual([
      { ...about, phase: 'order' },
      { ...about, phase: 'upstream', call: 'Pay-me POST /token', attempt: 1, status: 200 },
      { ...about, phase: 'upstream', call: 'Pay-me POST /nonce', attempt: 1, status: 200 },
      { ...about, phase: 'request', status: 200 },
    ]);
  });

  it('tell of each try, with the status that it was answered with and what it means', async () => {
    skipDelays();
    const { told } = await heard(fakePayme({ nonce: [503, new TypeError('fetch failed')] }));
    expect(told.slice(2)).toEqual([
      { ...about, phase: 'upstream', call: 'Pay-me POST /nonce', attempt: 1, status: 503, problem: 'upstream-busy' },
      { ...about, phase: 'upstream', call: 'Pay-me POST /nonce', attempt: 2, problem: 'upstream-failed' },
      { ...about, phase: 'request', status: 502, problem: 'upstream-failed' },
    ]);
  });

  it.each([
    [new OrderRefused(), 'refused', 404],
    [new OrderInvalid('Sold out.'), 'invalid', 422],
    [new Error('no database'), 'internal', 500],
  ])('tell how the merchant’s function ended with %s', async (error, problem, status) => {
    const { told } = await heard(fakePayme(), { order: () => Promise.reject(error) });
    expect(told).toEqual([
      { ...about, phase: 'order', problem },
      { ...about, phase: 'request', status, problem },
    ]);
  });

  it('tell of a request that was not read, without a provider', async () => {
    const { told } = await heard(fakePayme(), {}, createRequest('{'));
    expect(told).toEqual([{ endpoint: 'token', phase: 'request', status: 422, problem: 'request' }]);
  });

  it('tell of a cache that is down, and of one that hangs', async () => {
    const down = () => Promise.reject(new Error('redis://user:password@cache'));
    const { told } = await heard(fakePayme(), { cache: { get: down, set: down, delete: down } });
    expect(told.filter(({ phase }) => phase === 'cache')).toEqual(Array(2).fill({ ...about, phase: 'cache', problem: 'internal' }));

    freezeTime();
    const get = vi.fn(() => new Promise(() => {}));
    const hanging = heard(fakePayme(), { cache: { get, set: () => true, delete: () => true } });
    await waitUntil(() => get.mock.calls.length === 1);
    await vi.advanceTimersByTimeAsync(1000);
    expect((await hanging).told).toContainEqual({ ...about, phase: 'cache', problem: 'timeout' });
  });

  it('tell of a client that went away', async () => {
    const [leaving, upstream] = [new AbortController(), fakePayme({ nonce: ['hang'] })];
    const left = heard(upstream, {}, createRequest(tokenBody, { signal: leaving.signal }));
    await waitUntil(() => upstream.callsTo('nonce').length === 1);
    leaving.abort();
    const { events } = await left;
    await waitUntil(() => events.length === 4);
    expect(events.slice(2)).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ ...about, phase: 'upstream', call: 'Pay-me POST /nonce', attempt: 1, problem: 'aborted' }),
        expect.objectContaining({ ...about, phase: 'request', status: 499, problem: 'aborted' }),
      ]),
    );
  });

  it('do not tell of a preflight', async () => {
    const preflight = new Request('https://shop.example.com/api/pay/token', { method: 'OPTIONS' });
    expect((await heard(fakePayme(), {}, preflight)).told).toEqual([]);
  });

  it.each<[string, () => void | Promise<void>]>([
    ['throws', () => void JSON.parse('{')],
    ['rejects', () => Promise.reject(new Error('the log is full'))],
  ])('that nobody can hear, as their hearer %s, cost nothing', async (_, onEvent) => {
    const answer = await readResponse(createEndpoints(fakePayme(), { onEvent }).token(createRequest(tokenBody)));
    expect(answer.status).toBe(200);
  });
});

describe('the id of a request', () => {
  const with_ = (headers: Record<string, string>) => heard(fakePayme(), {}, createRequest(tokenBody, { headers }));

  it('is one for all of its events, and goes back with the answer', async () => {
    const { events, answer } = await with_({});
    const ids = new Set(events.map(({ requestId }) => requestId));
    expect([...ids]).toEqual([answer.headers.get('X-Request-Id')]);
    expect([...ids][0]).toMatch(/^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[\da-f]{4}-[\da-f]{12}$/);
  });

  it('is another one for the next request', async () => {
    expect((await with_({})).events[0]?.requestId).not.toBe((await with_({})).events[0]?.requestId);
  });

  it.each([
    ['that of the balancer', { 'X-Request-Id': 'req_01:AZ.9-x' }, 'req_01:AZ.9-x'],
    ['that of the trace', { traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01' }, '0af7651916cd43dd8448eb211c80319c'],
    ['the balancer’s of both', { 'X-Request-Id': 'r-1', traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01' }, 'r-1'],
  ])('is %s', async (_, headers, id) => {
    expect((await with_(headers as never)).answer.headers.get('X-Request-Id')).toBe(id);
  });

  it.each([
    { 'X-Request-Id': 'x'.repeat(65) },
    { 'X-Request-Id': 'a b' },
    { 'X-Request-Id': '<script>' },
    { 'X-Request-Id': 'lucia@example.com' },
    { 'X-Request-Id': '' },
    { traceparent: '00-0AF-b7-01' },
  ])('is our own where it came as %o', async (headers) => {
    expect((await with_(headers as never)).answer.headers.get('X-Request-Id')).toMatch(/^[\da-f-]{36}$/);
  });

  it('stands beside the error that the merchant is told', async () => {
    const onError = vi.fn();
    const { answer } = await heard(fakePayme({ nonce: [403] }), { onError, order: () => order });
    expect(onError).toHaveBeenCalledWith(expect.any(Error), { requestId: answer.headers.get('X-Request-Id') });
  });
});
