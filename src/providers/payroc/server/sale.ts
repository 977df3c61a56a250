import * as z from 'zod/mini';
import type { Order } from '../../../server/order.js';
import type { UpstreamCall } from '../../../server/upstream.js';
import { bankTimeout, createPost, type Account, type CallAuth } from './calls.js';
import type { PaymentSource } from './payment-source.js';

const text = () => z.nullish(z.string());
/** For a field that decides no outcome: a value of another type counts as missing. */
export const looseText = () => z.catch(z.optional(z.string()), undefined);
const secureToken = () => z.catch(z.optional(z.object({ token: z.string(), secureTokenId: looseText(), status: looseText() })), undefined);
const instructions = () => z.catch(z.optional(z.object({ sequence: looseText() })), undefined);
const saleOrder = () =>
  z.object({
    orderId: text(),
    amount: z.nullish(z.int()),
    currency: text(),
    dateTime: looseText(),
    standingInstructions: instructions(),
  });

/** The fields that we read in a payment of Payroc, by card or bank transfer. */
export const saleResponse = z.lazy(() =>
  z.object({
    paymentId: text(),
    processingTerminalId: text(),
    order: saleOrder(),
    card: z.catch(z.optional(z.object({ type: looseText(), cardNumber: looseText(), secureToken: secureToken() })), undefined),
    bankAccount: z.catch(z.optional(z.object({ accountNumber: looseText(), secureToken: secureToken() })), undefined),
    refunds: z.nullish(
      z.array(z.object({ refundId: looseText(), dateTime: looseText(), amount: z.nullish(z.int()), status: text(), responseCode: text() })),
    ),
    // What may be done with a card payment now. A bank transfer has none.
    supportedOperations: z.catch(z.optional(z.array(z.string())), undefined),
    // Payroc may omit the whole object, or its code, for a bank transfer.
    transactionResult: z.nullish(
      z.object({
        type: text(),
        status: z.string(),
        responseCode: text(),
        authorizedAmount: z.nullish(z.int()),
        currency: text(),
        approvalCode: looseText(),
        cardSchemeReferenceId: looseText(),
      }),
    ),
  }),
);

export type Sale = z.infer<typeof saleResponse>;

/** A sale of an order, as it was sent to Payroc. */
export interface SaleTerms {
  readonly account: Account;
  readonly order: Order;
  /** `order.orderId` of the sale. */
  readonly orderId: string;
  /** Whether it was sent as a pre-authorization. */
  readonly isHoldRequested: boolean;
}

/** Creates the sale of an order: `POST /payments`, or `POST /bank-transfer-payments` for ACH and PAD. */
export function createSaleCall(terms: SaleTerms, source: PaymentSource, pass: CallAuth): UpstreamCall<Sale> {
  const path = chooseSalesPath(terms.account);
  const body = buildSaleBody(terms, source);
  return {
    ...createPost(terms.account, pass, { name: `Payroc POST /${path}`, path, body, responseSchema: saleResponse }),
    timeout: bankTimeout,
  };
}

export function chooseSalesPath({ form }: Account): string {
  return form === 'card' ? 'payments' : 'bank-transfer-payments';
}

/** Builds the body. The merchant's `extra` cannot replace the price, the terminal or the source of the money. */
function buildSaleBody({ account, order, orderId }: SaleTerms, source: PaymentSource) {
  const { processingTerminalId, form, secCode } = account;
  const { amount, currency, extra = {} } = order;
  return {
    ...extra,
    ...buildHold(account, order),
    ...(source.canBeSaved && order.save === true && { credentialOnFile: { ...(extra.credentialOnFile as object), tokenize: true } }),
    // Only card payments have a `channel`, and only ACH has a `secCode`.
    ...(form === 'card' && { channel: 'web' }),
    processingTerminalId,
    order: { ...source.order, ...(extra.order as object), orderId, amount, currency },
    paymentMethod: { ...(extra.paymentMethod as object), ...source.paymentMethod, ...(form === 'ach' && { secCode }) },
  };
}

/** `processAsSale` would override `autoCapture` (documentation). */
function buildHold({ form }: Account, { capture, extra = {} }: Order) {
  if (capture !== 'later' || form !== 'card') return {};
  return { autoCapture: false, ...('processAsSale' in extra && { processAsSale: false }) };
}

/** Whether the merchant requests a pre-authorization. A bank transfer is always a charge. */
export function requestsHold({ form }: Account, { capture, extra = {} }: Order): boolean {
  return form === 'card' && (capture === 'later' || (extra.autoCapture === false && extra.processAsSale !== true));
}
