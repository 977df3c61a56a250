import type { Provider } from './provider.js';
import { Promise, Event } from '../shared/natives.js';

/** What an attempt needs to start. In the ESM build, the adapter of a built-in provider is a chunk that loads later. */
export interface ProviderEntry {
  readonly assets: Provider['assets'];
  /** @throws {CheckoutError} code `asset`, if the chunk does not load */
  adapter(): Promise<Provider>;
  /** Whether the page registered it. */
  readonly isRegistered?: boolean;
}

/** Empty until the entry of a build adds the providers that it contains. */
const entries = new Map<string, ProviderEntry>();

const registrations = new EventTarget();

export function createEntry(provider: Provider): ProviderEntry {
  return { assets: provider.assets, adapter: () => Promise.resolve(provider) };
}

/** Adds a provider, or replaces a built-in one. Elements that wait for the name then start. */
export function register(name: string, provider: Provider): void {
  setEntry(name, { ...createEntry(provider), isRegistered: true });
}

/** Adds the providers whose names are free. It replaces none: the page may have registered it, or a form of it may be open. */
export function addEntries(added: Readonly<Record<string, ProviderEntry>>): void {
  for (const [name, entry] of Object.entries(added)) if (!entries.has(name)) setEntry(name, entry);
}

function setEntry(name: string, entry: ProviderEntry): void {
  entries.set(name, entry);
  registrations.dispatchEvent(new Event(name));
}

/** Lists the names that `provider` can have now. */
export function registeredNames(): string[] {
  return [...entries.keys()];
}

export function findEntry(name: string): ProviderEntry | undefined {
  return entries.get(name);
}

/** Calls back once when the name is registered. */
export function whenRegistered(name: string, callback: () => void, signal: AbortSignal): void {
  registrations.addEventListener(name, callback, { once: true, signal });
}
