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

/** Closes the batch: a sale in it is settled, and one that was only received is approved. Returns whether there is such a sale. */
export function closeBatch(account: Account, paymentId: string | undefined): boolean {
  const found = account.sales.filter((sale) => paymentId === undefined || sale.paymentId === paymentId);
  for (const { paymentId: id, transactionResult: result } of found) {
    if (result.status === 'ready') settleSale(account, id, 'complete');
    if (result.responseCode === 'E') settleSale(account, id, 'approved');
  }
  return found.length > 0;
}

/**
 * Returns a part of a sale to the shopper, by default all that is left of it. Returns whether there is a sale with this `paymentId`.
 *
 * @param amount minor units
 */
export function refundSale(account: Account, paymentId: string, amount?: number): boolean {
  return changeSale(account, paymentId, (sale) => addRefund(account, sale, amount ?? countLeft(sale)));
}

/** Returns what was not returned yet, in minor units. */
export function countLeft({ refunds, transactionResult: { authorizedAmount } }: Sale): number {
  return refunds.reduce((left, { amount }) => left - Number(amount), Number(authorizedAmount));
}

/** Records a chargeback, which no payment shows. Returns whether there is a sale with this `paymentId`. */
export function disputeSale({ sales, disputes, settings }: Account, id: string): boolean {
  const sale = sales.find(({ paymentId }) => paymentId === id);
  if (!sale) return false;
  const { order, transactionResult } = sale;
  disputes.push({
    disputeId: disputes.length + 1,
    disputeType: 'firstDispute',
    createdDate: new Date(settings.now()).toISOString().slice(0, 10),
    disputeAmount: order.amount,
    currency: order.currency,
    authorizationCode: transactionResult.approvalCode,
    ...('card' in sale && { card: sale.card }),
  });
  return true;
}

export function changeSale({ sales }: Account, paymentId: string, change: (sale: Sale) => Sale): boolean {
  const at = sales.findIndex((sale) => sale.paymentId === paymentId);
  const sale = sales[at];
  if (sale) sales[at] = change(sale);
  return sale !== undefined;
}

export function addRefund({ settings }: Account, sale: Sale, amount: number): Sale {
  const refund = {
    refundId: createRandomHex(5).toUpperCase(),
    dateTime: new Date(settings.now()).toISOString(),
    ...{ amount, currency: sale.order.currency, status: 'ready', responseCode: 'A', responseMessage: 'Transaction refunded' },
  };
  return { ...sale, refunds: [...sale.refunds, refund] };
}
