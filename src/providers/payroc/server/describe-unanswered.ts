import type { VerifiedOutcome } from '../../../server/provider.js';
import { readNumbers } from './sale-details.js';
import type { RecordedSale } from './sale-ledger.js';
import type { SaleTerms } from './sale.js';

/** Describes a sale whose answer was lost, and that Payroc does not list. */
export function describeUnanswered(terms: SaleTerms, { orderId, amount, currency }: RecordedSale): VerifiedOutcome {
  const numbers = readNumbers({ order: { orderId, amount, currency } }, terms);
  return { outcome: 'pending', reason: 'unanswered', numbers, details: { amount, currency } };
}
