import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Order } from '../../src/server.js';
import {
  createEndpoints,
  fakePayme,
  order,
  createRequest,
  readResponse,
  secrets,
  freezeTime,
  tokenBody,
  waitUntil,
  skipDelays,
  type ScriptedResponse,
} from './fake-payme.js';

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

const createNetworkError = (code: unknown) => Object.assign(new TypeError(`fetch failed: Bearer ${secrets.bearer}`), { cause: { code } });

const failures: [what: string, answer: ScriptedResponse, type: string, status: number, retryable: boolean, tries: number][] = [
  ['400', 400, 'upstream-request', 502, false, 1],
  ['401', 401, 'upstream-credentials', 502, false, 1],
  ['403', 403, 'upstream-scope', 502, false, 1],
  ['404', 404, 'upstream-absent', 502, false, 1],
  ['409', 409, 'upstream-request', 502, false, 1],
  ['a redirect', new Response(null, { status: 307, headers: { Location: 'https://evil.example.com' } }), 'upstream-request', 502, false, 1],
  ['429', 429, 'upstream-busy', 503, true, 2],
  ['500', 500, 'upstream-failed', 502, true, 2],
  ['502', 502, 'upstream-failed', 502, true, 2],
  ['503', 503, 'upstream-busy', 503, true, 2],
  ['a lost connection', createNetworkError('ECONNRESET'), 'upstream-failed', 502, true, 2],
  ['a page instead of JSON', new Response(`<html>${secrets.body}</html>`), 'upstream-answer', 502, true, 2],
  ['JSON of another shape', { nonce: 7, access_token: 7, secret: secrets.body }, 'upstream-answer', 502, true, 2],
  ['a list', [secrets.body], 'upstream-answer', 502, true, 2],
];
const clone = (answer: ScriptedResponse) => (answer instanceof Response ? answer.clone() : answer);

describe.each(['token', 'nonce'])('POST /%s', (name) => {
  it.each(failures)('that is answered with %s is told as such', async (_, answer, type, status, retryable, count) => {
    skipDelays();
    const onError = vi.fn();
    const upstream = fakePayme({ [name]: [clone(answer), clone(answer)] });
    const { json, ...response } = await readResponse(createEndpoints(upstream, { onError }).token(createRequest(tokenBody)));
    expect(response.status).toBe(status);
    expect(response.headers.get('Content-Type')).toBe('application/problem+json');
    expect(json).toEqual({
      type: `urn:pay-checkout:problem:${type}`,
      title: expect.any(String) as string,
      status,
      detail: expect.stringContaining(`Pay-me POST /${name}`) as string,
      retryable,
    });
    expect(upstream.callsTo(name)).toHaveLength(count);
    const [error] = onError.mock.calls[0] as [Error];
    expect(`${error.stack} ${JSON.stringify(error)} ${String(error.cause)}`).not.toMatch(new RegExp(Object.values(secrets).join('|')));
  });

  it.each([429, 500, 503])('that is answered with %i is tried once more, and succeeds', async (status) => {
    const waits = skipDelays();
    const upstream = fakePayme({ [name]: [status] });
    expect((await readResponse(createEndpoints(upstream).token(createRequest(tokenBody)))).status).toBe(200);
    expect(upstream.callsTo(name)).toHaveLength(2);
    expect(waits).toEqual([expect.any(Number)]);
    expect(waits[0]).toBeGreaterThanOrEqual(100);
    expect(waits[0]).toBeLessThanOrEqual(200);
  });

  it('is tried once more after a lost connection', async () => {
    skipDelays();
    const upstream = fakePayme({ [name]: [new TypeError('fetch failed')] });
    expect((await readResponse(createEndpoints(upstream).token(createRequest(tokenBody)))).status).toBe(200);
  });
});

describe('a provider that is busy', () => {
  const respondBusy = (wait: string) => new Response(null, { status: 429, headers: { 'Retry-After': wait } });

  it('is given the time that it asks for', async () => {
    const waits = skipDelays();
    expect((await readResponse(createEndpoints(fakePayme({ nonce: [respondBusy('2')] })).token(createRequest(tokenBody)))).status).toBe(
      200,
    );
    expect(waits).toEqual([2000]);
  });

  it('and asks for longer than we have is not tried again: the wait is passed on to the browser', async () => {
    const waits = skipDelays();
    const upstream = fakePayme({ nonce: [respondBusy('3')] });
    const { status, headers } = await readResponse(createEndpoints(upstream).token(createRequest(tokenBody)));
    expect(status).toBe(503);
    expect(headers.get('Retry-After')).toBe('3');
    expect(upstream.callsTo('nonce')).toHaveLength(1);
    expect(waits).toEqual([]);
  });
});

describe('one request', () => {
  it('repeats one call in all, so that it makes at most three', async () => {
    skipDelays();
    const upstream = fakePayme({ token: [503], nonce: [503] });
    expect((await readResponse(createEndpoints(upstream).token(createRequest(tokenBody)))).status).toBe(503);
    expect(upstream.urls().map((url) => url.split('/').at(-1))).toEqual(['token', 'token', 'nonce']);
  });

  it('that has repeated a call replaces no bearer on top of it', async () => {
    skipDelays();
    const upstream = fakePayme();
    const pay = createEndpoints(upstream);
    await pay.token(createRequest(tokenBody));
    upstream.fetch.mockImplementationOnce(() => Promise.resolve(new Response(null, { status: 503 })));
    upstream.fetch.mockImplementationOnce(() => Promise.resolve(new Response(null, { status: 401 })));
    expect((await readResponse(pay.token(createRequest(tokenBody)))).status).toBe(502);
    expect(upstream.fetch).toHaveBeenCalledTimes(4);
    // It was dropped all the same: the next request gets a new one.
    expect((await readResponse(pay.token(createRequest(tokenBody)))).status).toBe(200);
    expect(upstream.callsTo('token')).toHaveLength(2);
  });
});

