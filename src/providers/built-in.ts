// The providers of this package. `lazy-providers.ts` loads their adapters; `src/server.ts` exports their server halves.
import { assets as izipay } from './izipay/assets.js';
import { security as izipaySecurity } from './izipay/security.js';
import { assets as payme } from './payme/assets.js';
import { security as paymeSecurity } from './payme/security.js';
import { assets as payroc } from './payroc/assets.js';
import { security as payrocSecurity } from './payroc/security.js';
import type { Provider } from './provider.js';

/** The names of the built-in providers. A file of the script-tag build contains all of them or one. */
export const builtInNames = ['izipay', 'payme', 'payroc'] as const;

export type BuiltInName = (typeof builtInNames)[number];

declare global {
  /** The names that `provider` can have. A page that calls `register()` adds its own: `interface PayCheckoutProviders { acme: true }`. */
  // eslint-disable-next-line @typescript-eslint/no-empty-object-type -- pages add members to it
  interface PayCheckoutProviders extends Record<BuiltInName, true> {}
}

/** A built-in name, or a name that the page added to `PayCheckoutProviders`. */
export type ProviderName = keyof PayCheckoutProviders;

export function isBuiltIn(name: unknown): name is BuiltInName {
  return (builtInNames as readonly unknown[]).includes(name);
}

/** The assets of each provider by environment, known before its adapter is loaded. */
export const builtInAssets = { izipay, payme, payroc } satisfies Readonly<Record<BuiltInName, Provider['assets']>>;

/** What each provider requires of a page's Content Security Policy, by environment. */
export const builtInSecurity = { izipay: izipaySecurity, payme: paymeSecurity, payroc: payrocSecurity };
