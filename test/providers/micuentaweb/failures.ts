import type { ProviderFailures } from '../../failures/provider-failures.js';
import { twice } from '../../failures/terms.js';

/** Milliseconds that the first `setFormConfig()` of a page takes, and each later one. */
const firstConfigTime = 300;
const configTime = 50;
/** Milliseconds from there until the library draws the form, and from there until it reports the form as ready. */
const attachTime = 200;
const readyTime = 400;
/** Both attempts, until the watchdog ends the form: milliseconds on screen (design, "Watchdog"). */
const never = twice(20_000);

export const failures: ProviderFailures = {
  opening: firstConfigTime + attachTime + readyTime,
  reopening: configTime + attachTime + readyTime,
  firstCallThrows: { how: '`removeForms()` throws.' },
  initThrows: { how: '`attachForm()` rejects.', lasts: [firstConfigTime] },
  neverReady: { how: 'The library draws the form, and never reports it as ready.', lasts: never },
  errorAtOnce: {
    how: '`setFormConfig()` rejects with `CLIENT_100`.',
    says: 'provider / session',
    lasts: [firstConfigTime, configTime],
  },
  slowError: {
    how: 'The library reports a form as ready that has no fields. It has no error for this.',
    says: 'provider / timeout',
    lasts: never,
  },
  blocked: {
    how: '`frame-src` blocks the host of the fields.',
    directive: 'frame-src',
    lasts: [firstConfigTime + attachTime],
  },
  forged: {
    how: 'The page reports an invented signature. The backend ignores the report, and Lyra confirms the payment.',
    ends: { status: 'succeeded' },
  },
  limitation: `**Lyra refuses an expired form token only when the shopper pays.** The library then reports the expiry, and the shopper has not paid. The element counts the 15 minutes of a form token itself, and requests a new one before they end. The library reports no form that fails to appear: the element ends such a form after 20 s on screen, and its second attempt after 40 s.`,
  leakedListeners: [],
  // One listener of the library for its frames, and one of the adapter. The invisible frame stays until the next form.
  remains: { listeners: ['message'], elements: '#krcheckout' },
};
