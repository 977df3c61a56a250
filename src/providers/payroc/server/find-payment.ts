import type { PaymentContext } from '../../../server/operations/provider-operations.js';
import { createGet } from './calls.js';
import { findRecentSales, findSales, type ListOptions } from './list-sales.js';
import { createOrderIdPrefix } from './order-id.js';
import { lookBack, SaleLedger } from './sale-ledger.js';
import { chooseSalesPath, saleResponse, type Sale } from './sale.js';

/** Returns Payroc's id of the payment. Where Payroc gave none, the merchant's `payment` has the order id in its place. */
export function readPaymentId({ id, orderId }: PaymentContext['payment']): string | undefined {
  return id === orderId ? undefined : id;
}

/**
 * Requests a payment from Payroc: by its id; for a sale whose answer was lost, by its order id; and for a token, all sales of its order.
 *
 * @throws {Problem} `upstream-…`; `upstream-absent` if Payroc does not know the id
 */
export async function findPayment(options: ListOptions, context: PaymentContext): Promise<readonly Sale[]> {
  const { account, bearer, send } = options;
  const { payment } = context;
  const id = readPaymentId(payment);
  if (id !== undefined) {
    const path = chooseSalesPath(account);
    const name = `Payroc GET /${path}/{paymentId}`;
    return [await send(createGet(account, bearer, { name, path: `${path}/${encodeURIComponent(id)}`, responseSchema: saleResponse }))];
  }
  return payment.orderId === undefined ? findOrderSales(options, context) : findSales(options, String(payment.orderId));
}

/** Finds the sales of an order by this package's own record of them, or else in Payroc's list: first of a day, then of a week. */
async function findOrderSales(options: ListOptions, { order, store }: PaymentContext): Promise<readonly Sale[]> {
  const { sales } = await (await SaleLedger.open(store, { ...options, order })).read();
  if (sales.length > 0) return (await Promise.all(sales.map(({ orderId }) => findSales(options, orderId)))).flat();
  const prefix = await createOrderIdPrefix(order.reference);
  const listed = await findRecentSales(options, prefix, new Date(Date.now() - lookBack));
  return listed.length > 0 ? listed : findRecentSales(options, prefix, new Date(Date.now() - 7 * lookBack));
}
