import { createHash } from 'node:crypto';
import type { PaymentOutcome } from '../../server/payment-outcome.js';

/** The body of the shop's `outcome` call. */
export interface OutcomeCall extends PaymentOutcome {
  readonly call: 'outcome';
  /** When the provider's outcome was confirmed, as ISO 8601. Calls may arrive late: it tells an older outcome from a newer one. */
  readonly decidedAt: string;
}

export function createOutcomeCall(outcome: PaymentOutcome, now = new Date()): OutcomeCall {
  return { call: 'outcome', ...outcome, decidedAt: now.toISOString() };
}

/** Returns the same id for the same outcome of the same payment, so that a repeated report is kept once. */
export function identifyOutcome({ outcome, reason, payment, refunds }: OutcomeCall): string {
  return createHash('sha256')
    .update(JSON.stringify([outcome, reason, payment, refunds]))
    .digest('hex');
}
