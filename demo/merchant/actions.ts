import type { OperationName, ServerProvider } from '../../src/server.js';
import { findRefundable, hasNumbers, type ShopPayment } from '../payments.js';

/** What the merchant can do with a payment. */
export const actions = ['refund', 'capture', 'cancel', 'settle'] as const;

export type Action = (typeof actions)[number];

/** What a payment's outcome allows. */
const isAllowed: Readonly<Record<Action, (payment: ShopPayment) => boolean>> = {
  refund: (payment) => payment.outcome === 'paid' && findRefundable(payment) > 0,
  capture: ({ outcome }) => outcome === 'authorized',
  cancel: ({ outcome, refunds }) => outcome === 'authorized' || outcome === 'pending' || (outcome === 'paid' && refunds.length === 0),
  settle: () => true,
};

/** Returns the actions that the outcome of a payment allows and its provider has. Its payment method may still not allow them. */
export function findActions(payment: ShopPayment, { operations }: ServerProvider): readonly Action[] {
  return listAllowed(payment).filter((action) => operations?.[operationOf(action)]);
}

/** Returns what to do instead of the actions that the outcome of a payment allows, but its provider lacks. */
export function findAdvice(payment: ShopPayment, { operations, capabilities }: ServerProvider): readonly string[] {
  const missing = listAllowed(payment).filter((action) => !operations?.[operationOf(action)]);
  return missing.flatMap((action) => capabilities?.[operationOf(action)].instead ?? []);
}

/** No provider finds a payment without numbers. */
function listAllowed(payment: ShopPayment): readonly Action[] {
  return hasNumbers(payment.payment) ? actions.filter((action) => isAllowed[action](payment)) : [];
}

function operationOf(action: Action): OperationName {
  return action === 'settle' ? 'query' : action;
}
