import type { Account, Sale } from './account.js';
import { createRandomHex } from './gateway.js';

/** A state that a sale may reach after its answer. */
export type PayrocState = 'ready' | 'complete' | 'declined' | 'reversal' | 'returned' | 'expired';

const messages: Readonly<Record<PayrocState, string>> = {
  ready: 'Approved',
  complete: 'Approved',
  declined: 'Declined',
  reversal: 'Reversed',
  returned: 'Returned by the bank',
  expired: 'Expired',
};

/** Moves a sale to a state. A received sale is approved by `ready`; a hold is captured by it. Returns whether there is such a sale. */
export function settleSale(account: Account, paymentId: string, status: PayrocState): boolean {
  return changeSale(account, paymentId, ({ order, transactionResult, ...rest }) => {
    const type =
      status === 'ready' && transactionResult.type === 'preAuthorization' ? 'preAuthorizationCompletion' : transactionResult.type;
    const isDeclined = status === 'declined';
    const result = {
      responseCode: isDeclined ? 'D' : 'A',
      authorizedAmount: isDeclined ? 0 : order.amount,
      responseMessage: messages[status],
    };
    return { ...rest, order, transactionResult: { ...transactionResult, ...result, type, status } };
  });
}

/** Returns an amount of a sale to the shopper, or all of it. The sale's own status stays. */
export function refundSale(account: Account, paymentId: string, amount?: number): boolean {
  return changeSale(account, paymentId, (sale) => {
    const { currency } = sale.order;
    const dateTime = new Date(account.settings.now()).toISOString();
    const result = { status: 'ready', responseCode: 'A', responseMessage: 'Transaction refunded' };
    const refund = { refundId: createRandomHex(5).toUpperCase(), dateTime, currency, amount: amount ?? sale.order.amount, ...result };
    return { ...sale, refunds: [...sale.refunds, refund] };
  });
}

function changeSale({ sales }: Account, paymentId: string, change: (sale: Sale) => Sale): boolean {
  const index = sales.findIndex((sale) => sale.paymentId === paymentId);
  const sale = sales[index];
  if (sale) sales[index] = change(sale);
  return sale !== undefined;
}
