import type { Payment, PaymentDetails, Refund } from '../payment.js';
import type { OutcomeName, OutcomeReason } from '../provider.js';
import { decideByMoves } from './decide-by-moves.js';
import { findListed, type MoneyMove } from './money-move.js';
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
  /** A cancellation or capture that was sent, and whose result is unknown. */
  readonly undecided?: 'cancel' | 'capture';
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
  readonly undecided?: 'cancel' | 'capture';
}

/** Requests the provider's record of a payment, and applies the moves of the ledger to it. */
export async function readRecord(tools: QueryTools): Promise<ReadRecord> {
  const record = await queryPayment(tools);
  const moves = (await tools.log.read()).map(({ move }) => move);
  const refunds = listRefunds(moves, record.refunds);
  const undecided = moves.map(({ kind, state }) => (state === 'asked' && kind !== 'refund' ? kind : undefined)).find(Boolean);
  return { record: { ...record, ...decideByMoves(record, moves, refunds) }, refunds, ...(undecided && { undecided }) };
}

/** Lists the refunds of a payment: those of the ledger in their order, then those that only the provider knows. */
export function listRefunds(moves: readonly MoneyMove[], listed: readonly ListedRefund[]): readonly Refund[] {
  const ours = moves.filter(({ kind }) => kind === 'refund');
  const known = ours.map((move) => findListed(move, listed));
  const others = listed.filter((one) => !known.includes(one));
  return [...ours.map(({ key, id, amount, state }) => ({ key, ...(id !== undefined && { id }), amount, state })), ...others];
}

/** Describes a payment for the merchant. */
export function describeStatus(payment: Payment, { record, refunds, undecided }: ReadRecord): PaymentStatus {
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
    ...(undecided && { undecided }),
  };
}
