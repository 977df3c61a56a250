import type { OutcomeRule } from '../../../server/outcome-rules.js';

/** What Payroc says about a sale, and what the backend requested. */
export interface SaleFacts {
  /** `transactionResult.responseCode`. Payroc may omit it for a bank transfer. */
  readonly code: string | undefined;
  /** `transactionResult.status` */
  readonly status: string | undefined;
  /** By `transactionResult.type`. Without a type, by what was requested. `other` moves no money to the merchant, or is unknown. */
  readonly kind: 'charge' | 'hold' | 'completion' | 'other';
  /** Whether the sale was sent as a pre-authorization. */
  readonly isHoldRequested: boolean;
  readonly isBank: boolean;
  /** How much of the price was approved, by `transactionResult.authorizedAmount`. */
  readonly approved: 'whole' | 'part' | 'nothing';
  /** How much `refunds[]` returns. `undecided`: the whole price, if each refund without a final word is made. */
  readonly returned: 'whole' | 'undecided' | 'part';
}

/** The statuses of an approved payment or refund. */
export const approvals = ['ready', 'complete', 'accepted'];
const open = [...approvals, 'pending'];
const refusals = ['declined', 'pickup'];

interface Words {
  /** `undefined` is a missing code. */
  readonly codes: readonly (string | undefined)[];
  readonly statuses: readonly string[];
}

function hasWords({ code, status, kind }: SaleFacts, { codes, statuses }: Words): boolean {
  return kind !== 'other' && codes.includes(code) && status !== undefined && statuses.includes(status);
}

const isApproved = (facts: SaleFacts, statuses = approvals) => hasWords(facts, { codes: ['A'], statuses });

/** How Payroc's words decide an outcome. Code and status must agree: an approval with a refusing status, or the reverse, is undecided. */
export const outcomeRules: readonly OutcomeRule<SaleFacts>[] = [
  {
    words: 'status `reversal`, with code `A`, `P`, `E` or none',
    matches: (facts) => hasWords(facts, { codes: ['A', 'P', 'E', undefined], statuses: ['reversal'] }),
    outcome: 'reversed',
  },
  {
    // The bank took the money back. The merchant did not return it, so this is no refund.
    words: 'status `returned` of a bank transfer, with code `A` or none',
    matches: (facts) => facts.isBank && hasWords(facts, { codes: ['A', undefined], statuses: ['returned'] }),
    outcome: 'reversed',
  },
  {
    words: 'status `expired` of a pre-authorization, with code `A`: it was not captured in time',
    matches: (facts) => (facts.kind === 'hold' || facts.isHoldRequested) && hasWords(facts, { codes: ['A'], statuses: ['expired'] }),
    outcome: 'reversed',
  },
  {
    words: 'code `A` or `P`, and `refunds[]` returns the whole price, or all that was approved of it',
    matches: (facts) => facts.returned === 'whole' && hasWords(facts, { codes: ['A', 'P'], statuses: open }),
    outcome: 'refunded',
  },
  {
    // The refund may still fail. Another sale would then charge the shopper twice.
    words: 'code `A` or `P`, and `refunds[]` returns as much only with refunds that are not approved yet, as with code `E`',
    matches: (facts) => facts.returned === 'undecided' && hasWords(facts, { codes: ['A', 'P'], statuses: open }),
    outcome: 'pending',
    reason: 'processing',
  },
  {
    words: 'code `P`, or code `A` with an `authorizedAmount` below the price',
    matches: (facts) => hasWords(facts, { codes: ['P'], statuses: open }) || (facts.approved === 'part' && isApproved(facts, open)),
    outcome: 'pending',
    reason: 'partial',
  },
  {
    words:
      'code `A` with status `ready`, `complete` or `accepted`, and type `sale`, `preAuthorizationCompletion` or `payment`; or no type, ' +
      'where no pre-authorization was requested',
    matches: (facts) => facts.approved === 'whole' && facts.kind !== 'hold' && isApproved(facts),
    outcome: 'paid',
  },
  {
    words:
      'code `A` with status `ready`, `complete`, `accepted` or `pending`, and type `preAuthorization`; or no type, where a ' +
      'pre-authorization was requested',
    matches: (facts) => facts.approved === 'whole' && facts.kind === 'hold' && isApproved(facts, open),
    outcome: 'authorized',
  },
  {
    // A terminal without pre-authorizations runs a sale instead, and holds it back until it is captured.
    words: 'code `A` with status `pending` and type `sale`, where a pre-authorization was requested',
    matches: (facts) => facts.approved === 'whole' && facts.kind === 'charge' && facts.isHoldRequested && isApproved(facts, ['pending']),
    outcome: 'authorized',
  },
  {
    words: 'code `A` with status `pending`, in any other case',
    matches: (facts) => facts.approved === 'whole' && isApproved(facts, ['pending']),
    outcome: 'pending',
    reason: 'processing',
  },
  {
    words: 'code `E` or none, with status `ready`, `complete`, `accepted` or `pending`; or a bank transfer without a `transactionResult`',
    matches: (facts) =>
      hasWords(facts, { codes: ['E', undefined], statuses: open }) ||
      (facts.isBank && facts.code === undefined && facts.status === undefined),
    outcome: 'pending',
    reason: 'processing',
  },
  {
    words: 'status `declined` or `pickup`, with code `D`, `C`, `R` or none; status `declined` with code `E`',
    matches: (facts) =>
      hasWords(facts, { codes: ['D', 'C', 'R', undefined], statuses: refusals }) ||
      hasWords(facts, { codes: ['E'], statuses: ['declined'] }),
    outcome: 'declined',
  },
  {
    words: 'status `referral` with code `R`, `D`, `C` or none; code `R` with status `pending`',
    matches: (facts) =>
      hasWords(facts, { codes: ['R', 'D', 'C', undefined], statuses: ['referral'] }) ||
      hasWords(facts, { codes: ['R'], statuses: ['pending'] }),
    outcome: 'pending',
    reason: 'referral',
  },
];
