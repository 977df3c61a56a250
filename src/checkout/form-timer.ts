import { startVisibleTimer, type VisibleTimerOptions } from '../page/visibility.js';

/** Milliseconds of visible time that a shopper waits for the form. */
const formTimeout = 60_000;
/** Milliseconds of visible time for token and files, if another provider may follow. The adapter's own limit then applies to the form. */
const loadingTimeout = 7_000;

/** Calls back once, after the shopper has waited too long for a provider. */
export function startFormTimer(mayFollow: boolean, callback: () => void, options: VisibleTimerOptions): void {
  startVisibleTimer(mayFollow ? loadingTimeout : formTimeout, callback, options);
}
