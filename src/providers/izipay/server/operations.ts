import type { WithOperations } from '../../../server/operations/operation-types.js';
import { createCancel } from './cancel-payment.js';
import { createCapture } from './capture-payment.js';
import { queryOrder } from './query-order.js';
import type { Account } from './token-call.js';

/** What Izipay can do with a payment, as far as other merchants' code shows. */
export type ExperimentalOperations = WithOperations<'query' | 'cancel' | 'capture'>;

/** Creates the operations that `experimental: true` allows. */
export function createOperations(account: Account): ExperimentalOperations['operations'] {
  return {
    query: (context) => queryOrder(account, context),
    cancel: createCancel(account),
    capture: createCapture(account),
  };
}
