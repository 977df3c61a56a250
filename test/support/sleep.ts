import type { SinonFakeTimers } from 'sinon';

export const clocks = ['both clocks', 'the wall clock alone', 'the monotonic clock alone'] as const;

/** Advances the clocks without the timers, as when a machine sleeps or a page is in the back/forward cache. */
export function sleep(clock: SinonFakeTimers, ms: number, seenBy: (typeof clocks)[number] = 'both clocks'): void {
  if (seenBy !== 'the monotonic clock alone') clock.setSystemTime(Date.now() + ms);
  if (seenBy === 'the wall clock alone') return;
  const now = performance.now.bind(performance);
  performance.now = () => now() + ms;
}
