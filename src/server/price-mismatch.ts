import type { Order } from './order.js';
import type { DecidedOutcome } from './outcome-rules.js';

/** An amount that the provider reports for a payment. A missing field is as the order has it. */
export interface ReportedPrice {
  /** Minor units. */
  readonly amount?: number | null;
  /** ISO 4217, letters. */
  readonly currency?: string | null;
}

/**
 * Decides the outcome of a payment that is of another price than its order, and known to be of this order. Another amount is *pending*: the
 * price may have changed while the form was open, or the page may have changed the amount, and the merchant decides. Another currency is
 * *forged*, so that its amount is never compared with the price.
 *
 * @param prices all that the provider reports
 * @returns `undefined` for a payment of the order's price
 */
export function findPriceMismatch({ amount, currency }: Order, prices: readonly ReportedPrice[]): DecidedOutcome | undefined {
  if (prices.some((one) => (one.currency ?? currency) !== currency)) return { outcome: 'forged', reason: 'currency' };
  return prices.some((one) => (one.amount ?? amount) !== amount) ? { outcome: 'pending', reason: 'price' } : undefined;
}
