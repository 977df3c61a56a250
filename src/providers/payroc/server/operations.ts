import type { MoneyOperation, ProviderOperations } from '../../../server/operations/provider-operations.js';
import type { ProviderContext } from '../../../server/provider.js';
import type { Account } from './calls.js';
import { chargeCard } from './charge-card.js';
import { planCancel, planCapture, planRefund } from './plan-moves.js';
import { queryPayment } from './query-payment.js';
import type { PayrocRecord } from './read-record.js';
import { sendMove } from './send-move.js';

/** Payroc answers a known `Idempotency-Key` with its first response for seven days. One hour less, for clocks that differ. */
const repeatableFor = (7 * 24 - 1) * 3600 * 1000;

/** Creates the operations on payments of this merchant's account. */
export function createOperations(findAccount: (context: Pick<ProviderContext, 'environment'>) => Account) {
  const createMove = (plan: (record: PayrocRecord, amount: number) => string): MoneyOperation<PayrocRecord> => ({
    plan,
    send: (context, move) => sendMove(findAccount(context), context, move),
    repeatableFor,
  });
  return {
    query: (context) => queryPayment(findAccount(context), context),
    cancel: createMove(planCancel),
    refund: createMove(planRefund),
    capture: createMove(planCapture),
    charge: (context) => chargeCard(findAccount(context), context),
  } satisfies ProviderOperations;
}
