import * as z from 'zod/mini';
import type { Order } from '../../server/order.js';
import type { Verdict } from '../../server/provider.js';
import type { UpstreamCall } from '../../server/upstream.js';
import type { ConfirmedOutcome } from '../../wire.js';
import { post, type Account, type Pass } from './server-calls.js';

/** As far as it is read, of `POST /payments` and `POST /bank-transfer-payments` alike. */
const saleAnswer = z.lazy(() =>
  z.object({
    paymentId: z.optional(z.string()),
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
 * part is not; but money may have moved, so it is never *declined*.
 */
export function verdictOn(sale: Sale, order: Order, { processingTerminalId }: Account): Verdict {
  const reference = sale.paymentId && { reference: sale.paymentId };
  const outcome = outcomeOf(sale);
  if (outcome !== 'paid') return { outcome, ...reference };
  if (!isOf(sale, order, processingTerminalId)) return { outcome: 'forged', reason: 'order', ...reference };
  return { ...(isPaidInFull(sale, order) ? { outcome } : { outcome: 'forged', reason: 'price' }), ...reference };
}

function outcomeOf({ transactionResult: { status, responseCode } }: Sale): ConfirmedOutcome {
  if (responseCode === 'P') return 'pending';
  if (responseCode === 'A' && approvals.includes(status)) return 'paid';
  if (responseCode === 'D' || responseCode === 'C') return 'declined';
  // `E`: received, to be processed later. A bank transfer need not have a code at all.
  const isOpen = waiting.includes(status) || ((responseCode === 'E' || responseCode === undefined) && approvals.includes(status));
  return isOpen ? 'pending' : 'declined';
}

/** Payroc need not repeat everything, but what it repeats must be right. */
function isOf({ order: said, processingTerminalId: terminal }: Sale, { reference }: Order, ours: string): boolean {
  return (terminal ?? ours) === ours && (said.orderId ?? reference) === reference;
}

/** A surcharge may come on top of the price. */
function isPaidInFull({ order: said, transactionResult }: Sale, { amount, currency }: Order): boolean {
  return (
    (said.amount ?? amount) === amount &&
    (said.currency ?? currency) === currency &&
    (transactionResult.currency ?? currency) === currency &&
    (transactionResult.authorizedAmount ?? amount) >= amount
  );
}
