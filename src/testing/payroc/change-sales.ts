import { json, refuseUnless, type Json } from '../http.js';
import { requireBearer } from '../tokens.js';
import type { Call, Sale } from './account.js';
import { addRefund, changeSale, countLeft, settleSale } from './settle-sale.js';
import { describeSale, listOperations, type SupportedOperation } from './supported-operations.js';

/** What an account has: a card payment, or a bank transfer. */
export type PaymentMethod = 'card' | 'bankAccount';

/** `GET /v1/payments/{paymentId}` and `GET /v1/bank-transfer-payments/{paymentId}`. */
export function readSale(method: PaymentMethod): (call: Call) => Json {
  return (call) => describeSale(requireSale(call, method));
}

/**
 * `POST …/{paymentId}/reverse`: returns a part or all in the open batch, or releases a hold. Which field shows the reversal of a part is not
 * documented: here, `authorizedAmount` is lower.
 */
export function reverseSale(method: PaymentMethod): (call: Call) => Response {
  return (call) => {
    const sale = requireSale(call, method);
    requireOperation(sale, 'fullyReverse');
    const left = Number(sale.transactionResult.authorizedAmount);
    const amount = method === 'card' ? readAmount(call, left) : left;
    if (amount < left) {
      requireOperation(sale, 'partiallyReverse');
      changeResult(call, sale, { authorizedAmount: left - amount });
    } else settleSale(call.account, sale.paymentId, 'reversed');
    return answerSale(call, method);
  };
}

/** `POST …/{paymentId}/refund`. In the open batch, whatever the amount, Payroc reverses the whole payment instead. */
export function returnSale(method: PaymentMethod): (call: Call) => Response {
  return (call) => {
    const sale = requireSale(call, method);
    const { description } = call.body;
    refuseUnless(typeof description === 'string' && Number.isInteger(call.body.amount), 400, '`amount` and `description` are required.');
    const isOpen = listOperations(sale).includes('fullyReverse');
    if (isOpen) settleSale(call.account, sale.paymentId, 'reversed');
    else {
      requireOperation(sale, 'refund');
      const amount = readAmount(call, countLeft(sale));
      changeSale(call.account, sale.paymentId, (one) => addRefund(call.account, one, amount));
    }
    return answerSale(call, method);
  };
}

/** `POST /v1/payments/{paymentId}/capture`: charges a hold, or a part of it. */
export function captureSale(call: Call): Response {
  const sale = requireSale(call, 'card');
  requireOperation(sale, 'capture');
  const authorizedAmount = readAmount(call, Number(sale.transactionResult.authorizedAmount));
  changeResult(call, sale, { type: 'preAuthorizationCompletion', status: 'ready', authorizedAmount });
  return answerSale(call, 'card');
}

/** `GET /v1/disputes` (documentation): all chargebacks. */
export function listDisputes(call: Call): Json {
  requireBearer(call);
  const { disputes } = call.account;
  return { limit: disputes.length, count: disputes.length, hasMore: false, data: [...disputes] };
}

function requireSale(call: Call, method: PaymentMethod): Sale {
  requireBearer(call);
  const found = call.account.sales.find((sale) => sale.paymentId === call.path[0] && method in sale);
  refuseUnless(found, 404, 'There is no such payment.');
  return found;
}

/** @throws {Refusal} 409 for a payment in another state */
function requireOperation(sale: Sale, operation: SupportedOperation): void {
  refuseUnless(listOperations(sale).includes(operation), 409, 'The payment cannot be modified so.', 'cannot-be-modified');
}

/** @throws {Refusal} 400 for more than `most` minor units */
function readAmount({ body }: Call, most: number): number {
  const { amount = most } = body;
  refuseUnless(Number.isInteger(amount) && Number(amount) > 0 && Number(amount) <= most, 400, '`amount` is more than what is left.');
  return Number(amount);
}

function changeResult({ account }: Call, { paymentId }: Sale, changes: Json): void {
  changeSale(account, paymentId, (sale) => ({ ...sale, transactionResult: { ...sale.transactionResult, ...changes } }));
}

function answerSale(call: Call, method: PaymentMethod): Response {
  return json(describeSale(requireSale(call, method)));
}
