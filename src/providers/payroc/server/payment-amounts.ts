import type { MoneyMove } from '../../../server/operations/money-move.js';
import type { Sale } from './sale.js';

/** The amounts of a payment, in minor units. */
export interface PaymentAmounts {
  /** What was charged in the first place, if the payment was charged. */
  readonly charged: number;
  /** How much of `charged` Payroc no longer counts, because we reversed it. */
  readonly reversed: number;
}

/**
 * Reads what a payment was charged in the first place. Payroc does not say how a payment looks after a capture of a part, or after a
 * reversal of a part: its `order.amount` or `authorizedAmount` may be lower, or not. A lower amount counts as reversed only as far as we
 * sent such reversals, so that the amount is never more than what was charged.
 *
 * @param price minor units of the payment, as the merchant stored them
 */
export function readAmounts(sale: Sale, price: number, moves: readonly MoneyMove[]): PaymentAmounts {
  const { amount } = sale.order;
  const approved = readApproved(sale);
  const lowest = Math.min(amount ?? Infinity, approved ?? Infinity);
  const captured = findCaptured(sale, price, moves);
  const base = captured ?? findChargedBefore(moves) ?? price;
  const reversed = Math.min(Math.max(0, base - lowest), sumReversals(moves));
  if (reversed > 0) return { charged: Math.min(base, lowest + reversed), reversed };
  // A surcharge may be added to the price.
  const isCaptured = captured !== undefined || isCompletion(sale);
  const charged = isCaptured ? Math.min(base, lowest) : (approved ?? amount ?? price);
  return { charged, reversed };
}

export function isCompletion({ transactionResult }: Sale): boolean {
  return transactionResult?.type === 'preAuthorizationCompletion';
}

function readApproved({ transactionResult }: Sale): number | undefined {
  const approved = transactionResult?.authorizedAmount ?? undefined;
  return approved === undefined ? undefined : Math.max(0, approved);
}

/** Returns what we captured of a hold. Without a capture of ours, the price: Payroc's own amounts then say more. */
function findCaptured(sale: Sale, price: number, moves: readonly MoneyMove[]): number | undefined {
  const captures = moves.filter(({ kind, state }) => kind === 'capture' && state !== 'rejected');
  if (captures.length === 0 || sale.transactionResult?.type === 'preAuthorization') return undefined;
  return Math.min(
    price,
    captures.reduce((sum, { amount }) => sum + amount, 0),
  );
}

/** Returns what the payment was charged before our first reversal of a part, which may be less than its price. */
function findChargedBefore(moves: readonly MoneyMove[]): number | undefined {
  return moves.find(({ call, state }) => call === 'reversePart' && state !== 'rejected')?.charged;
}

/** Sums the reversals of a part that we sent. */
export function sumReversals(moves: readonly MoneyMove[]): number {
  return moves.filter(({ call, state }) => call === 'reversePart' && state !== 'rejected').reduce((sum, { amount }) => sum + amount, 0);
}
