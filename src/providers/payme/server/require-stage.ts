import { OperationRefused } from '../../../server/operations/operation-errors.js';
import type { ChargeStage } from './charge-stage.js';
import type { PaymeRecord } from './query-charge.js';

/** Why money cannot go back in a stage, whichever the call. */
const reasons = {
  unidentified:
    "the payment has no `transactionId`, and Pay-me documents no query without it. Pass the payment that `onOutcome` received, or use Pay-me's panel.",
  'not-found': 'Pay-me does not know this payment yet. Try again later.',
  unknown: "Pay-me describes this payment in words that this package does not know. Look it up in Pay-me's panel.",
  foreign: "Pay-me's record should be of this merchant and this operation, but is of another one. Check `merchantCode` and the payment.",
  elsewhere: "another transaction of this operation was paid, which Pay-me's record does not list. Use Pay-me's panel.",
  declined: 'Pay-me declined this payment, so there is nothing to return.',
} as const satisfies Partial<Record<ChargeStage, string>>;

type ClearStage = Exclude<ChargeStage, keyof typeof reasons>;

/**
 * Returns the stage of a payment whose money may be able to go back.
 *
 * @throws {OperationRefused} `state`
 */
export function requireClearStage(operation: 'cancel' | 'refund', { stage }: PaymeRecord): ClearStage {
  if (!hasReason(stage)) return stage;
  throw refuse(operation, reasons[stage]);
}

function hasReason(stage: ChargeStage): stage is keyof typeof reasons {
  return stage in reasons;
}

/** @param reason sentences for the merchant */
export function refuse(operation: 'cancel' | 'refund', reason: string): OperationRefused {
  return new OperationRefused('state', `pay.${operation}(): ${reason}`);
}
