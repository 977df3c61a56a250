import { refuseUnless } from '../http.js';
import { createUuid, type Account, type Order, type Transaction } from './account.js';

const refundable = ['AUTHORISED', 'CAPTURED', 'PARTIALLY_AUTHORISED'];

/** Returns the minor units of a transaction that were not refunded. */
export function countLeft({ amount, refunded }: Transaction): number {
  return amount - refunded;
}

/** Whether a transaction is paid and has that much left. */
export function canRefund(transaction: Transaction, amount: number): boolean {
  const isPaid = transaction.operationType === 'DEBIT' && refundable.includes(transaction.detailedStatus);
  return isPaid && amount > 0 && amount <= countLeft(transaction);
}

/**
 * Adds a CREDIT transaction to an order, and returns it.
 *
 * @param amount minor units
 * @throws {Refusal} PSP_011 for a transaction that is not paid, and PSP_020 for more than is left
 */
export function addRefund({ settings }: Account, order: Order, transaction: Transaction, amount: number): Transaction {
  refuseUnless(canRefund(transaction, 1), 200, 'The transaction has not the right state.', 'PSP_011');
  refuseUnless(canRefund(transaction, amount), 200, 'The amount is more than is left.', 'PSP_020');
  transaction.refunded += amount;
  const { currency, pan } = transaction;
  const refund: Transaction = {
    ...{ uuid: createUuid(), amount, currency, operationType: 'CREDIT', pan, createdAtMs: settings.now(), paymentMethodToken: null },
    ...{ detailedStatus: 'AUTHORISED', errorCode: null, detailedErrorCode: null, refunded: 0, isDisputed: false },
  };
  order.transactions.push(refund);
  return refund;
}
