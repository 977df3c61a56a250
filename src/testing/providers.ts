import { builtInAssets, builtInNames, folderOf, type BuiltInName } from '../providers/built-in.js';
import type { Provider } from '../providers/provider.js';
import { izipay } from './izipay/index.js';
import { micuentaweb } from './micuentaweb/index.js';
import { payme } from './payme/index.js';
import { payroc } from './payroc/index.js';

/** The stand-in of each provider. A new one is added here, and its public names in `src/testing.ts`. */
export const standInProviders = { izipay, micuentaweb, payme, payroc };

export type ProviderName = keyof typeof standInProviders;

type StandInProviders = typeof standInProviders;

export type Apis = { readonly [Name in ProviderName]: ReturnType<StandInProviders[Name]['createApi']> };
export type ApiOptions = { [Name in ProviderName]?: Parameters<StandInProviders[Name]['createApi']>[0] };
export type LibraryFaults = { readonly [Name in ProviderName]: Parameters<StandInProviders[Name]['install']>[0]['faults'] };

export const providerNames = Object.keys(standInProviders) as ProviderName[];

/** Returns the real provider of a name, which may be a brand, with its own assets. */
export function realProviderOf(name: BuiltInName): Provider {
  const folder = folderOf(name);
  const { provider } = standInProviders[folder];
  return name === folder ? provider : { ...provider, assets: builtInAssets[name] };
}

/** Lists the names that a stand-in answers to: its own, and its brands. */
export function listNames(standIn: ProviderName): readonly BuiltInName[] {
  return builtInNames.filter((name) => folderOf(name) === standIn);
}

/** Creates an object with one entry for each provider. */
export function forEachProvider<T>(make: (name: ProviderName) => T): Record<ProviderName, T> {
  return Object.fromEntries(providerNames.map((name) => [name, make(name)])) as Record<ProviderName, T>;
}
