import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { MemoryQueue } from '../../../src/serve/delivery/memory-queue.js';
import type { OutcomeCall } from '../../../src/serve/delivery/outcome-call.js';

const call = {
  call: 'outcome',
  outcome: 'paid',
  payment: { order: 'A-1001', id: '1' },
  decidedAt: '2026-11-28T12:00:00.000Z',
} as OutcomeCall;
const [seconds, day] = [1_000, 24 * 60 * 60_000];

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('the queue of outcome calls in memory', () => {
  it('sends a call again with growing waits until the shop has received it', async () => {
    const send = vi.fn(() => Promise.resolve()).mockRejectedValueOnce(new Error('The shop failed.'));
    const queue = new MemoryQueue(send, vi.fn());
    await queue.keep(call);
    await vi.advanceTimersByTimeAsync(9 * seconds);
    expect(send).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(60 * seconds);
    expect(send).toHaveBeenCalledTimes(2);
    expect(await queue.count()).toBe(0);
  });

  it('keeps the same outcome once, until it is removed', async () => {
    const send = vi.fn(() => Promise.resolve());
    const queue = new MemoryQueue(send, vi.fn());
    const kept = await queue.keep(call);
    await queue.keep({ ...call, decidedAt: '2026-11-28T12:00:01.000Z' });
    expect(await queue.count()).toBe(1);
    await kept.remove();
    await vi.advanceTimersByTimeAsync(60 * seconds);
    expect(send).not.toHaveBeenCalled();
    expect(await queue.count()).toBe(0);
  });

  it('gives a call up after a day, and reports the last error', async () => {
    const onGivenUp = vi.fn();
    const queue = new MemoryQueue(() => Promise.reject(new Error('The shop failed.')), onGivenUp);
    await queue.keep(call);
    await vi.advanceTimersByTimeAsync(day + 3_600 * seconds);
    expect(onGivenUp.mock.calls).toEqual([[expect.objectContaining({ message: 'The shop failed.' }), call]]);
    expect(await queue.count()).toBe(0);
  });

  it('sends a waiting call a last time when it closes', async () => {
    const [send, onGivenUp] = [vi.fn(() => Promise.resolve()), vi.fn()];
    const queue = new MemoryQueue(send, onGivenUp);
    await queue.keep(call);
    await queue.close();
    expect([send.mock.calls, onGivenUp.mock.calls]).toEqual([[[call]], []]);
    await vi.advanceTimersByTimeAsync(60 * seconds);
    expect(send).toHaveBeenCalledTimes(1);
  });

  it('reports a call that is lost when it closes', async () => {
    const onGivenUp = vi.fn();
    const queue = new MemoryQueue(() => Promise.reject(new Error('The shop failed.')), onGivenUp);
    await queue.keep(call);
    await queue.close();
    expect(onGivenUp.mock.calls).toEqual([[expect.objectContaining({ message: 'The shop failed.' }), call]]);
  });
});
