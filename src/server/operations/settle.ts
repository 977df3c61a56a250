import type { NotificationOptions } from '../notification-options.js';
import { findOrder } from '../order.js';
import type { ReportOutcome } from '../payment-outcome.js';
import type { VerifiedOutcome } from '../provider.js';
import type { PaymentTools } from './payment-tools.js';
import type { PaymentRecord } from './provider-operations.js';
import { readRecord } from './payment-status.js';

/** An outcome for the merchant, and what it is about. */
type Settlement = Parameters<ReportOutcome>;

/** Requests the current outcome of a payment, as it is passed to the merchant. */
export async function readSettlement(tools: PaymentTools, { orderByReference }: NotificationOptions): Promise<Settlement> {
  const { payment, scope } = tools;
  const { provider, environment, order: reference } = payment;
  if (!orderByReference) {
    throw new TypeError('pay.settle(): `orderByReference` of createPayEndpoints() should be a function, but was missing.');
  }
  const { requestId } = scope.reporter;
  const order = await findOrder(scope, { provider, environment, reference, requestId }, async (query) => orderByReference(query));
  const { record, refunds } = await readRecord({ ...tools, context: { ...tools.context, order } });
  // Nothing ends the merchant's own work.
  const { signal } = new AbortController();
  return [toVerified(record), { order, provider, environment, payment, refunds, signal }];
}

/** Leaves out what a record has for the operations only, and what a provider adds to it for its own. */
function toVerified({ outcome, reason, approved, reference, numbers, details, savedCard }: PaymentRecord): VerifiedOutcome {
  return { outcome, reason, approved, reference, numbers, details, savedCard };
}
