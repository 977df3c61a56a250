import { providerNames, type ProviderName } from '../../src/testing/providers.js';
import { izipay } from './izipay/index.js';
import { micuentaweb } from './micuentaweb/index.js';
import { payme } from './payme/index.js';
import type { DemoProvider } from './provider.js';
import { payroc } from './payroc/index.js';

/** The providers of the demo. Tests and scripts also use their sample accounts. */
export const providers: Readonly<Record<ProviderName, DemoProvider>> = { izipay, micuentaweb, payme, payroc };

export { providerNames, type ProviderName };
