import type { ProviderFailures } from '../../failures/provider-failures.js';
import { twice } from '../../failures/terms.js';

/** Both attempts, until the watchdog ends the form: milliseconds on screen (design, "Watchdog"). */
const never = twice(15_000);

export const failures: ProviderFailures = {
  opening: 0,
  firstCallThrows: { how: '`new` throws.' },
  initThrows: { how: '`init()` throws.', lasts: [0] },
  neverReady: { how: 'The library draws an endless spinner.', lasts: never },
  errorAtOnce: {
    how: 'The library cannot redeem its nonce. It reports nothing and draws an endless spinner.',
    says: 'provider / timeout',
    lasts: never,
  },
  slowError: {
    how: 'The session request never ends. The library has no error for this and draws an endless spinner.',
    says: 'provider / timeout',
    lasts: never,
  },
  blocked: { how: '`connect-src` blocks the host that redeems nonces.', directive: 'connect-src', lasts: [0] },
  forged: { how: "The page reports another order's operation number.", ends: { status: 'pending' } },
  limitation: `**Pay-me reports no technical errors.** If its nonce has expired, its session fails or its network is gone, the library draws a spinner and calls no callback. The element reports \`provider / timeout\` after two attempts of 15 s on screen. It detects a block by the Content Security Policy at once, because the browser reports it.`,
  leakedListeners: [],
};
