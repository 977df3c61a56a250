import type { Transaction } from './transaction.js';

/** What Lyra's words say about a transaction. `unknown` if we do not know a word, or if the words contradict each other. */
export type Stage = 'captured' | 'authorised' | 'held' | 'partial' | 'saved' | 'open' | 'cancelled' | 'failed' | 'unknown';

interface StageWords {
  /** Words of `detailedStatus`, which decides. */
  readonly words: readonly string[];
  /** The values of `operationType` for which the words mean this. */
  readonly operations: readonly string[];
  /** The values of `status` that agree. The same values of `orderStatus` agree. */
  readonly statuses: readonly string[];
  /** Further values of `orderStatus` that agree. */
  readonly orderStatuses?: readonly string[];
}

const finalNo = ['UNPAID', 'ABANDONED'];

/** The one table of Lyra's words (documentation, "Status reference"). */
const table: Readonly<Record<Exclude<Stage, 'unknown'>, StageWords>> = {
  captured: { words: ['CAPTURED'], operations: ['DEBIT'], statuses: ['PAID'] },
  authorised: { words: ['AUTHORISED'], operations: ['DEBIT'], statuses: ['PAID'] },
  // No document shows the `status` of a hold.
  held: { words: ['AUTHORISED_TO_VALIDATE'], operations: ['DEBIT'], statuses: ['PAID', 'RUNNING'] },
  partial: { words: ['PARTIALLY_AUTHORISED'], operations: ['DEBIT'], statuses: ['PAID'], orderStatuses: ['PARTIALLY_PAID'] },
  saved: { words: ['ACCEPTED'], operations: ['VERIFICATION'], statuses: ['PAID'] },
  open: {
    words: [
      ...['WAITING_AUTHORISATION', 'WAITING_AUTHORISATION_TO_VALIDATE', 'UNDER_VERIFICATION', 'INITIAL', 'PRE_AUTHORISED'],
      ...['WAITING_FOR_PAYMENT', 'SUSPENDED', 'PENDING', 'CAPTURE_PENDING', 'REFUND_TO_RETRY'],
    ],
    operations: ['DEBIT'],
    statuses: ['RUNNING'],
  },
  cancelled: { words: ['CANCELLED'], operations: ['DEBIT', 'VERIFICATION'], statuses: finalNo },
  failed: {
    words: ['REFUSED', 'EXPIRED', 'ERROR', 'NOT_CREATED', 'ABANDONED'],
    operations: ['DEBIT', 'VERIFICATION'],
    statuses: finalNo,
  },
};

const stages = Object.entries(table) as readonly [Exclude<Stage, 'unknown'>, StageWords][];

/** Lists the words of some stages in Markdown, for the documentation. */
export function describeWords(...named: readonly Exclude<Stage, 'unknown'>[]): string {
  return named.flatMap((stage) => table[stage].words.map((word) => `\`${word}\``)).join(', ');
}

/** Reads `detailedStatus` and `status` of any transaction, a refund too. */
export function readWords({ status, detailedStatus }: Pick<Transaction, 'status' | 'detailedStatus'>): Stage {
  const found = stages.find(([, { words, statuses }]) => words.includes(detailedStatus ?? '') && statuses.includes(status ?? ''));
  return found?.[0] ?? 'unknown';
}

/**
 * Reads the words of an attempt to pay.
 *
 * @param orderStatus only a signed answer has it: there, a missing one is an empty text, which agrees with nothing
 */
export function readStage(transaction: Pick<Transaction, 'operationType' | 'status' | 'detailedStatus'>, orderStatus?: string): Stage {
  const stage = readWords(transaction);
  if (stage === 'unknown') return stage;
  const { operations, statuses, orderStatuses = [] } = table[stage];
  if (!operations.includes(transaction.operationType ?? '')) return 'unknown';
  return orderStatus === undefined || [...statuses, ...orderStatuses].includes(orderStatus) ? stage : 'unknown';
}

/** Whether Lyra has money of the shopper's. */
export function hasMoney(stage: Stage): boolean {
  return stage === 'captured' || stage === 'authorised' || stage === 'held' || stage === 'partial';
}

/** Whether the bank approved a payment, so that it has an authorization number, whatever became of it since. */
export function wasApproved({ transactionDetails }: Pick<Transaction, 'transactionDetails'>): boolean {
  return transactionDetails?.cardDetails?.authorizationResponse?.authorizationNumber !== undefined;
}