describe('what is said of a lost connection', () => {
  it.each([
    ['ENOTFOUND', ' (ENOTFOUND)'],
    [`x ${secrets.bearer}`, ''],
    [7, ''],
  ])('with the code %s names the code only if it is one', async (code, told) => {
    skipDelays();
    const upstream = fakePayme({ nonce: [createNetworkError(code), createNetworkError(code)] });
    const { json } = await readResponse(createEndpoints(upstream).token(createRequest(tokenBody)));
    expect(json.detail).toBe(`Pay-me POST /nonce could not be reached${told}.`);
  });

  it('holds nothing where nothing was thrown', async () => {
    skipDelays();
    const fetch = vi.fn().mockRejectedValue(undefined);
    const { json } = await readResponse(createEndpoints(fakePayme(), { fetch }).token(createRequest(tokenBody)));
    expect(json.detail).toBe('Pay-me POST /token could not be reached.');
  });
});

describe('an error body', () => {
  it('is cancelled unread, and a failing cancellation is nobody’s business', async () => {
    const cancel = vi.fn(() => Promise.reject(new Error('no')));
    const pull = vi.fn();
    const upstream = fakePayme({ nonce: [new Response(new ReadableStream({ pull, cancel }, { highWaterMark: 0 }), { status: 403 })] });
    expect((await readResponse(createEndpoints(upstream).token(createRequest(tokenBody)))).status).toBe(502);
    expect(cancel).toHaveBeenCalledOnce();
    expect(pull).not.toHaveBeenCalled();
  });
});

describe('time', () => {
  it('for one try is 5 s, then the call is aborted and tried once more', async () => {
    freezeTime();
    const upstream = fakePayme({ nonce: ['hang'] });
    const answer = readResponse(createEndpoints(upstream).token(createRequest(tokenBody)));
    await waitUntil(() => upstream.callsTo('nonce').length === 1);
    await vi.advanceTimersByTimeAsync(4999);
    expect(upstream.callsTo('nonce')[0]?.signal.aborted).toBe(false);
    await vi.advanceTimersByTimeAsync(1);
    expect(upstream.callsTo('nonce')[0]?.signal.aborted).toBe(true);
    await vi.advanceTimersByTimeAsync(200);
    expect((await answer).status).toBe(200);
    expect(upstream.callsTo('nonce')).toHaveLength(2);
  });

  it('that both tries used up is a 504, worth another try', async () => {
    freezeTime();
    const upstream = fakePayme({ token: ['hang', 'hang'] });
    const answer = readResponse(createEndpoints(upstream).token(createRequest(tokenBody)));
    await waitUntil(() => upstream.calls.length === 1);
    await vi.advanceTimersByTimeAsync(10_200);
    const { status, json } = await answer;
    expect(status).toBe(504);
    expect(json).toMatchObject({ type: 'urn:pay-checkout:problem:timeout', retryable: true });
    expect(upstream.calls).toHaveLength(2);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('for all calls of a request together is 12 s', async () => {
    freezeTime();
    const upstream = fakePayme({ nonce: ['hang', 'hang'] });
    const slow = vi.fn(() => new Promise<Order>((resolve) => setTimeout(() => resolve(order), 4000)));
    const answer = readResponse(createEndpoints(upstream, { order: slow }).token(createRequest(tokenBody)));
    await waitUntil(() => slow.mock.calls.length === 1);
    await vi.advanceTimersByTimeAsync(4000);
    await waitUntil(() => upstream.callsTo('nonce').length === 1);
    await vi.advanceTimersByTimeAsync(5200);
    await waitUntil(() => upstream.callsTo('nonce').length === 2);
    await vi.advanceTimersByTimeAsync(2799);
    expect(upstream.callsTo('nonce').at(-1)?.signal.aborted).toBe(false);
    await vi.advanceTimersByTimeAsync(1);
    expect((await answer).status).toBe(504);
    expect(upstream.callsTo('nonce').at(-1)?.signal.aborted).toBe(true);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('runs out for a look-up of the order that never ends, too', async () => {
    freezeTime();
    const lookUp = vi.fn(() => new Promise<Order>(() => {}));
    const answer = readResponse(createEndpoints(fakePayme(), { order: lookUp }).token(createRequest(tokenBody)));
    await waitUntil(() => lookUp.mock.calls.length === 1);
    await vi.advanceTimersByTimeAsync(12_000);
    expect((await answer).status).toBe(504);
  });
});

describe('without a fetch of its own', () => {
  it('the one of the runtime is used, whoever replaced it last', async () => {
    const pay = createEndpoints(fakePayme(), { fetch: undefined });
    const upstream = fakePayme();
    vi.stubGlobal('fetch', upstream.fetch);
    expect((await readResponse(pay.token(createRequest(tokenBody)))).status).toBe(200);
    expect(upstream.calls).toHaveLength(2);
  });
});

it('follows no redirect, which could carry credentials to another host', async () => {
  const upstream = fakePayme();
  await createEndpoints(upstream).token(createRequest(tokenBody));
  expect(upstream.calls.map(({ redirect }) => redirect)).toEqual(['manual', 'manual']);
});
