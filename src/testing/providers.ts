import { izipay } from './izipay/index.js';
import { payme } from './payme/index.js';
import { payroc } from './payroc/index.js';

/** The stand-in of each provider. A new one is added here, and its public names in `src/testing.ts`. */
export const standInProviders = { izipay, payme, payroc };

export type ProviderName = keyof typeof standInProviders;

type StandInProviders = typeof standInProviders;

export type Apis = { readonly [Name in ProviderName]: ReturnType<StandInProviders[Name]['createApi']> };
export type ApiOptions = { [Name in ProviderName]?: Parameters<StandInProviders[Name]['createApi']>[0] };
export type LibraryFaults = { readonly [Name in ProviderName]: Parameters<StandInProviders[Name]['install']>[0]['faults'] };

export const providerNames = Object.keys(standInProviders) as ProviderName[];

/** Creates an object with one entry for each provider. */
export function forEachProvider<T>(make: (name: ProviderName) => T): Record<ProviderName, T> {
  return Object.fromEntries(providerNames.map((name) => [name, make(name)])) as Record<ProviderName, T>;
}
