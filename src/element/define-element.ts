import { PayCheckout } from './pay-checkout.js';
import type { ProviderEntry } from '../providers/registry.js';

const tag = 'pay-checkout';

/**
 * Defines the element, with the providers that this file contains. A second file of the same version adds its providers to the element
 * that the first one defined; a file of another version changes nothing. On a server there is nothing to define.
 */
export function defineElement(providers: Readonly<Record<string, ProviderEntry>>): void {
  if (typeof customElements === 'undefined') return;
  const defined = customElements.get(tag) as typeof PayCheckout | undefined;
  if (defined && defined.version !== PayCheckout.version) return warnOfVersions(defined.version);
  (defined ?? PayCheckout).addListings(providers);
  if (!defined) customElements.define(tag, PayCheckout);
}

function warnOfVersions(other: string): void {
  // eslint-disable-next-line no-console -- the page has no other way to find out
  console.warn(
    `pay-checkout ${PayCheckout.version} stands aside: version ${other} has already defined <${tag}> on this page. Load one version only.`,
  );
}
