import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { OrderRefused, Problem } from '../../src/server.js';
import {
  createToken,
  down,
  events,
  fail,
  failTokens,
  issued,
  listStates,
  lookUp,
  onToken,
  request,
  requestWithFallback,
  reset,
  startRequest,
  withFallback,
} from './breaker-requests.js';
import { order, skipDelays } from './fake-payme.js';

beforeEach(reset);
afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

const pause = 30_000;

describe('a token request with a fallback', () => {
  it('is answered without a call to a provider that failed three times in a row', async () => {
    await failTokens();
    expect(await requestWithFallback()).toEqual(down);
    expect(createToken).not.toHaveBeenCalled();
    expect(onToken).not.toHaveBeenCalled();
  });

  it('is sent to a provider that failed twice', async () => {
    await failTokens(2);
    expect(await requestWithFallback()).toEqual(issued);
  });

  it('is sent to a provider that worked between its failures', async () => {
    await failTokens(2);
    await request();
    await failTokens(2);
    expect(await requestWithFallback()).toEqual(issued);
  });

  it('is sent to a second provider while the first one is down', async () => {
    await failTokens();
    expect(await request({ ...withFallback, provider: 'second' })).toEqual(issued);
  });

  it('is answered for a settled, a refused and an unsupported order as without an outage', async () => {
    await failTokens();
    lookUp.mockImplementationOnce(() => ({ ...order, settled: 'paid' }));
    expect(await requestWithFallback()).toEqual({ status: 200 });
    lookUp.mockImplementationOnce(() => Promise.reject(new OrderRefused()));
    expect(await requestWithFallback()).toMatchObject({ status: 404, type: 'refused' });
    lookUp.mockImplementationOnce(() => ({ ...order, capture: 'later' }));
    expect(await requestWithFallback()).toMatchObject({ status: 422 });
  });

  it('calls `order` with the same query as without a fallback', async () => {
    await request();
    await requestWithFallback();
    const [[first], [second]] = lookUp.mock.calls as unknown as [[object], [object]];
    const varying = { request: expect.any(Request) as Request, requestId: expect.any(String) as string };
    expect(second).toEqual({ ...first, ...varying });
  });

  it('is refused if `fallback` is not true', async () => {
    expect(await request({ fallback: 'payroc' })).toMatchObject({ status: 422, type: 'request' });
  });
});

describe('a token request without a fallback', () => {
  it('is sent to a provider that is down, and does not count', async () => {
    await failTokens();
    expect(await request()).toEqual(issued);
    createToken.mockImplementationOnce(fail);
    expect(await request()).toEqual({ status: 502, type: 'upstream-failed', retryable: true });
    expect(createToken).toHaveBeenCalledTimes(2);
    expect(await requestWithFallback()).toEqual(down);
    expect(listStates()).toEqual(['open']);
  });
});

describe('30 s after the failures', () => {
  beforeEach(async () => {
    await failTokens();
    await vi.advanceTimersByTimeAsync(pause - 1);
    expect(await requestWithFallback()).toEqual(down);
    await vi.advanceTimersByTimeAsync(1);
  });

  it.each([{}, withFallback])('one request tests the provider, and no other request waits for it (test by %j)', async (body) => {
    const test = await startRequest(body);
    expect(await requestWithFallback()).toEqual(down);
    expect(createToken).toHaveBeenCalledOnce();
    expect(await request()).toEqual(issued);
    test.resolve({ token: 'session-token' });
    expect(await test.answer).toEqual(issued);
    expect(await requestWithFallback()).toEqual(issued);
    expect(listStates()).toEqual(['open', 'half-open', 'closed']);
  });

  it('the count starts at 0 once a test succeeded', async () => {
    expect(await requestWithFallback()).toEqual(issued);
    await failTokens(2);
    expect(await requestWithFallback()).toEqual(issued);
  });

  it('a test that fails opens the breaker for another 30 s', async () => {
    createToken.mockImplementationOnce(fail);
    expect(await requestWithFallback()).toEqual({ status: 502, type: 'upstream-failed', retryable: true });
    await vi.advanceTimersByTimeAsync(pause - 1);
    expect(await requestWithFallback()).toEqual(down);
    await vi.advanceTimersByTimeAsync(1);
    expect(await requestWithFallback()).toEqual(issued);
    expect(listStates()).toEqual(['open', 'half-open', 'open', 'half-open', 'closed']);
  });

  it('any answer of the provider closes the breaker, and the count starts at 0', async () => {
    const refuse = () => Promise.reject(new Problem('upstream-credentials', 'Own POST / returned 401.'));
    createToken.mockImplementationOnce(refuse).mockImplementationOnce(refuse);
    for (let n = 0; n < 2; n++) expect(await requestWithFallback()).toMatchObject({ type: 'upstream-credentials' });
    await failTokens(2);
    expect(await requestWithFallback()).toEqual(issued);
    expect(listStates()).toEqual(['open', 'half-open', 'closed']);
  });

  it('a test that hangs until its client disconnects opens the breaker for another 30 s', async () => {
    const leaving = new AbortController();
    const { answer } = await startRequest(withFallback, { signal: leaving.signal });
    await vi.advanceTimersByTimeAsync(7_000);
    leaving.abort();
    await answer;
    await vi.advanceTimersByTimeAsync(pause - 1);
    expect(await requestWithFallback()).toEqual(down);
  });

  it('a test that says nothing about the provider leaves the test to the next request', async () => {
    const leaving = new AbortController();
    const { answer } = await startRequest({}, { signal: leaving.signal });
    leaving.abort();
    expect(await answer).toMatchObject({ status: 499 });
    expect(listStates()).toEqual(['open', 'half-open', 'open']);
    const test = await startRequest(withFallback);
    expect(await requestWithFallback()).toEqual(down);
    test.resolve({ token: 'session-token' });
    expect(await test.answer).toEqual(issued);
    expect(listStates().slice(3)).toEqual(['half-open', 'closed']);
  });
});

describe('a request whose end the runtime drops', () => {
  beforeEach(async () => {
    await failTokens();
    await vi.advanceTimersByTimeAsync(pause);
    // Nothing ends a request from here on, not even its deadline.
    skipDelays();
  });

  it('holds the test for 15 s only, and its late end does not count', async () => {
    const lost = await startRequest();
    vi.advanceTimersByTime(14_999);
    expect(await requestWithFallback()).toEqual(down);
    vi.advanceTimersByTime(1);
    const test = await startRequest(withFallback);
    lost.reject(new Error('no database'));
    await lost.answer;
    expect(await requestWithFallback()).toEqual(down);
    test.resolve({ token: 'session-token' });
    expect(await test.answer).toEqual(issued);
    expect(await requestWithFallback()).toEqual(issued);
  });
});

it('a request from before the outage does not end the test when it fails', async () => {
  // Without its deadline, which would end it before the test.
  skipDelays();
  const slow = await startRequest();
  await failTokens();
  vi.advanceTimersByTime(pause);
  await startRequest(withFallback);
  slow.reject(new Error('no database'));
  await slow.answer;
  expect(await requestWithFallback()).toEqual(down);
});

it('reports a change of state as an event of the request that changed it, before the end of that request', async () => {
  await failTokens();
  const [before, change, end] = events.slice(-3);
  expect(before).toMatchObject({ phase: 'order' });
  const { requestId } = end!;
  const common = { endpoint: 'token', provider: 'first', environment: 'sandbox', requestId };
  expect(change).toEqual({ ...common, phase: 'breaker', state: 'open', duration: expect.any(Number) as number });
  expect(end).toMatchObject({ ...common, phase: 'request', status: 502 });
});
