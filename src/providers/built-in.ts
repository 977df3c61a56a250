// The providers of this package. `lazy-providers.ts` loads their adapters; `src/server.ts` exports their server halves.
import { assets as izipay } from './izipay/assets.js';
import { security as izipaySecurity } from './izipay/security.js';
import { brandAssets, brandSecurity } from './micuentaweb/brands.js';
import { pageHosts } from './micuentaweb/hosts.js';
import { assets as payme } from './payme/assets.js';
import { security as paymeSecurity } from './payme/security.js';
import { assets as payroc } from './payroc/assets.js';
import { security as payrocSecurity } from './payroc/security.js';
import type { Provider } from './provider.js';

/** The assets of each provider by environment, known before its adapter is loaded. */
export const builtInAssets = { izipay, ...brandAssets, payme, payroc } satisfies Readonly<Record<string, Provider['assets']>>;

/** What each provider requires of a page's Content Security Policy, by environment. */
export const builtInSecurity = { izipay: izipaySecurity, ...brandSecurity, payme: paymeSecurity, payroc: payrocSecurity };

export type BuiltInName = keyof typeof builtInAssets;

/** The names of the built-in providers. */
export const builtInNames = Object.keys(builtInAssets) as BuiltInName[];

/** The folders of the built-in providers. A file of the script-tag build contains all of them or one. */
export const builtInFolders = ['izipay', 'micuentaweb', 'payme', 'payroc'] as const;

export type BuiltInFolder = (typeof builtInFolders)[number];

declare global {
  /** The names that `provider` can have. A page that calls `register()` adds its own: `interface PayCheckoutProviders { acme: true }`. */
  // eslint-disable-next-line @typescript-eslint/no-empty-object-type -- pages add members to it
  interface PayCheckoutProviders extends Record<BuiltInName, true> {}
}

/** A built-in name, or a name that the page added to `PayCheckoutProviders`. */
export type ProviderName = keyof PayCheckoutProviders;

/** Returns the folder of a provider. The brands of micuentaweb have one folder. */
export function folderOf(name: BuiltInName): BuiltInFolder {
  return Object.hasOwn(pageHosts, name) ? 'micuentaweb' : (name as BuiltInFolder);
}

export function isBuiltIn(name: unknown): name is BuiltInName {
  return typeof name === 'string' && Object.hasOwn(builtInAssets, name);
}
