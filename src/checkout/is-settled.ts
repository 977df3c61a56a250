import { isCheckoutError, type CheckoutError } from '../state/errors.js';
import type { CheckoutStore } from './checkout-store.js';
import { isSamePurchase, type Settings } from './settings.js';

/** Whether a payment for these settings is made, pending or being confirmed, so that no attempt may start. */
export function isSettled({ attempt, state }: CheckoutStore, settings: Settings | CheckoutError): boolean {
  if (!attempt || !['succeeded', 'confirming', 'pending'].includes(state.status)) return false;
  if (isCheckoutError(settings)) return true;
  // While a payment is pending, the shopper may pay by another provider instead.
  return isSamePurchase(attempt.settings, settings) && (state.status !== 'pending' || attempt.settings.wanted === settings.wanted);
}
