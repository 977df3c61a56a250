import { afterEach, describe, expect, it, vi } from 'vitest';
import * as z from 'zod/mini';
import type { Order } from '../../src/server.js';
import { EventReporter } from '../../src/server/event-reporter.js';
import { RetryBudget } from '../../src/server/retry-budget.js';
import { createSend } from '../../src/server/upstream.js';
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
  it.each(failures)('reports %s as the right problem', async (_, answer, type, status, retryable, count) => {
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

  it.each([429, 500, 503])('retries once after a %i', async (status) => {
    const waits = skipDelays();
    const upstream = fakePayme({ [name]: [status] });
    expect((await readResponse(createEndpoints(upstream).token(createRequest(tokenBody)))).status).toBe(200);
    expect(upstream.callsTo(name)).toHaveLength(2);
    expect(waits).toEqual([expect.any(Number)]);
    expect(waits[0]).toBeGreaterThanOrEqual(100);
    expect(waits[0]).toBeLessThanOrEqual(200);
  });

  it('retries once after a lost connection', async () => {
    skipDelays();
    const upstream = fakePayme({ [name]: [new TypeError('fetch failed')] });
    expect((await readResponse(createEndpoints(upstream).token(createRequest(tokenBody)))).status).toBe(200);
  });
});

describe('createSend, with Retry-After', () => {
  const respondBusy = (wait: string) => new Response(null, { status: 429, headers: { 'Retry-After': wait } });

  it('waits for the requested time', async () => {
    const waits = skipDelays();
    expect((await readResponse(createEndpoints(fakePayme({ nonce: [respondBusy('2')] })).token(createRequest(tokenBody)))).status).toBe(
      200,
    );
    expect(waits).toEqual([2000]);
  });

  it('passes a longer wait on to the browser instead of retrying', async () => {
    const waits = skipDelays();
    const upstream = fakePayme({ nonce: [respondBusy('3')] });
    const { status, headers } = await readResponse(createEndpoints(upstream).token(createRequest(tokenBody)));
    expect(status).toBe(503);
    expect(headers.get('Retry-After')).toBe('3');
    expect(upstream.callsTo('nonce')).toHaveLength(1);
    expect(waits).toEqual([]);
  });
});

describe('RetryBudget', () => {
  it('allows one retry per request, so at most three calls', async () => {
    skipDelays();
    const upstream = fakePayme({ token: [503], nonce: [503] });
    expect((await readResponse(createEndpoints(upstream).token(createRequest(tokenBody)))).status).toBe(503);
    expect(upstream.urls().map((url) => url.split('/').at(-1))).toEqual(['token', 'token', 'nonce']);
  });

  it('does not replace a bearer after a retry', async () => {
    skipDelays();
    const upstream = fakePayme();
    const pay = createEndpoints(upstream);
    await pay.token(createRequest(tokenBody));
    upstream.fetch.mockImplementationOnce(() => Promise.resolve(new Response(null, { status: 503 })));
    upstream.fetch.mockImplementationOnce(() => Promise.resolve(new Response(null, { status: 401 })));
    expect((await readResponse(pay.token(createRequest(tokenBody)))).status).toBe(502);
    expect(upstream.fetch).toHaveBeenCalledTimes(4);
    // The rejected bearer is deleted all the same, so the next request gets a new one.
    expect((await readResponse(pay.token(createRequest(tokenBody)))).status).toBe(200);
    expect(upstream.callsTo('token')).toHaveLength(2);
  });
});

describe('createSend, after a network error', () => {
  it.each([
    ['ENOTFOUND', ' (ENOTFOUND)'],
    [`x ${secrets.bearer}`, ''],
    [7, ''],
  ])('quotes the code %s only if it is safe', async (code, suffix) => {
    skipDelays();
    const upstream = fakePayme({ nonce: [createNetworkError(code), createNetworkError(code)] });
    const { json } = await readResponse(createEndpoints(upstream).token(createRequest(tokenBody)));
    expect(json.detail).toBe(`Pay-me POST /nonce could not be reached${suffix}.`);
  });

  it('names no code if `fetch` rejects with undefined', async () => {
    skipDelays();
    const fetch = vi.fn().mockRejectedValue(undefined);
    const { json } = await readResponse(createEndpoints(fakePayme(), { fetch }).token(createRequest(tokenBody)));
    expect(json.detail).toBe('Pay-me POST /token could not be reached.');
  });
});

describe('createSend, with an error body', () => {
  it('cancels it unread, and ignores a failing cancellation', async () => {
    const cancel = vi.fn(() => Promise.reject(new Error('no')));
    const pull = vi.fn();
    const upstream = fakePayme({ nonce: [new Response(new ReadableStream({ pull, cancel }, { highWaterMark: 0 }), { status: 403 })] });
    expect((await readResponse(createEndpoints(upstream).token(createRequest(tokenBody)))).status).toBe(502);
    expect(cancel).toHaveBeenCalledOnce();
    expect(pull).not.toHaveBeenCalled();
  });
});

