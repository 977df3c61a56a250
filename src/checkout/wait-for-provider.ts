import { whenRegistered } from '../providers/registry.js';
import type { CheckoutError } from '../state/errors.js';
import type { CheckoutHost } from './checkout-host.js';

/**
 * Begins when a missing provider is registered, and when the page has loaded.
 *
 * @returns whether a script tag further down the page may still contain it
 */
export function waitForProvider(host: CheckoutHost, { reason }: CheckoutError, begin: () => void, signal: AbortSignal): boolean {
  if (reason !== 'unknown-provider') return false;
  whenRegistered(host.provider(), begin, signal);
  if (document.readyState === 'complete') return false;
  window.addEventListener('load', begin, { once: true, signal });
  return true;
}
