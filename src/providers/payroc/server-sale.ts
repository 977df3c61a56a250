import * as z from 'zod/mini';
import type { Order } from '../../server/order.js';
import type { UpstreamCall } from '../../server/upstream.js';
import type { ConfirmedOutcome } from '../../wire.js';
import { post, type Account, type Pass } from './server-calls.js';

/** As far as it is read, of `POST /payments` and `POST /bank-transfer-payments` alike. */
const saleAnswer = z.lazy(() =>
  z.object({
    processingTerminalId: z.optional(z.string()),
    order: z.object({ orderId: z.optional(z.string()), amount: z.optional(z.int()), currency: z.optional(z.string()) }),
    transactionResult: z.object({
      status: z.string(),
      // Not required of a bank transfer.
      responseCode: z.optional(z.string()),
      authorizedAmount: z.optional(z.int()),
      currency: z.optional(z.string()),
    }),
  }),
);

export type Sale = z.infer<typeof saleAnswer>;

/** The sale of an order with a single-use token: `POST /payments`, or `POST /bank-transfer-payments` for ACH and PAD. */
export function saleCall(account: Account, order: Order, token: string, pass: Pass): UpstreamCall<Sale> {
  const path = account.form === 'card' ? 'payments' : 'bank-transfer-payments';
  const body = saleBody(account, order, token);
  return post(account, pass, { name: `Payroc POST /${path}`, path, body, answer: saleAnswer });
}

/** What the merchant adds by `extra` joins the body, but cannot replace the price, the terminal or whose card it is. */
function saleBody({ processingTerminalId, form, secCode }: Account, { reference, amount, currency, extra = {} }: Order, token: string) {
  return {
    ...extra,
    // Only card payments have a channel; only ACH has a way in which the customer agreed.
    ...(form === 'card' && { channel: 'web' }),
    processingTerminalId,
    order: { ...(extra.order as object), orderId: reference, amount, currency },
    paymentMethod: { ...(extra.paymentMethod as object), type: 'singleUseToken', token, ...(form === 'ach' && { secCode }) },
  };
}

const approvals = ['ready', 'complete', 'accepted'];
const waiting = ['pending', 'referral'];

/**
 * What came of a sale. A 201 only says that it was processed: `A` with the status of an approval is paid. What was approved in
 * part, or for another price than the merchant's record has, is not paid; but money may have moved, so it is never *declined*.
 */
export function outcomeOfSale(sale: Sale, order: Order, { processingTerminalId }: Account): ConfirmedOutcome {
  const { status, responseCode } = sale.transactionResult;
  if (responseCode === 'P') return 'pending';
  if (responseCode === 'A' && approvals.includes(status)) return isOf(sale, order, processingTerminalId) ? 'paid' : 'pending';
  if (responseCode === 'D' || responseCode === 'C') return 'declined';
  // `E`: received, to be processed later. A bank transfer need not have a code at all.
  const isOpen = waiting.includes(status) || ((responseCode === 'E' || responseCode === undefined) && approvals.includes(status));
  return isOpen ? 'pending' : 'declined';
}

/** Payroc need not repeat everything, but what it repeats must be right. A surcharge may come on top of the price. */
function isOf({ order: said, transactionResult, processingTerminalId: terminal }: Sale, order: Order, ours: string): boolean {
  const { authorizedAmount = order.amount, currency = order.currency } = transactionResult;
  return (
    (terminal ?? ours) === ours &&
    (said.orderId ?? order.reference) === order.reference &&
    (said.amount ?? order.amount) === order.amount &&
    (said.currency ?? order.currency) === order.currency &&
    currency === order.currency &&
    authorizedAmount >= order.amount
  );
}