describe('createSend, with a long response', () => {
  const mebibyte = 1024 * 1024;
  const padded = (size: number) => JSON.stringify({ action: 'create.nonce', success: true, nonce: 'n' }).padEnd(size);

  function createEndless(onCancel: () => void) {
    let sent = 0;
    const pull = (stream: ReadableStreamDefaultController<Uint8Array>) => {
      sent += 65_536;
      stream.enqueue(new Uint8Array(65_536).fill(32));
    };
    return { body: () => new ReadableStream({ pull, cancel: onCancel }), countSent: () => sent };
  }

  it('reads 1 MiB', async () => {
    const upstream = fakePayme({ nonce: [new Response(padded(mebibyte))] });
    expect((await readResponse(createEndpoints(upstream).token(createRequest(tokenBody)))).status).toBe(200);
  });

  it.each<[string, Record<string, string>]>([
    ['without a length', {}],
    ['with a wrong length', { 'Content-Length': '100' }],
  ])('stops reading after 1 MiB of an endless response %s, and frees its connection', async (_, headers) => {
    skipDelays();
    const cancel = vi.fn();
    const { body, countSent } = createEndless(cancel);
    const upstream = fakePayme({ nonce: [new Response(body(), { headers }), new Response(body(), { headers })] });
    const { status, json } = await readResponse(createEndpoints(upstream).token(createRequest(tokenBody)));
    expect([status, json.type]).toEqual([502, 'urn:pay-checkout:problem:upstream-answer']);
    expect(json.detail).toBe('Pay-me POST /nonce returned more than 1 MiB.');
    expect(cancel).toHaveBeenCalledTimes(2);
    expect(countSent()).toBeLessThan(3 * mebibyte);
  });

  it('reads a response without a stream within the same limit', async () => {
    skipDelays();
    const withoutStream = (size: number) => Object.defineProperty(new Response(padded(size)), 'body', { value: undefined });
    const upstream = fakePayme({ nonce: [withoutStream(mebibyte + 1), withoutStream(100)] });
    expect((await readResponse(createEndpoints(upstream).token(createRequest(tokenBody)))).status).toBe(200);
    expect(upstream.callsTo('nonce')).toHaveLength(2);
  });

  it('decides by the status alone if an error response is too long to be read', async () => {
    const cancel = vi.fn();
    const { body } = createEndless(cancel);
    const readReason = vi.fn(() => undefined);
    const controller = new AbortController();
    const reporter = new EventReporter(new Request('https://shop.example.com'), 'token');
    const scope = { signal: controller.signal, retries: new RetryBudget(), reporter };
    const send = createSend(() => Promise.resolve(new Response(body(), { status: 403 })), scope);
    const call = {
      name: 'Own GET /',
      method: 'GET',
      url: 'https://own.example.com',
      headers: {},
      responseSchema: z.unknown(),
      readReason,
    } as const;
    await expect(send(call)).rejects.toMatchObject({ kind: 'upstream-scope' });
    expect(readReason).toHaveBeenCalledWith(undefined);
    expect(cancel).toHaveBeenCalledOnce();
  });

  it('stops reading a response that stalls when its try times out, even if `fetch` ignores the signal', async () => {
    freezeTime();
    const [cancel, pull] = [vi.fn(), vi.fn(() => new Promise<void>(() => {}))];
    const upstream = fakePayme({ nonce: [new Response(new ReadableStream({ pull, cancel }, { highWaterMark: 0 }))] });
    const answer = readResponse(createEndpoints(upstream).token(createRequest(tokenBody)));
    await waitUntil(() => pull.mock.calls.length === 1);
    await vi.advanceTimersByTimeAsync(5000);
    expect(cancel).toHaveBeenCalledOnce();
    await vi.advanceTimersByTimeAsync(200);
    expect((await answer).status).toBe(200);
  });
});

describe('the timeouts', () => {
  it('abort a try after 5 s and retry it once', async () => {
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

  it('lead to a retryable 504 after two tries', async () => {
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

  it('end the whole request after 12 s', async () => {
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

  it('end a request whose order lookup hangs', async () => {
    freezeTime();
    const lookUp = vi.fn(() => new Promise<Order>(() => {}));
    const answer = readResponse(createEndpoints(fakePayme(), { order: lookUp }).token(createRequest(tokenBody)));
    await waitUntil(() => lookUp.mock.calls.length === 1);
    await vi.advanceTimersByTimeAsync(12_000);
    expect((await answer).status).toBe(504);
  });
});

describe('webFetch', () => {
  it('uses the global fetch of the moment', async () => {
    const pay = createEndpoints(fakePayme(), { fetch: undefined });
    const upstream = fakePayme();
    vi.stubGlobal('fetch', upstream.fetch);
    expect((await readResponse(pay.token(createRequest(tokenBody)))).status).toBe(200);
    expect(upstream.calls).toHaveLength(2);
  });
});

it('does not follow a redirect, which could carry credentials to another host', async () => {
  const upstream = fakePayme();
  await createEndpoints(upstream).token(createRequest(tokenBody));
  expect(upstream.calls.map(({ redirect }) => redirect)).toEqual(['manual', 'manual']);
});
