import type { ServerContext } from '../../../server/provider.js';
import type { Account } from './calls.js';
import type { ListOptions } from './list-sales.js';
import { createOrderId } from './order-id.js';
import type { PaymentSource } from './payment-source.js';
import { SaleLedger, type RecordedSale } from './sale-ledger.js';
import { requestsHold, type SaleTerms } from './sale.js';

/** What the steps of one sale share. */
export interface SaleContext extends ListOptions {
  readonly terms: SaleTerms;
  readonly ledger: SaleLedger;
  readonly source: PaymentSource;
  /** Aborts with the request. */
  readonly signal: AbortSignal;
  /** Epoch ms. 0 if the merchant does not say when the order was opened. */
  readonly openedAt: number;
}

export async function createSaleContext(
  account: Account,
  { order, send, signal, store }: ServerContext,
  source: PaymentSource,
  bearer: string,
): Promise<SaleContext> {
  const orderId = await createOrderId(order.reference, source.id);
  const terms = { account, order, orderId, isHoldRequested: requestsHold(account, order) };
  const openedAt = order.openedAt === undefined ? 0 : new Date(order.openedAt).getTime();
  return { account, bearer, send, signal, terms, ledger: await SaleLedger.open(store, terms), source, openedAt };
}

/** Creates the record of a sale that was not sent yet. */
export function createRecord({ orderId, order: { amount, currency }, isHoldRequested }: SaleTerms): RecordedSale {
  return { orderId, sentAt: Date.now(), requests: 0, amount, currency, isHoldRequested };
}
