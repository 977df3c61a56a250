import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import * as z from 'zod/mini';
import { Problem } from '../../src/server.js';
import {
  createToken,
  down,
  failTokens,
  fetch,
  issued,
  listStates,
  lookUp,
  request,
  requestWithFallback,
  reset,
  startRequest,
  withFallback,
} from './breaker-requests.js';
import { order, skipDelays, waitUntil } from './fake-payme.js';

beforeEach(reset);
afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

const responseSchema = z.object({ token: z.string() });

describe('a failure', () => {
  it.each<[string, number | Error, boolean]>([
    ['500', 500, true],
    ['502', 502, true],
    ['503', 503, true],
    ['429', 429, true],
    ['a lost connection', new TypeError('fetch failed'), true],
    ['400', 400, false],
    ['401', 401, false],
    ['403', 403, false],
    ['404', 404, false],
    ['an unreadable response', 200, false],
  ])('counts if it shows an outage: %s', async (_, answer, counts) => {
    skipDelays();
    fetch.mockImplementation(() =>
      answer instanceof Error ? Promise.reject(answer) : Promise.resolve(new Response('x', { status: answer })),
    );
    const call = { name: 'Own POST /', method: 'POST', url: 'https://own.example.com', headers: {}, responseSchema } as const;
    createToken.mockImplementation(({ send }) => send(call));
    for (let n = 0; n < 3; n++) await request();
    fetch.mockClear();
    expect((await requestWithFallback()).type === down.type).toBe(counts);
    expect(fetch.mock.calls.length === 0).toBe(counts);
  });

  it.each<[string, unknown]>([
    ['refused credentials', new Problem('upstream-credentials', 'Own POST / returned 401.')],
    ['an order that the provider cannot take', new Problem('order', 'The order: `currency` is not for this provider.')],
    ['an error of the merchant’s code', new Error('no database')],
    ['undefined', undefined],
  ])('neither counts nor resets the count if it says nothing about the provider: %s', async (_, error) => {
    createToken.mockRejectedValue(error);
    for (let n = 0; n < 4; n++) await request();
    expect(listStates()).toEqual([]);
    await failTokens(2);
    createToken.mockRejectedValueOnce(error);
    await request();
    await failTokens(1);
    expect(await requestWithFallback()).toEqual(down);
  });

  it.each([
    [4_999, issued],
    [5_000, down],
  ])('counts if the client disconnects from 5 s on, as a page with a fallback does (after %d ms)', async (ms, expected) => {
    await failTokens(2);
    const leaving = new AbortController();
    const { answer } = await startRequest(withFallback, { signal: leaving.signal });
    await vi.advanceTimersByTimeAsync(ms);
    leaving.abort();
    expect(await answer).toMatchObject({ status: 499 });
    expect(await requestWithFallback()).toEqual(expected);
  });

  it('counts if the provider hangs until the deadline of the request', async () => {
    await failTokens(2);
    const { answer } = await startRequest();
    await vi.advanceTimersByTimeAsync(12_000);
    expect(await answer).toMatchObject({ status: 504, type: 'timeout' });
    expect(await requestWithFallback()).toEqual(down);
  });

  it('does not count if a slow `order` left the provider less than 5 s', async () => {
    await failTokens(2);
    lookUp.mockImplementationOnce(() => new Promise((resolve) => setTimeout(() => resolve(order), 7_001)));
    createToken.mockImplementationOnce(() => new Promise(() => {}));
    const answer = request();
    await waitUntil(() => vi.getTimerCount() === 2);
    await vi.advanceTimersByTimeAsync(7_001);
    await waitUntil(() => createToken.mock.calls.length === 1);
    await vi.advanceTimersByTimeAsync(4_999);
    expect(await answer).toMatchObject({ status: 504, type: 'timeout' });
    expect(await requestWithFallback()).toEqual(issued);
  });
});
