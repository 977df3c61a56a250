import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { getBackOffDelay, readRetryAfter, sleep, callWithRetries } from '../../src/shared/retries.js';

const never = new AbortController().signal;

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

describe('callWithRetries', () => {
  it('resolves with the first success, and passes each call its number', async () => {
    const run = vi.fn((n: number) => (n < 3 ? Promise.reject(new Error(`no ${n}`)) : Promise.resolve(`yes ${n}`)));
    const result = callWithRetries(run, { count: 3, signal: never, delay: (n) => n * 100 });
    await vi.advanceTimersByTimeAsync(99);
    expect(run).toHaveBeenCalledTimes(1);
    await vi.advanceTimersByTimeAsync(1);
    expect(run).toHaveBeenCalledTimes(2);
    await vi.advanceTimersByTimeAsync(200);
    await expect(result).resolves.toBe('yes 3');
    expect(run.mock.calls).toEqual([[1], [2], [3]]);
  });

  it('rejects with the last error after `count` calls, without another call of `delay`', async () => {
    const delay = vi.fn(() => 0);
    const result = callWithRetries((n) => Promise.reject(new Error(`no ${n}`)), { count: 2, signal: never, delay });
    const failure = expect(result).rejects.toThrow('no 2');
    await vi.runAllTimersAsync();
    await failure;
    expect(delay.mock.calls).toEqual([[1, new Error('no 1')]]);
  });

  it('rejects immediately if `delay` returns undefined', async () => {
    const run = vi.fn(() => Promise.reject(new Error('final')));
    await expect(callWithRetries(run, { count: 3, signal: never, delay: () => undefined })).rejects.toThrow('final');
    expect(run).toHaveBeenCalledTimes(1);
  });

  it('does not call if the signal has already aborted', async () => {
    const run = vi.fn(() => Promise.resolve());
    const signal = AbortSignal.abort(new Error('gone'));
    await expect(callWithRetries(run, { count: 3, signal, delay: () => 0 })).rejects.toThrow('gone');
    expect(run).not.toHaveBeenCalled();
  });

  it('rejects with the reason of the signal during a wait, and leaves no timer', async () => {
    const controller = new AbortController();
    const run = vi.fn(() => Promise.reject(new Error('no')));
    const result = callWithRetries(run, { count: 3, signal: controller.signal, delay: () => 1000 });
    const failure = expect(result).rejects.toThrow('gone');
    await vi.advanceTimersByTimeAsync(10);
    controller.abort(new Error('gone'));
    await failure;
    expect(run).toHaveBeenCalledTimes(1);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('rejects with the reason of the signal instead of the error that the abort caused', async () => {
    const controller = new AbortController();
    const run = () => {
      controller.abort(new Error('gone'));
      return Promise.reject(new Error('aborted fetch'));
    };
    await expect(callWithRetries(run, { count: 1, signal: controller.signal, delay: () => 0 })).rejects.toThrow('gone');
  });
});

describe('sleep', () => {
  it('leaves no listener on the signal', async () => {
    const { signal } = new AbortController();
    const remove = vi.spyOn(signal, 'removeEventListener');
    const slept = sleep(50, signal);
    await vi.advanceTimersByTimeAsync(50);
    await expect(slept).resolves.toBeUndefined();
    expect(remove).toHaveBeenCalledOnce();
  });

  it('starts no timer if the signal has already aborted', async () => {
    await expect(sleep(50, AbortSignal.abort(new Error('gone')))).rejects.toThrow('gone');
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe('getBackOffDelay', () => {
  it.each([
    [1, 0, 200],
    [1, 1, 400],
    [2, 0, 400],
    [2, 1, 800],
    [3, 1, 1600],
  ])('after failure %i, with random value %d, returns %i ms', (n, random, ms) => {
    vi.spyOn(Math, 'random').mockReturnValue(random);
    expect(getBackOffDelay(n)).toBe(ms);
  });

  it('returns a longer wait that the server requested', () => {
    expect(getBackOffDelay(1, { requested: 10_000 })).toBe(10_000);
  });

  it('returns undefined for a requested wait of more than ten seconds', () => {
    expect(getBackOffDelay(1, { requested: 10_001 })).toBeUndefined();
  });

  it('uses another base and another limit', () => {
    vi.spyOn(Math, 'random').mockReturnValue(1);
    expect(getBackOffDelay(1, { base: 100 })).toBe(100);
    expect(getBackOffDelay(1, { requested: 300, longest: 200 })).toBeUndefined();
  });
});

describe('readRetryAfter', () => {
  const now = Date.parse('2026-05-04T12:00:00Z');

  it.each<[string, Record<string, string>, number | undefined]>([
    ['returns undefined without the header', {}, undefined],
    ['returns undefined for an empty header', { 'Retry-After': ' ' }, undefined],
    ['reads seconds', { 'Retry-After': '7' }, 7000],
    ['compares an HTTP date with the local clock', { 'Retry-After': 'Mon, 04 May 2026 12:00:05 GMT' }, 5000],
    [
      "compares an HTTP date with the response's `Date` header",
      { 'Retry-After': 'Mon, 04 May 2026 15:00:05 GMT', Date: 'Mon, 04 May 2026 15:00:02 GMT' },
      3000,
    ],
    ['returns 0 for a past date', { 'Retry-After': 'Mon, 04 May 2026 11:00:00 GMT' }, 0],
    ['ignores other values', { 'Retry-After': 'soon' }, undefined],
  ])('%s', (_, headers, ms) => {
    vi.setSystemTime(now);
    expect(readRetryAfter(new Headers(headers))).toBe(ms);
  });
});
