import { assets as izipay } from './izipay/assets.js';
import { assets as payme } from './payme/assets.js';
import { assets as payroc } from './payroc/assets.js';
import type { BuiltInName } from './names.js';
import type { Provider } from './provider.js';

/** What a page loads for each built-in provider, by environment: known before its adapter is loaded. */
export const builtInAssets = { izipay, payme, payroc } satisfies Readonly<Record<BuiltInName, Provider['assets']>>;
