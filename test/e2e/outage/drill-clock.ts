import type {} from '../../../src/index.js';
import type { Tab } from '../engines/tab.js';
import { until } from '../engines/until.js';

/** What the clock adds to the page. */
interface DrillWindow {
  passTime(ms: number): void;
  hasPassed?: boolean;
  /** The provider that has waited for a bound. */
  waited?: string;
}

/**
 * Stops the page's clock, and holds the long timers that are the bounds of an attempt. Short timers run, so that retries and the forms work.
 * No engine's machine is then too slow for a bound. Runs in the page, before its other scripts.
 */
export function stopClock(): void {
  const shortest = 5_000;
  const held = new Map<number, { readonly callback: () => void; readonly at: number }>();
  const { setTimeout: start, clearTimeout: stop } = window;
  let now = performance.now();
  let id = 2 ** 30;
  performance.now = () => now;
  Object.assign(window, {
    setTimeout(callback: () => void, ms = 0, ...values: []) {
      if (ms < shortest) return start(callback, ms, ...values);
      held.set(++id, { callback, at: now + ms });
      return id;
    },
    clearTimeout: (timer: number) => (held.delete(timer) ? undefined : stop(timer)),
    passTime(ms: number) {
      now += ms;
      const due = [...held].filter(([, { at }]) => at <= now);
      for (const [timer] of due) held.delete(timer);
      for (const [, { callback }] of due) callback();
    },
  });
}

/** Moves the page's clock on in a separate task: WebKit's driver keeps a timer in the page, and would end a script that fires it. */
export async function passTime(page: Tab, seconds: number): Promise<void> {
  await page.evaluate((ms) => {
    const clock = window as unknown as DrillWindow;
    clock.hasPassed = false;
    setTimeout(() => {
      clock.passTime(ms);
      clock.hasPassed = true;
    });
  }, seconds * 1_000);
  await until(page, () => (window as unknown as DrillWindow).hasPassed);
}

/** A bound that ends an attempt. */
export interface Bound {
  readonly provider: string;
  /** The state in which the attempt waits. */
  readonly status: string;
  readonly seconds: number;
}

/**
 * Moves the clock on if the provider's attempt has a token and waits. The check and the change are one task, so that the time does not count
 * for the next provider. Returns whether the provider has waited, and its attempts have ended. Runs in the page.
 */
export function passBound({ provider, status, seconds }: Bound): boolean {
  const clock = window as unknown as DrillWindow;
  const { state } = document.querySelector('pay-checkout')!;
  setTimeout(() => {
    const { state } = document.querySelector('pay-checkout')!;
    const tokens = performance.getEntriesByName('pay-checkout:token') as PerformanceMeasure[];
    const hasToken = tokens.some(({ detail }) => (detail as { attempt: number }).attempt === state.attempt);
    if (!hasToken || state.provider !== provider || state.status !== status) return;
    clock.waited = provider;
    clock.passTime(seconds * 1_000);
  });
  return clock.waited === provider && (state.provider !== provider || state.status === 'failed');
}
