import { findListed, type MoneyMove } from './money-move.js';
import type { MoneyLog } from './money-log.js';
import type { OperationContext, PaymentRecord, ProviderOperations } from './provider-operations.js';

export interface QueryTools {
  readonly operations: ProviderOperations;
  readonly log: MoneyLog;
  readonly context: OperationContext;
}

/** Requests the provider's record of a payment, and stores what it says about moves with an unknown result. */
export async function queryPayment({ operations, log, context }: QueryTools): Promise<PaymentRecord> {
  const logged = await log.read();
  const record = await operations.query({ ...context, moves: logged.map(({ move }) => move) });
  for (const { slot, move } of logged) {
    // A provider may still reject a refund that it reported as done.
    const found = move.state === 'asked' || move.kind === 'refund' ? readEnd(move, record) : undefined;
    if (move.kind === 'cancel' && move.state === 'asked' && !found && record.cannotCancel) await log.void(slot);
    if (found && (found.state !== move.state || found.id !== move.id)) await log.update({ slot, move: found });
  }
  return record;
}

/** Returns the move with what the record says about it. */
function readEnd(move: MoneyMove, record: PaymentRecord): MoneyMove | undefined {
  const { kind, amount } = move;
  if (kind === 'cancel') return isCancelled(record) ? { ...move, state: 'done' } : undefined;
  if (kind === 'capture') return record.held > 0 && record.charged >= amount ? { ...move, state: 'done' } : undefined;
  const listed = findListed(move, record.refunds);
  return listed && { ...move, state: listed.state, ...(listed.id !== undefined && { id: listed.id }) };
}

/** Whether the money is back, or the payment can no longer be made. */
function isCancelled({ outcome, isCancelled: isShown }: PaymentRecord): boolean {
  return isShown ?? (outcome === 'reversed' || outcome === 'declined');
}
