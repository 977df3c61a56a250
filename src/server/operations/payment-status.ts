import type { Payment, PaymentDetails, Refund } from '../payment.js';
import type { OutcomeName, OutcomeReason, VerifiedOutcome } from '../provider.js';
import { findListed, type MoneyMove, type MoveKind } from './money-move.js';
import type { ListedRefund, PaymentRecord } from './provider-operations.js';
import { queryPayment, type QueryTools } from './query-payment.js';

/** What the provider itself says about a payment now. */
export interface PaymentStatus {
  /** The payment with every number that the provider has reported since. Store it in the place of the one before. */
  readonly payment: Payment;
  readonly outcome: OutcomeName;
  readonly reason?: OutcomeReason;
  /** With `partial`: the approved amount in minor units, if the provider reports it. */
  readonly approved?: number;
  readonly details: PaymentDetails;
  readonly refunds: readonly Refund[];
}

export interface RefundResult {
  readonly payment: Payment;
  /** All refunds of the payment, also those that were made in the provider's panel. */
  readonly refunds: readonly Refund[];
}

/** A provider's record, with what the ledger knows beside it. */
export interface ReadRecord {
  readonly record: PaymentRecord;
  readonly refunds: readonly Refund[];
}

/** Requests the provider's record of a payment, and applies the moves of the ledger to it. */
export async function readRecord(tools: QueryTools): Promise<ReadRecord> {
  const record = await queryPayment(tools);
  const moves = (await tools.log.read()).map(({ move }) => move);
  const refunds = listRefunds(moves, record.refunds);
  return { record: { ...record, ...decideByMoves(record, moves, refunds) }, refunds };
}

/** Lists the refunds of a payment: those of the ledger in their order, then those that only the provider knows. */
export function listRefunds(moves: readonly MoneyMove[], listed: readonly ListedRefund[]): readonly Refund[] {
  const ours = moves.filter(({ kind }) => kind === 'refund');
  const known = ours.map((move) => findListed(move, listed));
  const others = listed.filter((one) => !known.includes(one));
  return [...ours.map(({ key, id, amount, state }) => ({ key, ...(id !== undefined && { id }), amount, state })), ...others];
}

/**
 * Decides the outcome where the provider shows a refund, a cancellation or a capture apart from the payment, later, or not at all. Only what
 * is known to be done counts.
 */
function decideByMoves(
  record: PaymentRecord,
  moves: readonly MoneyMove[],
  refunds: readonly Refund[],
): Pick<VerifiedOutcome, 'outcome' | 'reason'> {
  const { outcome, reason } = record;
  const has = (kind: MoveKind) => moves.some((move) => move.kind === kind && move.state === 'done');
  const isGood = outcome === 'paid' || outcome === 'authorized';
  if (has('cancel') && isGood) return { outcome: 'reversed', reason: undefined };
  if (has('cancel') && outcome === 'pending' && record.charged === 0) return { outcome: 'declined', reason: undefined };
  const returned = refunds.filter(({ state }) => state === 'done').reduce((sum, { amount }) => sum + amount, 0);
  const isCharged = outcome === 'paid' || reason === 'price';
  if (isCharged && record.charged > 0 && returned >= record.charged) return { outcome: 'refunded', reason: undefined };
  return has('capture') && outcome === 'authorized' ? { outcome: 'paid', reason: undefined } : { outcome, reason };
}

/** Describes a payment for the merchant. */
export function describeStatus(payment: Payment, { record, refunds }: ReadRecord): PaymentStatus {
  const { outcome, reason, approved, numbers, details } = record;
  const { amount, currency } = payment as Payment & Pick<PaymentDetails, 'amount' | 'currency'>;
  const { provider, environment, order } = payment;
  return {
    payment: { ...payment, ...numbers, provider, environment, order },
    outcome,
    ...(reason && { reason }),
    ...(approved !== undefined && { approved }),
    details: { amount, currency, ...details },
    refunds,
  };
}
