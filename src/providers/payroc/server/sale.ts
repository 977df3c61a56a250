import * as z from 'zod/mini';
import type { Order } from '../../../server/order.js';
import type { VerifiedOutcome } from '../../../server/provider.js';
import type { UpstreamCall } from '../../../server/upstream.js';
import { bankTimeout, createPost, type Account, type CallAuth } from './calls.js';

/** The fields that we read in responses of `POST /payments` and `POST /bank-transfer-payments`. */
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

/** Creates the sale of an order with a single-use token: `POST /payments`, or `POST /bank-transfer-payments` for ACH and PAD. */
export function createSaleCall(account: Account, order: Order, token: string, pass: CallAuth): UpstreamCall<Sale> {
  const path = chooseSalesPath(account);
  const body = buildSaleBody(account, order, token);
  return { ...createPost(account, pass, { name: `Payroc POST /${path}`, path, body, responseSchema: saleResponse }), timeout: bankTimeout };
}

export function chooseSalesPath({ form }: Account): string {
  return form === 'card' ? 'payments' : 'bank-transfer-payments';
}

/** Builds the body. The merchant's `extra` cannot replace the price, the terminal or the single-use token. */
function buildSaleBody(
  { processingTerminalId, form, secCode }: Account,
  { reference, amount, currency, extra = {} }: Order,
  token: string,
) {
  return {
    ...extra,
    // Only card payments have a `channel`, and only ACH has a `secCode`.
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
 * Decides the outcome of a sale. A 201 only means that it was processed: code `A` with an approval status is *paid*. A partial
 * approval is not paid, but money may have moved, so it is never *declined*.
 */
export function decideOutcome(sale: Sale, order: Order, { processingTerminalId }: Account): VerifiedOutcome {
  const reference = sale.paymentId && { reference: sale.paymentId };
  const outcome = readTransactionResult(sale, order);
  const hasMoneyMoved = outcome.outcome === 'paid' || outcome.reason === 'partial';
  if (!hasMoneyMoved) return { ...outcome, ...reference };
  if (!isForOrder(sale, order, processingTerminalId)) return { outcome: 'forged', reason: 'order', ...reference };
  return { ...(matchesPrice(sale, order) ? outcome : { outcome: 'forged', reason: 'price' }), ...reference };
}

function readTransactionResult({ transactionResult }: Sale, { amount }: Order): SaleOutcome {
  const { status, responseCode, authorizedAmount: approved = amount } = transactionResult;
  if (responseCode === 'P') return { outcome: 'pending', reason: 'partial', approved: transactionResult.authorizedAmount };
  // A surcharge may be added to the price.
  if (responseCode === 'A' && approvals.includes(status))
    return approved < amount ? { outcome: 'pending', reason: 'partial', approved } : paid;
  if (responseCode === 'D' || responseCode === 'C') return declined;
  if (status === 'referral') return referral;
  // `E`: received, to be processed later. A bank transfer may have no code.
  const isOpen = status === 'pending' || ((responseCode === 'E' || responseCode === undefined) && approvals.includes(status));
  return isOpen ? processing : declined;
}

/** Whether the sale belongs to this order and terminal. Payroc may omit either, but a value that is present must match. */
function isForOrder({ order, processingTerminalId }: Sale, { reference }: Order, ownTerminalId: string): boolean {
  return (processingTerminalId ?? ownTerminalId) === ownTerminalId && (order.orderId ?? reference) === reference;
}

function matchesPrice({ order, transactionResult: result }: Sale, { amount, currency }: Order): boolean {
  const matchesCurrency = (one = currency) => one === currency;
  // For a partial approval, Payroc may repeat the order with the approved amount.
  const matchesAmount = result.responseCode === 'P' || (order.amount ?? amount) === amount;
  return matchesAmount && matchesCurrency(order.currency) && matchesCurrency(result.currency);
}
