import type { MoneyOperation } from '../../../server/operations/provider-operations.js';
import type { WithOperations } from '../../../server/operations/operation-types.js';
import type { Account } from './account.js';
import { moveMoney } from './move-money.js';
import { createCapturePlan, planCancel, planRefund } from './plan-moves.js';
import { queryPayment, type MicuentawebRecord } from './query-payment.js';

/** What micuentaweb can do with a payment after its outcome. */
export type MicuentawebOperations = WithOperations<'query' | 'cancel' | 'refund'>;

/** The same with `experimental: true`. */
export type ExperimentalOperations = WithOperations<'query' | 'cancel' | 'refund' | 'capture'>;

/** Creates the operations on payments of this shop. The ledger knows a payment by the uuid of its transaction, which is `payment.id`. */
export function createOperations(account: Account): MicuentawebOperations['operations'] {
  const { cancel, refund } = createMoves(account);
  return { query: (context) => queryPayment(account, context), cancel, refund };
}

/** Creates the operations that `experimental: true` allows. */
export function createExperimentalOperations(account: Account): ExperimentalOperations['operations'] {
  return { query: (context) => queryPayment(account, context), ...createMoves(account) };
}

function createMoves(account: Account) {
  const createMove = (plan: MoneyOperation<MicuentawebRecord>['plan']): MoneyOperation<MicuentawebRecord> => ({
    plan,
    send: (context, move) => moveMoney(account, context, move),
  });
  return {
    // Repeated calls cancel the same payment, and never create a refund.
    cancel: { ...createMove(planCancel), repeatableFor: Infinity },
    refund: createMove(planRefund),
    capture: createMove(createCapturePlan(account.brand)),
  };
}
