import { useFakeTimers, type SinonFakeTimers } from 'sinon';
import { patience, realTime, rendered, settled } from './work.js';

/** Milliseconds. Later timers are time limits: a test must reach them on purpose, not while it waits for something else. */
const soon = 5_000;
/** Milliseconds. Before a longer step the browser renders, so that observers run. */
const short = 1_000;

/** Fakes the timers, `Date` and `performance`. The browser's own work, such as loading, stays real. */
export function fakeClock(now = Date.now()): SinonFakeTimers {
  return useFakeTimers({ now, toFake: ['setTimeout', 'clearTimeout', 'Date', 'performance'] });
}

/**
 * Waits until the condition is true, however long the browser takes. The fake clock advances only when nothing but a timer is pending.
 *
 * @param what describes the condition in the error
 * @param longest milliseconds of the longest step from one timer to the next; 0 stops the clock
 */
export async function until(isSo: () => boolean, what: string | (() => string), longest = soon): Promise<void> {
  const end = realTime() + patience;
  for (;;) {
    const clock = clockOfPage();
    await settled();
    if (!isSo() && nextTimer(clock) > short) await rendered();
    if (isSo()) return;
    if (realTime() > end) throw new Error(`What was waited for did not come: ${typeof what === 'string' ? what : what()}.`);
    if (nextTimer(clock) <= longest) await clock!.tickAsync(nextTimer(clock));
  }
}

/** Advances the clock by that many milliseconds. The work that a timer starts ends before the next timer fires. */
export async function pass(ms: number): Promise<void> {
  const clock = clockOfPage()!;
  const end = clock.now + ms;
  const step = () => Math.min(nextTimer(clock), end - clock.now);
  const quiet = async () => {
    await settled();
    if (step() > short) await rendered();
  };
  for (await quiet(); clock.now < end || nextTimer(clock) === 0; await quiet()) await clock.tickAsync(step());
}

/** Milliseconds until the next timer is due. */
function nextTimer(clock?: SinonFakeTimers): number {
  const timers = [...(clock?.timers?.values() ?? [])];
  return Math.max(0, Math.min(...timers.map(({ callAt }) => callAt! - clock!.now)));
}

/** Undefined when the test uses the real clock. */
function clockOfPage(): SinonFakeTimers | undefined {
  return (setTimeout as { clock?: SinonFakeTimers }).clock;
}
