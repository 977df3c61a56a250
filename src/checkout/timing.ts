import type { Timing, TimingPhase } from '../state/events.js';

export interface TimingOptions {
  readonly phase: TimingPhase;
  readonly attempt: number;
  /** Once aborted, nothing more is said. */
  readonly signal: AbortSignal;
  tell(this: void, timing: Timing): void;
}

/** Measures `work`, whether it succeeds or fails, and leaves the figure in User Timing as well. */
export async function timed<T>(
  { phase, attempt, signal, tell }: TimingOptions,
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
      tell(timing);
    }
  }
}
