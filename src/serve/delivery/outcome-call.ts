import { createHash } from 'node:crypto';
import type { PaymentOutcome } from '../../server/payment-outcome.js';

/** The body of the shop's `outcome` call. */
export interface OutcomeCall extends PaymentOutcome {
  readonly call: 'outcome';
  /** When the provider was asked for the outcome, as ISO 8601. Calls may arrive late: it tells an older outcome from a newer one. */
  readonly decidedAt: string;
}

/** @param decidedAt when the provider was asked */
export function createOutcomeCall(outcome: PaymentOutcome, decidedAt: Date): OutcomeCall {
  return { call: 'outcome', ...outcome, decidedAt: decidedAt.toISOString() };
}

/** Returns the same id for the same outcome of the same payment, so that a repeated report is kept once. */
export function identifyOutcome(call: OutcomeCall): string {
  const { order: _order, decidedAt: _decidedAt, ...facts } = call;
  return createHash('sha256').update(JSON.stringify(facts)).digest('hex');
}

/** Describes a call for the log, so that the staff finds the payment. */
export function describeCall({
  provider,
  environment,
  payment,
  order,
  outcome,
  decidedAt,
}: OutcomeCall): Readonly<Record<string, unknown>> {
  return { provider, environment, payment: payment.id, reference: order.reference, outcome, decidedAt };
}
