import { CheckoutError } from '../errors.js';
import type { LoadOptions } from './listing.js';
import type { Provider } from './provider.js';

/** An adapter is downloaded when a page uses it. */
const adapters = {
  izipay: () => import('./izipay/browser.js').then(({ izipay }): Provider => izipay),
  payme: () => import('./payme/browser.js').then(({ payme }): Provider => payme),
  payroc: () => import('./payroc/browser.js').then(({ payroc }): Provider => payroc),
};

export type AdapterName = keyof typeof adapters;

/**
 * The part of a provider that is a file of its own: here a bundler's chunk. The classic script has another way to it, and
 * this module's place is taken there by `scripts/classic/adapters.ts`.
 *
 * @throws {CheckoutError} code `asset`, if it does not arrive
 */
export async function loadAdapter(name: AdapterName, _options?: LoadOptions): Promise<Provider> {
  try {
    return await adapters[name]();
  } catch {
    const message = `The adapter of ${name} cannot be loaded from the shop.`;
    throw new CheckoutError('asset', navigator.onLine ? 'unreachable' : 'offline', message);
  }
}
