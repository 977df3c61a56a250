import { asText, refuseUnless, type Json } from '../http.js';
import type { Account, Call, Order, Transaction } from './account.js';
import { describeTransaction } from './describe-payment.js';
import { loseIfFaulty, requireField } from './envelope.js';
import { recordNotification } from './notification.js';
import { addRefund, countLeft } from './refund-transaction.js';

interface Found {
  readonly order: Order;
  readonly transaction: Transaction;
}

/** `Order/Get`: all attempts of an order, refused ones too. An unknown order gives PSP_010, which is a guess. */
export function getOrder({ account, body }: Call): Json {
  requireField(body.operationType === 'DEBIT' || body.operationType === 'CREDIT', 'operationType');
  requireField(asText(body.orderId), 'orderId');
  const own = account.orders.filter(({ orderId }) => orderId === body.orderId);
  const all = own.flatMap((order) => order.transactions.map((transaction) => ({ order, transaction })));
  refuseUnless(all.length > 0, 200, 'The order was not found.', 'PSP_010');
  const isCredit = body.operationType === 'CREDIT';
  const asked = all.filter(({ transaction }) => (transaction.operationType === 'CREDIT') === isCredit).reverse();
  const transactions = asked.map(({ order, transaction }) => describeTransaction(account, order, transaction));
  return { transactions, _type: 'V4/OrderTransactions' };
}

/** `Transaction/Get` */
export function getTransaction({ account, body }: Call): Json {
  const { order, transaction } = requireTransaction(account, body.uuid);
  return describeTransaction(account, order, transaction);
}

/** `Transaction/Cancel`: one that was not captured yet. */
export function cancelTransaction(call: Call): Json {
  return changeTransaction(call, ({ transaction }) => cancel(transaction));
}

/**
 * `Transaction/CancelOrRefund`. AUTO cancels what was not captured yet, and refunds the rest. A part of what was not captured is
 * refunded here; no documentation that we could read says what Lyra does.
 */
export function cancelOrRefund(call: Call): Json {
  const { amount, currency, resolutionMode = 'AUTO' } = call.body;
  return changeTransaction(call, (found) => {
    const { order, transaction } = found;
    const money = amount === undefined ? countLeft(transaction) : Number(amount);
    refuseUnless(!transaction.isDisputed, 200, 'The transaction has a chargeback.', 'PSP_083');
    refuseUnless(Number.isSafeInteger(money) && money > 0, 200, 'The amount is invalid.', 'PSP_020');
    refuseUnless(currency === undefined || currency === transaction.currency, 200, 'The currency is invalid.', 'PSP_021');
    const isWhole = money === transaction.amount && transaction.detailedStatus !== 'CAPTURED';
    if (resolutionMode === 'CANCELLATION_ONLY' || (resolutionMode === 'AUTO' && isWhole)) return cancel(transaction);
    return addRefund(call.account, order, transaction, money);
  });
}

/** `Transaction/Validate`. The state afterwards is the expected one; it is not documented. */
export function validateTransaction(call: Call): Json {
  const next: Readonly<Record<string, string>> = {
    AUTHORISED_TO_VALIDATE: 'AUTHORISED',
    WAITING_AUTHORISATION_TO_VALIDATE: 'WAITING_AUTHORISATION',
  };
  return changeTransaction(call, ({ transaction }) => {
    const detailedStatus = next[transaction.detailedStatus];
    refuseUnless(detailedStatus, 200, 'The transaction has not the right state.', 'PSP_011');
    transaction.detailedStatus = detailedStatus;
    return transaction;
  });
}

function cancel(transaction: Transaction): Transaction {
  const isOpen = /AUTHORISED|AUTHORISATION|UNDER_VERIFICATION/.test(transaction.detailedStatus);
  refuseUnless(isOpen && transaction.refunded === 0, 200, 'The transaction has not the right state.', 'PSP_011');
  transaction.detailedStatus = 'CANCELLED';
  return transaction;
}

/** Changes a transaction, and answers with the one that the change returns. With the fault `lost`, the answer is lost afterwards. */
function changeTransaction(call: Call, change: (found: Found) => Transaction): Json {
  const { account, body } = call;
  const found = requireTransaction(account, body.uuid);
  const changed = change(found);
  recordNotification(account, found.order, changed, 'MERCH_BO');
  loseIfFaulty(call);
  return describeTransaction(account, found.order, changed);
}

/** @throws {Refusal} PSP_010 */
function requireTransaction({ orders }: Account, uuid: unknown): Found {
  for (const order of orders) {
    const transaction = order.transactions.find((one) => one.uuid === uuid);
    if (transaction) return { order, transaction };
  }
  refuseUnless(false, 200, 'The transaction was not found.', 'PSP_010');
}
