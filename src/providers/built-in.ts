import { assets as izipay } from './izipay/assets.js';
import { assets as payme } from './payme/assets.js';
import { assets as payroc } from './payroc/assets.js';

/** What a page loads for each built-in provider, by environment: known before its adapter is here. */
export const builtInAssets = { izipay, payme, payroc };
