import { createOutdatedElement, isOutdatedBrowser } from './outdated-browser.js';
import { PayCheckout } from './pay-checkout.js';
import type { ProviderEntry } from '../providers/registry.js';

const tag = 'pay-checkout';

/**
 * Registers the tag with the providers that this file contains. If a file of the same version has registered it already, its element
 * receives the providers. A file of another version changes nothing and warns. On a server, there is no registry to add to.
 */
export function defineElement(providers: Readonly<Record<string, ProviderEntry>>): void {
  if (typeof customElements === 'undefined') return;
  const defined = customElements.get(tag) as typeof PayCheckout | undefined;
  if (isOutdatedBrowser()) return defined ? undefined : customElements.define(tag, createOutdatedElement());
  if (defined && defined.version !== PayCheckout.version) return warnAboutVersions(defined.version);
  (defined ?? PayCheckout).addEntries(providers);
  if (!defined) customElements.define(tag, PayCheckout);
}

function warnAboutVersions(other: string): void {
  // eslint-disable-next-line no-console -- the page cannot find out otherwise
  console.warn(`pay-checkout ${PayCheckout.version} is not used: version ${other} has already defined <${tag}>. Load one version only.`);
}
