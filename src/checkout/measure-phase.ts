import type { Timing, TimingPhase } from '../state/events.js';
import type { AttemptContext } from './attempt.js';

export interface PhaseOptions {
  readonly phase: TimingPhase;
  /** The attempt's number. */
  readonly attempt: number;
  /** An aborted phase is not reported. */
  readonly signal: AbortSignal;
  onTiming(this: void, timing: Timing): void;
}

/** Measures `work`, whether it succeeds or fails, and adds the figure to User Timing. `work` reports the number of each try. */
export async function measurePhase<T>(
  { phase, attempt, signal, onTiming }: PhaseOptions,
  work: (onTry: (n: number) => void) => Promise<T>,
): Promise<T> {
  const start = performance.now();
  let tries = 1;
  try {
    return await work((n) => (tries = Math.max(tries, n)));
  } finally {
    const timing = { phase, attempt, tries, duration: performance.now() - start };
    if (!signal.aborted) {
      performance.measure(`pay-checkout:${phase}`, { start, duration: timing.duration, detail: { attempt, tries } });
      onTiming(timing);
    }
  }
}

/** Measures a phase of an attempt, which emits the figure. */
export function measureIn<T>(
  { attempt, signal, emit }: AttemptContext,
  phase: TimingPhase,
  work: (onTry: (n: number) => void) => Promise<T>,
): Promise<T> {
  return measurePhase({ phase, attempt: attempt.number, signal, onTiming: (timing) => emit({ timing }) }, work);
}
