import { findCapturable, findRefundable, type MoneyMove } from './money-move.js';
import { OperationRefused } from './operation-errors.js';
import type { PaymentRecord } from './provider-operations.js';
import type { MoveRequest } from './run-move.js';

/**
 * Returns the amount of a new move in minor units. Together with all earlier ones, it is at most what was paid or held.
 *
 * @param moves every earlier move
 * @throws {OperationRefused} `amount`, or `undecided` while an earlier move may still change what is left
 */
export function chooseAmount({ kind, amount }: MoveRequest, record: PaymentRecord, moves: readonly MoneyMove[]): number {
  if (kind !== 'refund') requireDecided(kind, moves);
  const left = kind === 'capture' ? findCapturable(record, moves) : findRefundable(record, moves);
  const chosen = amount ?? left;
  // A payment that is pending or held is cancelled without an amount.
  const isFree = kind === 'cancel' && record.charged === 0;
  if (isFree || (chosen > 0 && chosen <= left)) return chosen;
  const wanted = amount === undefined ? '' : `, but ${amount} was requested`;
  const undecided = moves.some(({ state }) => state === 'asked') ? ' Moves with an unknown result count as done.' : '';
  throw new OperationRefused('amount', `pay.${kind}(): ${left} minor units of this payment are left${wanted}.${undecided}`);
}

/** Refuses to cancel or capture while the result of an earlier move is unknown. */
function requireDecided(kind: 'cancel' | 'capture', moves: readonly MoneyMove[]): void {
  const asked = moves.find(({ state }) => state === 'asked');
  if (!asked) return;
  const message = `pay.${kind}(): an earlier ${asked.kind} of this payment with the key ${asked.key} has an unknown result.`;
  throw new OperationRefused('undecided', `${message} Call pay.query() later, or look the payment up in the provider's panel.`);
}
