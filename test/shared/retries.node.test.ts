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

describe('tries', () => {
  it('passes on what the first successful try returns, and tells each try its number', async () => {
    const attempt = vi.fn((n: number) => (n < 3 ? Promise.reject(new Error(`no ${n}`)) : Promise.resolve(`yes ${n}`)));
    const result = callWithRetries(attempt, { count: 3, signal: never, delay: (n) => n * 100 });
    await vi.advanceTimersByTimeAsync(99);
    expect(attempt).toHaveBeenCalledTimes(1);
    await vi.advanceTimersByTimeAsync(1);
    expect(attempt).toHaveBeenCalledTimes(2);
    await vi.advanceTimersByTimeAsync(200);
    await expect(result).resolves.toBe('yes 3');
    expect(attempt.mock.calls).toEqual([[1], [2], [3]]);
  });

  it('rejects with the last error when the tries are used up, without asking for another delay', async () => {
    const delay = vi.fn(() => 0);
    const result = callWithRetries((n) => Promise.reject(new Error(`no ${n}`)), { count: 2, signal: never, delay });
    const failure = expect(result).rejects.toThrow('no 2');
    await vi.runAllTimersAsync();
    await failure;
    expect(delay.mock.calls).toEqual([[1, new Error('no 1')]]);
  });

  it('stops at once where another try cannot help', async () => {
    const attempt = vi.fn(() => Promise.reject(new Error('final')));
    await expect(callWithRetries(attempt, { count: 3, signal: never, delay: () => undefined })).rejects.toThrow('final');
    expect(attempt).toHaveBeenCalledTimes(1);
  });

  it('does not begin when it is already aborted', async () => {
    const attempt = vi.fn(() => Promise.resolve());
    const signal = AbortSignal.abort(new Error('gone'));
    await expect(callWithRetries(attempt, { count: 3, signal, delay: () => 0 })).rejects.toThrow('gone');
    expect(attempt).not.toHaveBeenCalled();
  });

  it('ends while it waits, with the reason of the signal and without a timer left', async () => {
    const controller = new AbortController();
    const attempt = vi.fn(() => Promise.reject(new Error('no')));
    const result = callWithRetries(attempt, { count: 3, signal: controller.signal, delay: () => 1000 });
    const failure = expect(result).rejects.toThrow('gone');
    await vi.advanceTimersByTimeAsync(10);
    controller.abort(new Error('gone'));
    await failure;
    expect(attempt).toHaveBeenCalledTimes(1);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('tells why it was aborted rather than how the try failed because of it', async () => {
    const controller = new AbortController();
    const attempt = () => {
      controller.abort(new Error('gone'));
      return Promise.reject(new Error('aborted fetch'));
    };
    await expect(callWithRetries(attempt, { count: 1, signal: controller.signal, delay: () => 0 })).rejects.toThrow('gone');
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

  it('does not even begin on an aborted signal', async () => {
    await expect(sleep(50, AbortSignal.abort(new Error('gone')))).rejects.toThrow('gone');
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe('backOff', () => {
  it.each([
    [1, 0, 200],
    [1, 1, 400],
    [2, 0, 400],
    [2, 1, 800],
    [3, 1, 1600],
  ])('after failure %i, with luck %d, waits %i ms', (n, luck, ms) => {
    vi.spyOn(Math, 'random').mockReturnValue(luck);
    expect(getBackOffDelay(n)).toBe(ms);
  });

  it('waits as long as it was asked to', () => {
    expect(getBackOffDelay(1, { requested: 10_000 })).toBe(10_000);
  });

  it('gives up when it is asked for more than ten seconds', () => {
    expect(getBackOffDelay(1, { requested: 10_001 })).toBeUndefined();
  });

  it('takes another base and another limit', () => {
    vi.spyOn(Math, 'random').mockReturnValue(1);
    expect(getBackOffDelay(1, { base: 100 })).toBe(100);
    expect(getBackOffDelay(1, { requested: 300, longest: 200 })).toBeUndefined();
  });
});

describe('retryAfter', () => {
  const now = Date.parse('2026-05-04T12:00:00Z');

  it.each<[string, Record<string, string>, number | undefined]>([
    ['is absent where nothing was asked for', {}, undefined],
    ['is absent where it is empty', { 'Retry-After': ' ' }, undefined],
    ['reads seconds', { 'Retry-After': '7' }, 7000],
    ['reads an HTTP date by our clock', { 'Retry-After': 'Mon, 04 May 2026 12:00:05 GMT' }, 5000],
    [
      "reads an HTTP date by the answer's own clock",
      { 'Retry-After': 'Mon, 04 May 2026 15:00:05 GMT', Date: 'Mon, 04 May 2026 15:00:02 GMT' },
      3000,
    ],
    ['takes a date that has passed for now', { 'Retry-After': 'Mon, 04 May 2026 11:00:00 GMT' }, 0],
    ['ignores what is neither', { 'Retry-After': 'soon' }, undefined],
  ])('%s', (_, headers, ms) => {
    vi.setSystemTime(now);
    expect(readRetryAfter(new Headers(headers))).toBe(ms);
  });
});
