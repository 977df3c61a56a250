import { addEntries } from './providers/registry.js';
import { lazyProviders } from './providers/lazy-providers.js';

export { PayCheckout } from './element/pay-checkout.js';

addEntries(lazyProviders);
