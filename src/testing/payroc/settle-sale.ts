import type { Json } from '../http.js';
import type { Account, Sale } from './account.js';
import { createRandomHex } from './gateway.js';

/**
 * What happens to a sale later. `approved` and `declined` decide one that Payroc had only received; `captured` charges a hold, and
 * `expired` releases it; `complete` is settled; `refunded` returns the whole amount, and leaves the sale approved, as Payroc does;
 * `reversed` takes it out of the batch; `returned` is a bank transfer that came back.
 */
export type PayrocSettlement = 'approved' | 'declined' | 'captured' | 'complete' | 'refunded' | 'reversed' | 'returned' | 'expired';

const results: Readonly<Record<PayrocSettlement, Json>> = {
  approved: { status: 'ready', responseCode: 'A', responseMessage: 'Approved' },
  declined: { status: 'declined', responseCode: 'D', responseMessage: 'Declined' },
  captured: { type: 'preAuthorizationCompletion', status: 'ready' },
  complete: { status: 'complete' },
  refunded: {},
  reversed: { status: 'reversal' },
  returned: { status: 'returned' },
  expired: { status: 'expired' },
};

/** Changes a sale that the stand-in has made. Returns whether there is one with this `paymentId`. */
export function settleSale(account: Account, paymentId: string, settlement: PayrocSettlement): boolean {
  return changeSale(account, paymentId, (sale) => {
    const approved = settlement === 'approved' && { authorizedAmount: sale.order.amount };
    const changed = { ...sale, transactionResult: { ...sale.transactionResult, ...results[settlement], ...approved } };
    return settlement === 'refunded' ? addRefund(account, changed, sale.order.amount) : changed;
  });
}

/** Returns a part of a sale to the shopper. Returns whether there is a sale with this `paymentId`. */
export function refundSale(account: Account, paymentId: string, amount: number): boolean {
  return changeSale(account, paymentId, (sale) => addRefund(account, sale, amount));
}

function changeSale({ sales }: Account, paymentId: string, change: (sale: Sale) => Sale): boolean {
  const at = sales.findIndex((sale) => sale.paymentId === paymentId);
  const sale = sales[at];
  if (sale) sales[at] = change(sale);
  return sale !== undefined;
}

function addRefund({ settings }: Account, sale: Sale, amount: number): Sale {
  const refund = {
    refundId: createRandomHex(5).toUpperCase(),
    dateTime: new Date(settings.now()).toISOString(),
    ...{ amount, currency: sale.order.currency, status: 'ready', responseCode: 'A', responseMessage: 'Transaction refunded' },
  };
  return { ...sale, refunds: [...sale.refunds, refund] };
}
