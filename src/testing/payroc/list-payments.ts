import { asText } from '../http.js';
import type { StandInPayment } from '../stand-in-payment.js';
import type { Account } from './account.js';

/** Lists the sales, oldest first. */
export function listPayments({ environment, sales }: Account): StandInPayment[] {
  const all = sales.map(({ paymentId, order, transactionResult, refunds }) => ({
    id: paymentId,
    environment,
    order: asText(order.orderId),
    amount: order.amount,
    currency: order.currency,
    state: asText(transactionResult.status),
    refunded: refunds.reduce((sum, { amount }) => sum + Number(amount), 0),
    paidAtMs: Date.parse(order.dateTime),
  }));
  return all.reverse();
}
