import type { MoneyMove } from '../../../server/operations/money-move.js';
import type { PaymentRecord } from '../../../server/operations/provider-operations.js';
import type { KnownPayment } from './known-payment.js';

/** What Izipay says about a payment now, with its numbers. */
export interface IzipayRecord extends PaymentRecord {
  readonly known: KnownPayment;
}

/**
 * Applies what this package sent. No document says how Izipay's query shows an annulled or a captured payment, so the moves of the ledger
 * decide. After a lost answer, the payment is undecided.
 */
export function applyMoves(record: IzipayRecord, moves: readonly MoneyMove[]): IzipayRecord {
  const has = (state: MoneyMove['state'], kind: MoneyMove['kind']) => moves.some((move) => move.state === state && move.kind === kind);
  const captured = has('done', 'capture') ? { charged: record.held } : {};
  if (has('done', 'cancel')) return { ...record, ...captured, outcome: 'reversed', reason: undefined };
  if (moves.some(({ state }) => state === 'asked')) return { ...record, ...captured, outcome: 'pending', reason: 'unanswered' };
  if (has('done', 'capture') && record.outcome === 'authorized') return { ...record, ...captured, outcome: 'paid' };
  return record;
}
