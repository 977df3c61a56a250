import type { Account, Sale } from './account.js';
import { createRandomHex } from './gateway.js';

/**
 * What happens to a sale later. `approved` and `declined` decide one that Payroc had only received; `captured` charges a hold; `refunded`
 * returns the whole amount, and leaves the sale approved, as Payroc does; `reversed` takes it out of the batch.
 */
export type PayrocSettlement = 'approved' | 'declined' | 'captured' | 'refunded' | 'reversed';

const results: Readonly<Record<PayrocSettlement, object>> = {
  approved: { status: 'ready', responseCode: 'A', responseMessage: 'Approved' },
  declined: { status: 'declined', responseCode: 'D', responseMessage: 'Declined' },
  captured: { type: 'preAuthorizationCompletion', status: 'ready' },
  refunded: {},
  reversed: { status: 'reversal' },
};

/** Changes a sale that the stand-in has made. Returns whether there is one with this `paymentId`. */
export function settleSale({ sales, settings }: Account, paymentId: string, settlement: PayrocSettlement): boolean {
  const at = sales.findIndex((sale) => sale.paymentId === paymentId);
  const sale = sales[at];
  if (!sale) return false;
  const { amount } = sale.order;
  const approved = settlement === 'approved' && { authorizedAmount: amount };
  sales[at] = {
    ...sale,
    transactionResult: { ...(sale.transactionResult as object), ...results[settlement], ...approved },
    refunds: settlement === 'refunded' ? [createRefund(sale, settings.now())] : sale.refunds,
  };
  return true;
}

function createRefund({ order: { amount, currency } }: Sale, now: number): object {
  return {
    refundId: createRandomHex(5).toUpperCase(),
    dateTime: new Date(now).toISOString(),
    ...{ amount, currency, status: 'ready', responseCode: 'A', responseMessage: 'Transaction refunded' },
  };
}
