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

/** Requests a token, and returns the events without durations and ids. */
async function collectEvents(
  upstream = fakePayme(),
  options: Parameters<typeof createEndpoints>[1] = {},
  request = createRequest(tokenBody),
) {
  const events: PayEvent[] = [];
  const answer = await readResponse(createEndpoints(upstream, { ...options, onEvent: (event) => void events.push(event) }).token(request));
  for (const { duration } of events) expect(duration).toBeGreaterThanOrEqual(0);
  return { answer, events, told: events.map(({ duration: _, requestId: __, ...event }) => event) };
}

const common = { endpoint: 'token', provider: 'payme', environment: 'sandbox' };

describe('onEvent', () => {
  it('receives the order, every call to the provider, and finally the request', async () => {
    expect((await collectEvents()).told).toEqual([
      { ...common, phase: 'order' },
      { ...common, phase: 'upstream', call: 'Pay-me POST /token', attempt: 1, status: 200 },
      { ...common, phase: 'upstream', call: 'Pay-me POST /nonce', attempt: 1, status: 200 },
      { ...common, phase: 'request', status: 200 },
    ]);
  });

  it('receives each field of the buyer that the provider gets in another form, without its value', async () => {
    const buyer = { ...order.buyer, lastName: null, phone: '+51 987-654-321', address: { ...order.buyer!.address, state: '' } };
    const { told } = await collectEvents(fakePayme(), { order: () => ({ ...order, buyer }) });
    expect(told.slice(0, -3)).toEqual([
      { ...common, phase: 'order' },
      { ...common, phase: 'input', field: 'buyer.lastName', change: 'filled' },
      { ...common, phase: 'input', field: 'buyer.phone.countryCode', change: 'filled' },
      { ...common, phase: 'input', field: 'buyer.phone.number', change: 'normalized' },
      { ...common, phase: 'input', field: 'buyer.address.state', change: 'missing' },
    ]);
  });

  it('receives no field of the buyer when an outcome is requested', async () => {
    const events: PayEvent[] = [];
    const pay = createEndpoints(fakePayme(), {
      order: () => ({ ...order, buyer: { lastName: '' } }),
      onEvent: (event) => void events.push(event),
    });
    const result = { provider: 'payme', raw: { merchant_operation_number: '123456', transaction: { transaction_id: 'x' } } };
    await readResponse(pay.outcome(createRequest({ ...tokenBody, attempt: 1, result })));
    expect(events.map(({ phase }) => phase)).toEqual(['order', 'request']);
  });

  it('receives each try with its status and problem', async () => {
    skipDelays();
    const { told } = await collectEvents(fakePayme({ nonce: [503, new TypeError('fetch failed')] }));
    expect(told.slice(2)).toEqual([
      { ...common, phase: 'upstream', call: 'Pay-me POST /nonce', attempt: 1, status: 503, problem: 'upstream-busy' },
      { ...common, phase: 'upstream', call: 'Pay-me POST /nonce', attempt: 2, problem: 'upstream-failed' },
      { ...common, phase: 'request', status: 502, problem: 'upstream-failed' },
    ]);
  });

  it.each([
    [new OrderRefused(), 'refused', 404],
    [new OrderInvalid('Sold out.'), 'invalid', 422],
    [new Error('no database'), 'internal', 500],
  ])('receives the problem when the merchant’s function throws %s', async (error, problem, status) => {
    const { told } = await collectEvents(fakePayme(), { order: () => Promise.reject(error) });
    expect(told).toEqual([
      { ...common, phase: 'order', problem },
      { ...common, phase: 'request', status, problem },
    ]);
  });

  it('receives an unreadable request without a provider', async () => {
    const { told } = await collectEvents(fakePayme(), {}, createRequest('{'));
    expect(told).toEqual([{ endpoint: 'token', phase: 'request', status: 422, problem: 'request' }]);
  });

  it('receives a failing cache and a hanging cache', async () => {
    const down = () => Promise.reject(new Error('redis://user:password@cache'));
    const { told } = await collectEvents(fakePayme(), { cache: { get: down, set: down, delete: down } });
    // It is not called again, so there is no second event.
    expect(told.filter(({ phase }) => phase === 'cache')).toEqual([{ ...common, phase: 'cache', problem: 'internal' }]);

    freezeTime();
    const get = vi.fn(() => new Promise(() => {}));
    const hanging = collectEvents(fakePayme(), { cache: { get, set: () => true, delete: () => true } });
    await waitUntil(() => get.mock.calls.length === 1);
    await vi.advanceTimersByTimeAsync(1000);
    expect((await hanging).told).toContainEqual({ ...common, phase: 'cache', problem: 'timeout' });
  });

  it('receives a disconnected client as aborted', async () => {
    const [leaving, upstream] = [new AbortController(), fakePayme({ nonce: ['hang'] })];
    const left = collectEvents(upstream, {}, createRequest(tokenBody, { signal: leaving.signal }));
    await waitUntil(() => upstream.callsTo('nonce').length === 1);
    leaving.abort();
    const { events } = await left;
    await waitUntil(() => events.length === 4);
    expect(events.slice(2)).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ ...common, phase: 'upstream', call: 'Pay-me POST /nonce', attempt: 1, problem: 'aborted' }),
        expect.objectContaining({ ...common, phase: 'request', status: 499, problem: 'aborted' }),
      ]),
    );
  });

  it('does not receive a preflight', async () => {
    const preflight = new Request('https://shop.example.com/api/pay/token', { method: 'OPTIONS' });
    expect((await collectEvents(fakePayme(), {}, preflight)).told).toEqual([]);
  });

  it.each<[string, () => void | Promise<void>]>([
    ['throws', () => void JSON.parse('{')],
    ['rejects', () => Promise.reject(new Error('the log is full'))],
  ])('does not affect the response when it %s', async (_, onEvent) => {
    const answer = await readResponse(createEndpoints(fakePayme(), { onEvent }).token(createRequest(tokenBody)));
    expect(answer.status).toBe(200);
  });
});

