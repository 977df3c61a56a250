import { useFakeTimers, type SinonFakeTimers } from 'sinon';
import { patience, realTime, rendered, settled } from './work.js';

/** Milliseconds. Timers that lie further off are limits: a test reaches them by its own will, and never by waiting for something else. */
const soon = 5_000;
/** Milliseconds. Before a longer step the browser draws, so that observers have their say. */
const short = 1_000;

/** Both clocks and the timers in the test's hands; what the browser itself does, such as loading, stays real. */
export function fakeClock(now = Date.now()): SinonFakeTimers {
  return useFakeTimers({ now, toFake: ['setTimeout', 'clearTimeout', 'Date', 'performance'] });
}

/**
 * Waits until it is so, however long the browser takes for it. The test's clock goes on only where there is nothing but a timer to
 * wait for.
 *
 * @param what for the error, if it never is
 * @param longest milliseconds of the longest step from one timer to the next; 0 holds the clock
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

/** Lets so many milliseconds pass, from timer to timer: what one of them sets going is over before the next. */
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

/** Milliseconds until it is due. */
function nextTimer(clock?: SinonFakeTimers): number {
  const timers = [...(clock?.timers?.values() ?? [])];
  return Math.max(0, Math.min(...timers.map(({ callAt }) => callAt! - clock!.now)));
}

/** None where the test has the real one. */
function clockOfPage(): SinonFakeTimers | undefined {
  return (setTimeout as { clock?: SinonFakeTimers }).clock;
}
