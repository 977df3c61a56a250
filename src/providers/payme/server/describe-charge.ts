import type { Order } from '../../../server/order.js';
import type { DecidedOutcome } from '../../../server/outcome-rules.js';
import { findPriceMismatch, type ReportedPrice } from '../../../server/price-mismatch.js';
import type { VerifiedOutcome } from '../../../server/provider.js';
import type { Charge } from './charge-record.js';
import { toCurrencyLetters } from './currencies.js';
import { readDetails, readInstructions } from './payment-details.js';
import { createNumbers } from './payment-numbers.js';
import { isMoved, type ReadCharge } from './read-charge.js';
import type { ChargeNumbers } from './reported-charge.js';

interface Expected {
  readonly order: Order;
  readonly reported: ChargeNumbers;
  readonly merchantCode: string;
}

/** Describes the current state of a payment, compared with its order. Returns *paid* only for a payment of this merchant at the order's price. */
export function describeCharge(read: ReadCharge, expected: Expected): VerifiedOutcome {
  const { charge, decided, evidence } = read;
  const { order, reported } = expected;
  const { operation, transactionId } = reported;
  const reference = evidence && String(evidence.transaction_id);
  const numbers = createNumbers({ operation, order, transactionId: reference ?? transactionId });
  const outcome = findMismatch(read, expected) ?? decided;
  if (!charge || outcome.reason === 'order') return { ...outcome, reference, numbers };
  const isWaiting = outcome.outcome === 'pending' && !outcome.reason;
  const instructions = evidence && isWaiting ? readInstructions(evidence) : undefined;
  return { ...outcome, reference, numbers, details: { ...readDetails(charge, evidence), ...(instructions && { instructions }) } };
}

function findMismatch({ charge, evidence, decided }: ReadCharge, { order, reported, merchantCode }: Expected): DecidedOutcome | undefined {
  if (!charge || !isMoved(decided.outcome)) return undefined;
  if (!isOwnCharge(charge, reported, merchantCode)) return { outcome: 'forged', reason: 'order' };
  // The form takes its price from the page, so the amount paid may differ from the merchant's record. A returned one does not matter.
  const prices = [charge.operation, evidence ?? {}].map(readPrice);
  return decided.outcome === 'paid' ? findPriceMismatch(order, prices) : undefined;
}

/** Whether the record is of this merchant and of this operation. */
function isOwnCharge(charge: Charge, { operation }: ChargeNumbers, merchantCode: string): boolean {
  return charge.merchant_code === merchantCode && String(charge.operation.merchant_operation_number) === operation;
}

interface Money {
  readonly amount?: number | string | null;
  readonly currency?: number | string | null;
}

/** A transaction may omit what its operation already contains. */
function readPrice({ amount = null, currency = null }: Money): ReportedPrice {
  return {
    amount: amount === null ? null : Number(amount),
    currency: currency === null ? null : (toCurrencyLetters(currency) ?? String(currency)),
  };
}