describe('the request id', () => {
  const collectWithHeaders = (headers: Record<string, string>) => collectEvents(fakePayme(), {}, createRequest(tokenBody, { headers }));

  it('is the same in all events and in the response', async () => {
    const { events, answer } = await collectWithHeaders({});
    const ids = new Set(events.map(({ requestId }) => requestId));
    expect([...ids]).toEqual([answer.headers.get('X-Request-Id')]);
    expect([...ids][0]).toMatch(/^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[\da-f]{4}-[\da-f]{12}$/);
  });

  it('differs between requests', async () => {
    expect((await collectWithHeaders({})).events[0]?.requestId).not.toBe((await collectWithHeaders({})).events[0]?.requestId);
  });

  it.each([
    ['from X-Request-Id', { 'X-Request-Id': 'req_01:AZ.9-x' }, 'req_01:AZ.9-x'],
    ['from traceparent', { traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01' }, '0af7651916cd43dd8448eb211c80319c'],
    [
      'from X-Request-Id if both headers are present',
      { 'X-Request-Id': 'r-1', traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01' },
      'r-1',
    ],
  ])('is taken %s', async (_, headers, id) => {
    expect((await collectWithHeaders(headers as never)).answer.headers.get('X-Request-Id')).toBe(id);
  });

  it.each([
    { 'X-Request-Id': 'x'.repeat(65) },
    { 'X-Request-Id': 'a b' },
    { 'X-Request-Id': '<script>' },
    { 'X-Request-Id': 'lucia@example.com' },
    { 'X-Request-Id': '' },
    { traceparent: '00-0AF-b7-01' },
  ])('is a new UUID for %o', async (headers) => {
    expect((await collectWithHeaders(headers as never)).answer.headers.get('X-Request-Id')).toMatch(/^[\da-f-]{36}$/);
  });

  it('is passed to onError', async () => {
    const onError = vi.fn();
    const { answer } = await collectEvents(fakePayme({ nonce: [403] }), { onError, order: () => order });
    expect(onError).toHaveBeenCalledWith(expect.any(Error), { requestId: answer.headers.get('X-Request-Id') });
  });
});
