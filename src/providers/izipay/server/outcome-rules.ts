import type { OutcomeRule } from '../../../server/outcome-rules.js';
import { approvedCode, isDeclined, undecidedCodes } from '../contract.js';

/** What decides the outcome: what Izipay signed, and what the merchant's order requested. */
export interface ResultFacts {
  /** Absent without a signature: anyone could have written the code. */
  readonly code?: string;
  /** Whether each payment names an order number. */
  readonly isBound: boolean;
  /** Whether the amount and the currency of each payment can be read. */
  readonly isPriced: boolean;
  /** Whether each payment has the state `Autorizado`. */
  readonly isAuthorized: boolean;
  /** Whether each payment has the state `Denegado`. */
  readonly isDenied: boolean;
  /** Whether each payment has the numbers that only a charge or a hold has. */
  readonly isCharged: boolean;
  /** Whether a card was stored. */
  readonly isStored: boolean;
  /** Absent for an action or a process type that we do not know. */
  readonly request?: 'payment' | 'hold' | 'registration';
}

const charged = '`code` `00`, `stateMessage` `Autorizado`, with a `uniqueId` and, except for Yape, Plin and QR, a `codeAuth`';

/**
 * The session token binds neither `action` nor `processType`, so the page can replace both. The outcome is therefore never better than what
 * Izipay signed, and never better than what the order requested: now, or when its token was created. If the page registers a card instead of
 * paying, the order stays *pending*. *Saved* could settle an unpaid order. No document promises that a payment always has the numbers that
 * a registration lacks.
 */
export const outcomeRules: readonly OutcomeRule<ResultFacts>[] = [
  {
    words: 'no signature, or `code` `021` or `COMMUNICATION_ERROR`',
    outcome: 'pending',
    matches: ({ code }) => code === undefined || undecidedCodes.includes(code),
  },
  {
    words:
      '`code` `T01` to `T33`, `P01` to `P34`, from `A02`, from `Y06`, or `007`; or `stateMessage` `Denegado` with any other code except `00`',
    outcome: 'declined',
    matches: ({ code, isBound, isDenied }) => isBound && isDeclined(code, isDenied),
  },
  {
    words: '`code` `00`, `stateMessage` `Autorizado`, with a stored card; the order has `save: \'only\'` or `action: "register"`',
    outcome: 'saved',
    matches: (facts) => facts.request === 'registration' && facts.isStored && isApproved(facts),
  },
  {
    words: `${charged}; the order has \`capture: 'later'\` or \`processType: "PA"\``,
    outcome: 'authorized',
    matches: (facts) => facts.request === 'hold' && facts.isCharged && isApproved(facts),
  },
  {
    words: `${charged}; the order has neither`,
    outcome: 'paid',
    matches: (facts) => facts.request === 'payment' && facts.isCharged && isApproved(facts),
  },
];

function isApproved({ code, isBound, isPriced, isAuthorized }: ResultFacts): boolean {
  return code === approvedCode && isBound && isPriced && isAuthorized;
}
