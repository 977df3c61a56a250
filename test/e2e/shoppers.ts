import { providerNames } from '../../demo/providers/index.js';
import { importOfEachProvider } from '../support/provider-files.js';
import { forEachProvider } from '../../src/testing/providers.js';
import type { Shopper } from './shopper.js';

export { providerNames };

const modules = await importOfEachProvider<{ shopper: Shopper }>('shopper');

export const shoppers = forEachProvider((name) => modules[name].shopper);
