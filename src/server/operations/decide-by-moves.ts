import type { Refund } from '../payment.js';
import type { VerifiedOutcome } from '../provider.js';
import type { MoneyMove, MoveKind } from './money-move.js';
import type { PaymentRecord } from './provider-operations.js';

/** A payment as the provider describes it, with the minor units that were charged in the first place. */
type Charged = Pick<VerifiedOutcome, 'outcome' | 'reason'> & Pick<PaymentRecord, 'charged' | 'showsCancel'>;

/**
 * Decides the outcome where the provider shows a refund, a cancellation or a capture apart from the payment, later, or not at all. Only
 * moves that are known to be done count.
 */
export function decideByMoves(
  { outcome, reason, charged, showsCancel }: Charged,
  moves: readonly MoneyMove[],
  refunds: readonly Pick<Refund, 'amount' | 'state'>[],
): Pick<VerifiedOutcome, 'outcome' | 'reason'> {
  const has = (kind: MoveKind) => moves.some((move) => move.kind === kind && move.state === 'done');
  const isGood = outcome === 'paid' || outcome === 'authorized';
  if (has('cancel') && isGood && !showsCancel) return { outcome: 'reversed', reason: undefined };
  if (has('cancel') && outcome === 'pending' && charged === 0) return { outcome: 'declined', reason: undefined };
  const returned = refunds.filter(({ state }) => state === 'done').reduce((sum, { amount }) => sum + amount, 0);
  const isCharged = outcome === 'paid' || reason === 'price';
  if (isCharged && charged > 0 && returned >= charged) return { outcome: 'refunded', reason: undefined };
  return has('capture') && outcome === 'authorized' ? { outcome: 'paid', reason: undefined } : { outcome, reason };
}
