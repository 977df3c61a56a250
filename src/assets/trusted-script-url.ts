import type { TrustedTypesWindow } from 'trusted-types/lib';
import { CheckoutError } from '../state/errors.js';

let policy: { createScriptURL(url: string): unknown } | undefined;
/** The script URLs of registered providers. The policy rejects every other URL. */
const knownUrls = new Set<string>();

/**
 * Creates a script URL that a page with Trusted Types accepts.
 *
 * @param url a URL from the code or from `register()`, never from an attribute, a config or an endpoint
 * @throws {CheckoutError} `asset` / `blocked`, if the page does not allow the policy `pay-checkout`
 */
export function createTrustedScriptUrl(url: string): string {
  const factory = (window as unknown as TrustedTypesWindow).trustedTypes;
  if (!factory) return url;
  knownUrls.add(url);
  try {
    policy ??= factory.createPolicy('pay-checkout', { createScriptURL: rejectUnknownUrl });
  } catch {
    const message =
      "The page's Content-Security-Policy forbids the policy `pay-checkout`: add it and `'allow-duplicates'` to `trusted-types`.";
    throw new CheckoutError('asset', 'blocked', message);
  }
  // TypeScript's DOM types lack TrustedScriptURL.
  return policy.createScriptURL(url) as string;
}

function rejectUnknownUrl(url: string): string {
  if (!knownUrls.has(url)) throw new TypeError('pay-checkout: no provider has this script URL');
  return url;
}
