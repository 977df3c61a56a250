// The script that the provider's own host serves in test/e2e/policy/: the stand-in's library, with requests to the provider's own URLs.
import { createFlexLibrary } from '../../../src/testing/payme/library.js';

Object.assign(window, {
  FlexPaymentForms: createFlexLibrary({ fetch: (input, init) => fetch(input, init), environment: 'sandbox' }),
});
