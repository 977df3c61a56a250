import type { ProviderFailures } from '../../failures/provider-failures.js';
import { twice } from '../../failures/terms.js';

/** Milliseconds that the page in the frame takes to load. */
const frameTime = 120;
/** Milliseconds after which the adapter looks for a form that the library may have lost. */
const missedAfter = 300;
/** Milliseconds on screen after which the watchdog ends a form (design, "Watchdog"). */
const watchdog = 20_000;
/** Milliseconds by which the slow error of the frame is late. */
export const slowness = 10_000;

export const failures: ProviderFailures = {
  opening: frameTime,
  firstCallThrows: { how: '`new` throws.' },
  initThrows: { how: '`LoadForm()` rejects.', lasts: [0] },
  neverReady: { how: 'The frame has no box, and the library reports nothing.', lasts: twice(missedAfter + watchdog) },
  errorAtOnce: { how: 'The frame refuses the token and reports it.', says: 'provider / session', lasts: twice(frameTime) },
  slowError: {
    how: `The frame refuses the token after ${slowness / 1000} s.`,
    says: 'provider / session',
    lasts: twice(frameTime + slowness),
  },
  blocked: { how: '`frame-src` blocks the host of the form.', directive: 'frame-src', lasts: [0] },
  forged: { how: 'The signature is wrong.', ends: { status: 'pending' } },
  limitation: `**Izipay does not publish its code for an expired token.** Any technical error before the shopper can pay counts as a failed opening, and the element starts one more attempt with a new token. It does not repeat a pop-up, because the shopper may have paid in it.`,
  // One listener for the messages of its frame, and one that sizes its container.
  leakedListeners: ['message', 'resize'],
};
