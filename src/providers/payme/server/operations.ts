import type { WithOperations } from '../../../server/operations/operation-types.js';
import type { ProviderContext } from '../../../server/provider.js';
import type { Account } from './calls.js';
import { createCancel } from './cancel-charge.js';
import { queryCharge } from './query-charge.js';
import { createRefund } from './refund-charge.js';

/** What Pay-me can do with a payment after its outcome. */
export type PaymeOperations = WithOperations<'query' | 'cancel' | 'refund'>;

/** Creates the operations on payments. The ledger knows a payment by its operation number, which is `payment.id`. */
export function createOperations(createAccount: (context: ProviderContext) => Account): PaymeOperations['operations'] {
  return {
    query: (context) => queryCharge(createAccount(context), context),
    cancel: createCancel(createAccount),
    refund: createRefund(createAccount),
  };
}
