import type { Timing, TimingPhase } from '../state/events.js';
import { getMonotonicTime } from '../shared/natives.js';
import type { Attempt } from './attempt.js';

export interface PhaseContext {
  readonly attempt: Pick<Attempt, 'number'>;
  /** An aborted phase is not reported. */
  readonly signal: AbortSignal;
  onTiming(this: void, timing: Timing): void;
  onRetry?(this: void): void;
}

/** Measures `work`, whether it succeeds or fails, and adds the figure to User Timing. `work` calls `onTry` with the number of each try. */
export async function measurePhase<T>(
  { attempt: { number: attempt }, signal, onTiming, onRetry }: PhaseContext,
  phase: TimingPhase,
  work: (onTry: (n: number) => void) => Promise<T>,
): Promise<T> {
  const start = getMonotonicTime();
  let tries = 1;
  try {
    return await work((n) => {
      tries = Math.max(tries, n);
      if (n > 1) onRetry?.();
    });
  } finally {
    const timing = { phase, attempt, tries, duration: getMonotonicTime() - start };
    if (!signal.aborted) {
      try {
        performance.measure(`pay-checkout:${phase}`, { start, duration: timing.duration, detail: { attempt, tries } });
      } catch {
        // A page may have replaced `performance`, and a figure must not end a checkout.
      }
      onTiming(timing);
    }
  }
}
