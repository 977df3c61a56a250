import type { Provider } from './provider.js';

/** What an attempt needs to begin; in the ESM build, the rest of a built-in provider is a chunk that is still loading. */
export interface ProviderEntry {
  readonly assets: Provider['assets'];
  /** @throws {CheckoutError} code `asset`, if the chunk does not load */
  adapter(): Promise<Provider>;
}

/** Empty until the entry of a build adds the providers that it contains. */
const entries = new Map<string, ProviderEntry>();

const registrations = new EventTarget();

export function createEntry(provider: Provider): ProviderEntry {
  return { assets: provider.assets, adapter: () => Promise.resolve(provider) };
}

/** Adds a provider, or replaces a built-in one. Elements that wait for the name start by themselves. */
export function register(name: string, provider: Provider): void {
  setEntry(name, createEntry(provider));
}

/** Adds the providers whose names are free. One that the page registered stays, and so does one that may have a form open. */
export function addEntries(added: Readonly<Record<string, ProviderEntry>>): void {
  for (const [name, listing] of Object.entries(added)) if (!entries.has(name)) setEntry(name, listing);
}

function setEntry(name: string, listing: ProviderEntry): void {
  entries.set(name, listing);
  registrations.dispatchEvent(new Event(name));
}

/** The names that `provider` may have now. */
export function registeredNames(): string[] {
  return [...entries.keys()];
}

export function findEntry(name: string): ProviderEntry | undefined {
  return entries.get(name);
}

/** Calls back once, when the name is registered. */
export function whenRegistered(name: string, callback: () => void, signal: AbortSignal): void {
  registrations.addEventListener(name, callback, { once: true, signal });
}
