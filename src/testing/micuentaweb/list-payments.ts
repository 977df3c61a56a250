import type { StandInPayment } from '../stand-in-payment.js';
import { readMode, type Account } from './account.js';

/** Lists the attempts of shoppers, oldest first. */
export function listPayments(account: Account): StandInPayment[] {
  const environment = readMode(account) === 'TEST' ? 'sandbox' : 'production';
  const all = account.orders.flatMap(({ orderId, ipnTargetUrl, transactions }) => {
    const attempts = transactions.filter(({ operationType }) => operationType !== 'CREDIT');
    return attempts.map(({ uuid, amount, currency, detailedStatus, refunded, createdAtMs, isDisputed }): StandInPayment => {
      const state = isDisputed ? 'CHARGEBACK' : detailedStatus;
      const payment = { id: uuid, environment, order: orderId, amount, currency, state, refunded, paidAtMs: createdAtMs };
      return { ...payment, ...(ipnTargetUrl && { notificationUrl: ipnTargetUrl }) };
    });
  });
  return all.sort((one, other) => one.paidAtMs - other.paidAtMs);
}
