import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { CircuitBreaker } from '../../src/server/circuit-breaker.js';

const pause = 30_000;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['performance'] });
});
afterEach(() => {
  vi.useRealTimers();
});

describe('CircuitBreaker', () => {
  it('admits every call of a service that works', () => {
    const breaker = new CircuitBreaker(pause);
    const [first, second] = [breaker.start(), breaker.start()];
    expect(first?.succeed()).toBe(false);
    expect([first, second, breaker.start()]).not.toContain(undefined);
  });

  it('skips a service that failed, until the pause has passed', () => {
    const breaker = new CircuitBreaker(pause);
    breaker.start()?.fail();
    vi.advanceTimersByTime(pause - 1);
    expect(breaker.start()).toBeUndefined();
    vi.advanceTimersByTime(1);
    expect(breaker.start()).toBeDefined();
  });

  it('admits one call after the pause, and the others once it has succeeded', () => {
    const breaker = new CircuitBreaker(pause);
    breaker.start()?.fail();
    vi.advanceTimersByTime(pause);
    const trial = breaker.start();
    expect(breaker.start()).toBeUndefined();
    expect(trial?.succeed()).toBe(true);
    expect([breaker.start(), breaker.start()]).not.toContain(undefined);
  });

  it('pauses again if the call after the pause fails', () => {
    const breaker = new CircuitBreaker(pause);
    breaker.start()?.fail();
    vi.advanceTimersByTime(pause);
    const trial = breaker.start();
    vi.advanceTimersByTime(1000);
    trial?.fail();
    vi.advanceTimersByTime(pause - 1);
    expect(breaker.start()).toBeUndefined();
    vi.advanceTimersByTime(1);
    expect(breaker.start()).toBeDefined();
  });

  it('admits another call after another pause if the first one never ends', () => {
    const breaker = new CircuitBreaker(pause);
    breaker.start()?.fail();
    vi.advanceTimersByTime(pause);
    breaker.start();
    vi.advanceTimersByTime(pause);
    expect(breaker.start()).toBeDefined();
  });

  it('does not count the success of a call that began before the failure', () => {
    const breaker = new CircuitBreaker(pause);
    const slow = breaker.start();
    breaker.start()?.fail();
    expect(slow?.succeed()).toBe(false);
    expect(breaker.start()).toBeUndefined();
  });
});
