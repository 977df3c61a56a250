import type { OnEvent } from '../event-reporter.js';
import { findOrder } from '../order.js';
import type { SavedCard } from '../payment.js';
import type { PaymentOutcome, ReportOutcome } from '../payment-outcome.js';
import type { RequestContexts } from '../request-contexts.js';
import { applyLedger } from './apply-ledger.js';
import type { Ledger } from './ledger.js';
import { parseCharge } from './operation-input.js';
import { runInScope } from './operation-scope.js';
import type { ChargeRequest } from './operation-types.js';
import { requireOperation } from './payment-tools.js';
import type { ProviderOperations } from './provider-operations.js';

interface ChargeDependencies {
  readonly contexts: RequestContexts;
  readonly reportOutcome: ReportOutcome;
  readonly ledger: Ledger;
  readonly onEvent?: OnEvent;
}

/** Charges a saved card without the shopper, and passes the outcome to the merchant. */
export async function chargeCard(
  request: ChargeRequest<SavedCard>,
  { contexts, reportOutcome, ledger, onEvent }: ChargeDependencies,
): Promise<PaymentOutcome> {
  const { card, key } = parseCharge(request);
  const { provider, environment } = card;
  const configured = contexts.findProvider(card, 'pay.charge()');
  const operations = requireOperation(configured, 'charge');
  const charge = operations.charge as NonNullable<ProviderOperations['charge']>;
  return runInScope('charge', { provider, environment }, onEvent, async (scope) => {
    const order = await findOrder(scope, { provider, environment }, () => request.order);
    const verified = await charge({ ...contexts.createProviderContext(environment, scope), order, card, key });
    const subject = { order, provider, environment, signal: scope.signal };
    // A charge that is repeated after its money went back is not paid again.
    const reported = await reportOutcome(await applyLedger(ledger, configured.provider, verified, subject), subject);
    return reported.payment;
  });
}
