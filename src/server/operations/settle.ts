import type { NotificationOptions } from '../notification-options.js';
import { findOrder } from '../order.js';
import type { PaymentOutcome, ReportOutcome } from '../payment-outcome.js';
import type { VerifiedOutcome } from '../provider.js';
import type { PaymentTools } from './payment-tools.js';
import type { PaymentRecord } from './provider-operations.js';
import { readRecord } from './payment-status.js';

/** Requests the current outcome of a payment, and passes it to the merchant. */
export async function settlePayment(
  tools: PaymentTools,
  reportOutcome: ReportOutcome,
  { orderByReference }: NotificationOptions,
): Promise<PaymentOutcome> {
  const { payment, scope } = tools;
  const { provider, environment, order: reference } = payment;
  if (!orderByReference) {
    throw new TypeError('pay.settle(): `orderByReference` of createPayEndpoints() should be a function, but was missing.');
  }
  const order = await findOrder(scope, { provider, environment, reference }, async (query) => orderByReference(query));
  const { record, refunds } = await readRecord({ ...tools, context: { ...tools.context, order } });
  const reported = await reportOutcome(toVerified(record), { order, provider, environment, payment, refunds, signal: scope.signal });
  return reported.payment;
}

/** Leaves out what a record has for the operations only, and what a provider adds to it for its own. */
function toVerified({ outcome, reason, approved, reference, numbers, details, savedCard }: PaymentRecord): VerifiedOutcome {
  return { outcome, reason, approved, reference, numbers, details, savedCard };
}
