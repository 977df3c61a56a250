import * as z from 'zod/mini';
import type { Order } from '../../../server/order.js';
import type { VerifiedOutcome } from '../../../server/provider.js';
import type { UpstreamCall } from '../../../server/upstream.js';
import { bankTimeout, createPost, type Account, type CallAuth } from './calls.js';

/** As far as it is read, of `POST /payments` and `POST /bank-transfer-payments` alike. */
export const saleResponse = z.lazy(() =>
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

export type Sale = z.infer<typeof saleResponse>;

/** The sale of an order with a single-use token: `POST /payments`, or `POST /bank-transfer-payments` for ACH and PAD. */
export function createSaleCall(account: Account, order: Order, token: string, pass: CallAuth): UpstreamCall<Sale> {
  const path = chooseSalesPath(account);
  const body = buildSaleBody(account, order, token);
  return { ...createPost(account, pass, { name: `Payroc POST /${path}`, path, body, responseSchema: saleResponse }), timeout: bankTimeout };
}

export function chooseSalesPath({ form }: Account): string {
  return form === 'card' ? 'payments' : 'bank-transfer-payments';
}

/** What the merchant adds by `extra` joins the body, but cannot replace the price, the terminal or whose card it is. */
function buildSaleBody(
  { processingTerminalId, form, secCode }: Account,
  { reference, amount, currency, extra = {} }: Order,
  token: string,
) {
  return {
    ...extra,
    // Only card payments have a channel; only ACH has a way in which the customer agreed.
    ...(form === 'card' && { channel: 'web' }),
    processingTerminalId,
    order: { ...(extra.order as object), orderId: reference, amount, currency },
    paymentMethod: { ...(extra.paymentMethod as object), type: 'singleUseToken', token, ...(form === 'ach' && { secCode }) },
  };
}

type SaleOutcome = Pick<VerifiedOutcome, 'outcome' | 'reason' | 'approved'>;

const paid: SaleOutcome = { outcome: 'paid' };
const declined: SaleOutcome = { outcome: 'declined' };
const referral: SaleOutcome = { outcome: 'pending', reason: 'referral' };
const processing: SaleOutcome = { outcome: 'pending', reason: 'processing' };

const approvals = ['ready', 'complete', 'accepted'];

/**
 * What came of a sale. A 201 only says that it was processed: `A` with the status of an approval is paid. What was approved in
 * part is not; but money may have moved, so it is never *declined*.
 */
export function decideOutcome(sale: Sale, order: Order, { processingTerminalId }: Account): VerifiedOutcome {
  const reference = sale.paymentId && { reference: sale.paymentId };
  const found = readTransactionResult(sale, order);
  const isMoney = found.outcome === 'paid' || found.reason === 'partial';
  if (!isMoney) return { ...found, ...reference };
  if (!isForOrder(sale, order, processingTerminalId)) return { outcome: 'forged', reason: 'order', ...reference };
  return { ...(matchesPrice(sale, order) ? found : { outcome: 'forged', reason: 'price' }), ...reference };
}

function readTransactionResult({ transactionResult }: Sale, { amount }: Order): SaleOutcome {
  const { status, responseCode, authorizedAmount: approved = amount } = transactionResult;
  if (responseCode === 'P') return { outcome: 'pending', reason: 'partial', approved: transactionResult.authorizedAmount };
  // A surcharge may come on top of the price.
  if (responseCode === 'A' && approvals.includes(status))
    return approved < amount ? { outcome: 'pending', reason: 'partial', approved } : paid;
  if (responseCode === 'D' || responseCode === 'C') return declined;
  if (status === 'referral') return referral;
  // `E`: received, to be processed later. A bank transfer need not have a code at all.
  const isOpen = status === 'pending' || ((responseCode === 'E' || responseCode === undefined) && approvals.includes(status));
  return isOpen ? processing : declined;
}

/** Payroc need not repeat everything, but what it repeats must be right. */
function isForOrder({ order: said, processingTerminalId: terminal }: Sale, { reference }: Order, ours: string): boolean {
  return (terminal ?? ours) === ours && (said.orderId ?? reference) === reference;
}

function matchesPrice({ order: said, transactionResult: result }: Sale, { amount, currency }: Order): boolean {
  const isIn = (one = currency) => one === currency;
  // Of a part, the order may be repeated with the amount of that part.
  const isAmount = result.responseCode === 'P' || (said.amount ?? amount) === amount;
  return isAmount && isIn(said.currency) && isIn(result.currency);
}
