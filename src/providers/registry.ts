import type { Provider } from './provider.js';

/** What an attempt needs to begin; in the ESM build, the rest of a built-in provider is a chunk that is still loading. */
export interface Listing {
  readonly assets: Provider['assets'];
  /** @throws {CheckoutError} code `asset`, if the chunk does not load */
  adapter(): Promise<Provider>;
}

/** Empty until the entry of a build adds the providers that it contains. */
const listings = new Map<string, Listing>();

const registrations = new EventTarget();

export function listingOf(provider: Provider): Listing {
  return { assets: provider.assets, adapter: () => Promise.resolve(provider) };
}

/** Adds a provider, or replaces a built-in one. Elements that wait for the name start by themselves. */
export function register(name: string, provider: Provider): void {
  list(name, listingOf(provider));
}

/** Adds the providers whose names are free. One that the page registered stays, and so does one that may have a form open. */
export function addListings(added: Readonly<Record<string, Listing>>): void {
  for (const [name, listing] of Object.entries(added)) if (!listings.has(name)) list(name, listing);
}

function list(name: string, listing: Listing): void {
  listings.set(name, listing);
  registrations.dispatchEvent(new Event(name));
}

/** The names that `provider` may have now. */
export function registeredNames(): string[] {
  return [...listings.keys()];
}

export function findListing(name: string): Listing | undefined {
  return listings.get(name);
}

/** Calls back once, when the name is registered. */
export function whenRegistered(name: string, callback: () => void, signal: AbortSignal): void {
  registrations.addEventListener(name, callback, { once: true, signal });
}
