import { CheckoutError } from '../errors.js';
import { loadAdapter, type AdapterName } from './adapters.js';
import { builtInAssets } from './built-in.js';
import type { Listing } from './listing.js';
import type { Provider } from './provider.js';

export type { Assets, Environment, MountContext, Outcome, Provider, ProviderToken, Script } from './provider.js';
export type { Issue, Schema } from '../schema.js';
export { CheckoutError };
export { canonicalToken } from './canonical-token.js';

/** The built-in ones, for an editor to offer, or a name that was given to `register()`. */
export type ProviderName = AdapterName | (string & {});

const listings = new Map(
  Object.entries(builtInAssets).map(([name, assets]): [string, Listing] => [
    name,
    { assets, adapter: (options) => loadAdapter(name as AdapterName, options) },
  ]),
);

const registrations = new EventTarget();

/** Adds a provider, or replaces a built-in one. Elements that wait for the name start by themselves. */
export function register(name: string, provider: Provider): void {
  listings.set(name, { assets: provider.assets, adapter: () => Promise.resolve(provider) });
  registrations.dispatchEvent(new Event(name));
}

/** The names that `provider` may have now. */
export function registeredNames(): string[] {
  return [...listings.keys()];
}

/** What is known of the provider of that name before its adapter is here. */
export function findListing(name: string): Listing | undefined {
  return listings.get(name);
}

/**
 * The provider of that name, or none.
 *
 * @throws {CheckoutError} if its adapter does not arrive
 */
export async function findProvider(name: string): Promise<Provider | undefined> {
  return findListing(name)?.adapter();
}

/** Calls back once, when the name is registered. */
export function whenRegistered(name: string, callback: () => void, signal: AbortSignal): void {
  registrations.addEventListener(name, callback, { once: true, signal });
}
