import { currencies } from '../../providers/payme/currencies.js';
import { asObject, asText } from '../http.js';
import type { StandInPayment } from '../stand-in-payment.js';
import type { Account } from './account.js';
import { readRefundState } from './played-refund.js';
import { readState, type Operation, type PaymentAttempt } from './transaction.js';

/** Lists the operations that a shopper has tried to pay, oldest first, each with its last payment. */
export function listPayments({ environment, operations, settings }: Account): StandInPayment[] {
  return [...operations.values()].flatMap((operation) => {
    const payment = operation.attempts.at(-1);
    return payment ? [{ environment, ...describe(operation, payment, settings.now()) }] : [];
  });
}

function describe(operation: Operation, payment: PaymentAttempt, now: number): Omit<StandInPayment, 'environment'> {
  const { number, amount, currency, additionalFields, notificationUrl, refunds } = operation;
  const open = refunds.filter((refund) => readRefundState(refund) !== 'REJECTED');
  return {
    id: number,
    // Pay-me returns the merchant's own fields unchanged.
    order: asText(asObject(additionalFields)?.reference) || number,
    amount: Number(amount),
    currency: toLetters(currency),
    state: readState(payment, now),
    refunded: open.reduce((sum, refund) => sum + Number(refund.amount), 0),
    paidAtMs: payment.createdAt,
    ...(notificationUrl && { notificationUrl }),
  };
}

function toLetters(code: string): string {
  return Object.entries(currencies).find(([, digits]) => digits === code)?.[0] ?? code;
}
