import { useFakeTimers, type SinonFakeTimers } from 'sinon';

/** Both clocks and the timers in the test's hands; what the browser itself does, such as loading, stays real. */
export function fakeClock(): SinonFakeTimers {
  return useFakeTimers({ now: Date.now(), toFake: ['setTimeout', 'clearTimeout', 'Date', 'performance'] });
}
