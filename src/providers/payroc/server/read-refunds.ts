import type { RefundEntry } from '../../../server/operations/match-refunds.js';
import type { RefundState } from '../../../server/payment.js';
import { approvals } from './outcome-rules.js';
import type { Sale } from './sale.js';

type SaleRefund = NonNullable<Sale['refunds']>[number];

/**
 * Decides the state of a refund by its own status and code. Both must agree: in any other words, the refund is undecided. A refund that was
 * reversed did not return the money.
 */
export function decideRefundState({ status, responseCode: code }: Pick<SaleRefund, 'status' | 'responseCode'>): RefundState {
  if (code === 'A' && approvals.includes(status ?? '')) return 'done';
  if (status === 'reversal' && [undefined, null, 'A', 'E', 'P'].includes(code)) return 'rejected';
  return status === 'declined' && [undefined, null, 'D', 'C', 'R', 'E'].includes(code) ? 'rejected' : 'asked';
}

/** @param whole minor units of a refund whose amount Payroc does not say: the whole payment, so that nothing is returned twice */
export function readRefunds({ refunds }: Sale, whole: number): readonly RefundEntry[] {
  return (refunds ?? []).map(({ refundId, dateTime, amount, ...words }) => ({
    ...(refundId !== undefined && { id: refundId }),
    // Payroc also writes refunds as negative amounts.
    amount: Math.abs(amount ?? whole),
    state: decideRefundState(words),
    at: Date.parse(dateTime ?? ''),
  }));
}
