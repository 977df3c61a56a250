import type { ProviderFailures } from '../../failures/provider-failures.js';
import { twice } from '../../failures/terms.js';

/** Both attempts, until the watchdog ends the form: milliseconds on screen (design, "Watchdog"). */
const never = twice(20_000);

export const failures: ProviderFailures = {
  opening: 0,
  firstCallThrows: { how: '`new` throws.' },
  initThrows: { how: '`initialize()` throws.', lasts: [0] },
  neverReady: { how: 'The frames stay invisible.', lasts: never },
  errorAtOnce: {
    how: 'The gateway returns 401. The library reports an `init` error.',
    says: 'provider / session',
    lasts: twice(0),
  },
  slowError: {
    how: 'The gateway returns 500. The library tries six times and reports the error after 35 s. The element ends the form before that.',
    says: 'provider / timeout',
    lasts: never,
  },
  blocked: { how: '`connect-src` blocks the gateway.', directive: 'connect-src', lasts: [0] },
  forged: {
    how: 'The page reports an invented single-use token. Payroc refuses the sale, so no money moved.',
    ends: { status: 'failed', says: 'declined' },
  },
  limitation: `**Payroc reports some errors too late.** After a 500 or a lost connection, the library tries six times and reports the error after 35 s at the earliest. The element ends the form after 20 s, and its second attempt after 40 s. The library reports a refused session at once.`,
  leakedListeners: [],
};
