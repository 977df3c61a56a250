import { izipay } from './izipay/index.js';
import { payme } from './payme/index.js';
import { payroc } from './payroc/index.js';

/** Every provider that there is a stand-in for. All else goes by this list. */
export const standInProviders = { izipay, payme, payroc };

export type ProviderName = keyof typeof standInProviders;

type All = typeof standInProviders;

export type Apis = { readonly [Name in ProviderName]: ReturnType<All[Name]['createApi']> };
export type ApiOptions = { [Name in ProviderName]?: Parameters<All[Name]['createApi']>[0] };
export type LibraryFaults = { readonly [Name in ProviderName]: Parameters<All[Name]['install']>[0]['faults'] };

export const providerNames = Object.keys(standInProviders) as ProviderName[];

/** An object with one entry for each provider. */
export function forEachProvider<T>(make: (name: ProviderName) => T): Record<ProviderName, T> {
  return Object.fromEntries(providerNames.map((name) => [name, make(name)])) as Record<ProviderName, T>;
}
