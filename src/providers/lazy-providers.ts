import { CheckoutError } from '../state/errors.js';
import { builtInAssets, builtInNames, folderOf, type BuiltInFolder, type BuiltInName } from './built-in.js';
import type { Provider } from './provider.js';
import type { ProviderEntry } from './registry.js';

const adapters: Readonly<Record<BuiltInFolder, () => Promise<Provider>>> = {
  izipay: () => import('./izipay/browser/adapter.js').then(({ izipay }): Provider => izipay),
  micuentaweb: () => import('./micuentaweb/browser/adapter.js').then(({ micuentaweb }): Provider => micuentaweb),
  payme: () => import('./payme/browser/adapter.js').then(({ payme }): Provider => payme),
  payroc: () => import('./payroc/browser/adapter.js').then(({ payroc }): Provider => payroc),
};

/** The built-in providers of the ESM build. Each adapter is a separate chunk. A page downloads it when it uses the provider. */
export const lazyProviders = Object.fromEntries(
  builtInNames.map((name): [string, ProviderEntry] => [name, { assets: builtInAssets[name], adapter: () => loadAdapter(name) }]),
) as Readonly<Record<BuiltInName, ProviderEntry>>;

async function loadAdapter(name: BuiltInName): Promise<Provider> {
  try {
    return { ...(await adapters[folderOf(name)]()), assets: builtInAssets[name] };
  } catch {
    const message = `The shop's server did not deliver the chunk with the adapter of ${name}.`;
    throw new CheckoutError('asset', navigator.onLine ? 'unreachable' : 'offline', message);
  }
}
