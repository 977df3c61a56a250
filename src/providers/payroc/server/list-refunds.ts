import { isOpenRefund, matchRefunds } from '../../../server/operations/match-refunds.js';
import { findListed, type MoneyMove } from '../../../server/operations/money-move.js';
import type { ListedRefund } from '../../../server/operations/provider-operations.js';
import { sumReversals, type PaymentAmounts } from './payment-amounts.js';
import { readRefunds } from './read-refunds.js';
import type { Sale } from './sale.js';

interface RefundContext {
  /** Minor units. */
  readonly price: number;
  readonly moves: readonly MoneyMove[];
  readonly amounts: PaymentAmounts;
}

/**
 * Lists the refunds of a payment: the entries of `refunds[]`, and the reversals that only the payment itself shows, by its status or by a
 * lower amount.
 */
export function listRefunds(sale: Sale, { price, moves, amounts }: RefundContext): readonly ListedRefund[] {
  const listed = matchRefunds(readRefunds(sale, price), moves);
  const open = moves.filter((move) => isOpenRefund(move) && !findListed(move, listed));
  const isReversed = sale.transactionResult?.status === 'reversal';
  const done = isReversed || showsReversals(open, moves, amounts) ? open.filter(({ call }) => isReversed || call === 'reversePart') : [];
  return [...listed, ...done.map(({ key, amount }) => ({ key, amount, state: 'done' as const }))];
}

/** Whether the payment's amount is lower by all reversals that we sent. If it is lower by some of them only, it does not show which. */
function showsReversals(open: readonly MoneyMove[], moves: readonly MoneyMove[], { reversed }: PaymentAmounts): boolean {
  return sumReversals(open) > 0 && reversed >= sumReversals(moves);
}

/** Sums what surely went back to the shopper, in minor units. */
export function sumDone(listed: readonly ListedRefund[], moves: readonly MoneyMove[]): number {
  const unlisted = moves.filter((move) => move.kind === 'refund' && !findListed(move, listed));
  return [...listed, ...unlisted].filter(({ state }) => state === 'done').reduce((sum, { amount }) => sum + amount, 0);
}
