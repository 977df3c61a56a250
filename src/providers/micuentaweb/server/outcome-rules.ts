import type { OutcomeRule } from '../../../server/outcome-rules.js';
import { failedWords, openWords, paidWords } from './transaction-words.js';

/** What decides the outcome of one transaction: what Lyra says about it, and what the merchant's order requested. */
export interface TransactionFacts {
  readonly operation?: string;
  readonly status?: string;
  /** `detailedStatus`. */
  readonly state?: string;
  /** Absent in an answer to a query, which has none. */
  readonly orderStatus?: string;
  /** Whether amount and currency of the transaction and of its order can be read. */
  readonly isPriced: boolean;
  /** Whether Lyra returned the whole amount since. */
  readonly isReturned: boolean;
  /** Whether a card was stored. */
  readonly isStored: boolean;
  readonly request: 'payment' | 'hold' | 'registration';
}

const charged = '`DEBIT` with `detailedStatus` `AUTHORISED` or `CAPTURED`, `status` and `orderStatus` `PAID`';

/**
 * `detailedStatus` decides, and `status` and `orderStatus` must agree: a contradiction is *pending*, and so is a word that no rule knows
 * (documentation, "Status reference").
 */
export const outcomeRules: readonly OutcomeRule<TransactionFacts>[] = [
  {
    words: `${charged}; the whole amount was returned since`,
    outcome: 'refunded',
    matches: (facts) => isCharged(facts) && facts.isReturned,
  },
  { words: `${charged}; the order is not one with \`save: 'only'\``, outcome: 'paid', matches: isCharged },
  {
    words: "`DEBIT` with `AUTHORISED_TO_VALIDATE`; the order has `capture: 'later'`",
    outcome: 'authorized',
    matches: (facts) => facts.request === 'hold' && facts.state === 'AUTHORISED_TO_VALIDATE' && isHeld(facts),
  },
  {
    words: "`VERIFICATION` with `ACCEPTED` and `status` `PAID`, with a stored card; the order has `save: 'only'`",
    outcome: 'saved',
    matches: ({ operation, state, status, request, isStored }) =>
      operation === 'VERIFICATION' && state === 'ACCEPTED' && status === 'PAID' && request === 'registration' && isStored,
  },
  {
    words: '`DEBIT` with `PARTIALLY_AUTHORISED`',
    outcome: 'pending',
    reason: 'partial',
    matches: ({ operation, state }) => operation === 'DEBIT' && state === 'PARTIALLY_AUTHORISED',
  },
  {
    words: `\`${openWords.join('`, `')}\``,
    outcome: 'pending',
    reason: 'processing',
    matches: ({ state = '', status = '' }) => openWords.includes(state) && !isFinalNo(status),
  },
  {
    words: `\`${failedWords.join('`, `')}\`, with \`status\` and \`orderStatus\` \`UNPAID\` or \`ABANDONED\`, and no other attempt that is paid or open`,
    outcome: 'declined',
    matches: ({ state = '', status = '', orderStatus = status }) =>
      failedWords.includes(state) && isFinalNo(status) && isFinalNo(orderStatus),
  },
];

/** The rules that need no transaction, for the documentation. */
export const queryRules: readonly Omit<OutcomeRule<never>, 'matches'>[] = [
  { words: 'no transaction, or `PSP_010` for the order', outcome: 'pending', reason: 'not-found' },
  {
    words: '`PSP_100`: the contract of the shop has no REST operations, so only signed payments and notifications decide',
    outcome: 'pending',
    reason: 'unanswered',
  },
];

function isCharged({ operation, state = '', status, orderStatus = status, request, isPriced }: TransactionFacts): boolean {
  const isPaid = paidWords.includes(state) && status === 'PAID' && orderStatus === 'PAID';
  return operation === 'DEBIT' && isPaid && isPriced && request !== 'registration';
}

/** No document shows `status` and `orderStatus` of a hold. They must not deny it. */
function isHeld({ operation, status = '', orderStatus = '', isPriced }: TransactionFacts): boolean {
  return operation === 'DEBIT' && isPriced && !isFinalNo(status) && !isFinalNo(orderStatus);
}

function isFinalNo(status: string): boolean {
  return status === 'UNPAID' || status === 'ABANDONED';
}
