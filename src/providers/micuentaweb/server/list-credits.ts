import { matchRefunds, type RefundEntry } from '../../../server/operations/match-refunds.js';
import type { MoneyMove } from '../../../server/operations/money-move.js';
import type { ListedRefund } from '../../../server/operations/provider-operations.js';
import type { RefundState } from '../../../server/payment.js';
import { readWords } from './stages.js';
import type { Transaction } from './transaction.js';

/** The payment that the credits may belong to. */
export interface CreditedPayment {
  readonly uuid: string | undefined;
  /** Minor units of a credit whose amount is unknown: the whole payment, so that nothing is returned twice. */
  readonly whole: number;
  readonly currency: string;
  /** Whether the order has another payment with money, so that a credit without a parent may be of that one. */
  readonly hasSibling: boolean;
  readonly moves: readonly MoneyMove[];
}

/**
 * Lists the refunds of a payment from the CREDIT transactions of its order. A credit names its payment in `parentTransactionUuid`. One that
 * names none, in an order with two payments, counts as returned but never as done, except if this package sent it.
 */
export function listCredits(credits: readonly Transaction[], payment: CreditedPayment): readonly ListedRefund[] {
  const { uuid, hasSibling, moves } = payment;
  const parents = credits.map((credit) => ({ credit, parent: credit.transactionDetails?.parentTransactionUuid }));
  const own = new Set(moves.map(({ id }) => id));
  const isSure = ({ credit, parent }: (typeof parents)[number]) =>
    parent === uuid || (credit.uuid !== undefined && own.has(credit.uuid)) || (parent === undefined && !hasSibling);
  const sure = parents.filter(isSure).map(({ credit }) => readCredit(credit, payment));
  const unsure = parents.filter((one) => one.parent === undefined && !isSure(one));
  return [
    ...matchRefunds(sure, moves),
    ...unsure.map(({ credit }) => {
      const { at: _, ...entry } = readCredit(credit, payment);
      return { ...entry, state: entry.state === 'done' ? ('asked' as const) : entry.state };
    }),
  ];
}

function readCredit(credit: Transaction, { whole, currency }: CreditedPayment): RefundEntry {
  const { uuid, amount, creationDate } = credit;
  return {
    ...(uuid !== undefined && { id: uuid }),
    amount: typeof amount === 'number' && credit.currency === currency ? amount : whole,
    state: decideCreditState(credit),
    at: Date.parse(creationDate ?? ''),
  };
}

/** Decides the state of a refund. Both words must agree: otherwise, the refund is undecided. */
export function decideCreditState(words: Pick<Transaction, 'status' | 'detailedStatus'>): RefundState {
  const stage = readWords(words);
  if (stage === 'captured' || stage === 'authorised') return 'done';
  return stage === 'cancelled' || stage === 'failed' ? 'rejected' : 'asked';
}
