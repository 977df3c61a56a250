import type { OutcomeRule } from '../../../server/outcome-rules.js';
import { describeWords, type Stage } from './stages.js';

/** What decides the outcome of one attempt: what Lyra says about it, and what the merchant's order requested. */
export interface AttemptFacts {
  readonly stage: Stage;
  readonly request: 'payment' | 'hold' | 'registration';
  /** Whether amount and currency of the transaction and of its order can be read. */
  readonly isPriced: boolean;
  /** Whether the refunds that Lyra lists return the whole amount. */
  readonly isReturned: boolean;
  /** Whether the bank approved it, whatever became of it since. */
  readonly wasApproved: boolean;
  /** Whether a card was stored. */
  readonly isStored: boolean;
}

const charged = `\`DEBIT\` with ${describeWords('authorised', 'captured')}, and \`PAID\``;

/**
 * `detailedStatus` decides, and `status`, `orderStatus` and `operationType` must agree: a contradiction is *pending*, and so is a word that
 * no rule knows (documentation, "Status reference").
 */
export const outcomeRules: readonly OutcomeRule<AttemptFacts>[] = [
  {
    words: `${charged}; \`CREDIT\` transactions returned the whole amount since`,
    outcome: 'refunded',
    matches: (facts) => isCharged(facts) && facts.isReturned,
  },
  { words: `${charged}; the order is not one with \`save: 'only'\``, outcome: 'paid', matches: isCharged },
  {
    words: `\`DEBIT\` with ${describeWords('held')}, not \`UNPAID\` or \`ABANDONED\`; the order has \`capture: 'later'\``,
    outcome: 'authorized',
    matches: ({ stage, request, isPriced }) => stage === 'held' && request === 'hold' && isPriced,
  },
  {
    words: `\`VERIFICATION\` with ${describeWords('saved')} and \`PAID\`, with a stored card; the order has \`save: 'only'\``,
    outcome: 'saved',
    matches: ({ stage, request, isStored }) => stage === 'saved' && request === 'registration' && isStored,
  },
  {
    words: `\`DEBIT\` with ${describeWords('partial')}, or payments whose sum is less than the price`,
    outcome: 'pending',
    reason: 'partial',
    matches: ({ stage, isPriced }) => stage === 'partial' && isPriced,
  },
  {
    words: `${describeWords('open')}, with \`RUNNING\`; ${describeWords('held')} of an order without \`capture: 'later'\``,
    outcome: 'pending',
    reason: 'processing',
    matches: ({ stage, request }) => stage === 'open' || (stage === 'held' && request !== 'hold'),
  },
  {
    words: `${describeWords('cancelled')} after the bank approved the payment, with \`UNPAID\` or \`ABANDONED\``,
    outcome: 'reversed',
    matches: (facts) => facts.stage === 'cancelled' && facts.wasApproved,
  },
  {
    words: `${describeWords('cancelled', 'failed')}, with \`UNPAID\` or \`ABANDONED\`, and no other attempt that is paid, open or unknown`,
    outcome: 'declined',
    matches: ({ stage }) => stage === 'cancelled' || stage === 'failed',
  },
];

/** The rules that need no transaction, for the documentation. */
export const orderRules: readonly Omit<OutcomeRule<never>, 'matches'>[] = [
  { words: 'no transaction, or `PSP_010` for the order', outcome: 'pending', reason: 'not-found' },
  {
    words:
      'nothing that Lyra signed, and `PSP_100` for the order: the contract of the shop has no REST operations, so only a signed result or a ' +
      'notification can decide',
    outcome: 'pending',
    reason: 'unanswered',
  },
];

function isCharged({ stage, request, isPriced }: AttemptFacts): boolean {
  return (stage === 'captured' || stage === 'authorised') && request !== 'registration' && isPriced;
}
