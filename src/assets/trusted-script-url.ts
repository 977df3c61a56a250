import type { TrustedTypesWindow } from 'trusted-types/lib';
import { CheckoutError } from '../state/errors.js';

let policy: { createScriptURL(url: string): unknown } | undefined;
/** The URLs that a provider in the registry asked for; nothing else becomes a script. */
const known = new Set<string>();

/**
 * The URL in the form that a page under Trusted Types accepts. It comes from the code or from `register()`,
 * never from an attribute, a config or an endpoint.
 *
 * @throws {CheckoutError} `asset` / `blocked` where the page does not allow the policy `pay-checkout`
 */
export function createTrustedScriptUrl(url: string): string {
  const factory = (window as unknown as TrustedTypesWindow).trustedTypes;
  if (!factory) return url;
  known.add(url);
  try {
    policy ??= factory.createPolicy('pay-checkout', { createScriptURL: onlyKnown });
  } catch {
    const message =
      "The page's Content-Security-Policy forbids the policy `pay-checkout`: add it and `'allow-duplicates'` to `trusted-types`.";
    throw new CheckoutError('asset', 'blocked', message);
  }
  // The DOM's own types know no TrustedScriptURL.
  return policy.createScriptURL(url) as string;
}

function onlyKnown(url: string): string {
  if (!known.has(url)) throw new TypeError('pay-checkout: not the script of a provider');
  return url;
}
