import { CheckoutError } from '../errors.js';
import type { Provider } from './provider.js';

export type { Assets, Environment, MountContext, Outcome, Provider, ProviderToken, Script } from './provider.js';
export type { Issue, Schema } from '../schema.js';
export { CheckoutError };
export { canonicalToken } from './canonical-token.js';

/** The built-in ones, for an editor to offer, or a name that was given to `register()`. */
export type ProviderName = 'izipay' | 'payme' | 'payroc' | (string & {});

type Loader = () => Promise<Provider>;

/** An adapter is downloaded when a page uses it. */
const providers = new Map<string, Loader>([
  ['izipay', () => import('./izipay/browser.js').then(({ izipay }) => izipay)],
  ['payme', () => import('./payme/browser.js').then(({ payme }) => payme)],
  ['payroc', () => import('./payroc/browser.js').then(({ payroc }) => payroc)],
]);

const registrations = new EventTarget();

/** Adds a provider, or replaces a built-in one. Elements that wait for the name start by themselves. */
export function register(name: string, provider: Provider): void {
  providers.set(name, () => Promise.resolve(provider));
  registrations.dispatchEvent(new Event(name));
}

export function isRegistered(name: string): boolean {
  return providers.has(name);
}

/** The names that `provider` may have now. */
export function registeredNames(): string[] {
  return [...providers.keys()];
}

/**
 * The provider of that name, or none.
 *
 * @throws {CheckoutError} if its adapter, a file of its own in a bundle, does not arrive
 */
export async function findProvider(name: string): Promise<Provider | undefined> {
  return providers
    .get(name)?.()
    .catch((): never => {
      throw new CheckoutError(
        'asset',
        navigator.onLine ? 'unreachable' : 'offline',
        `The adapter of ${name} cannot be loaded from the shop.`,
      );
    });
}

/** Calls back once, when the name is registered. */
export function whenRegistered(name: string, callback: () => void, signal: AbortSignal): void {
  registrations.addEventListener(name, callback, { once: true, signal });
}
