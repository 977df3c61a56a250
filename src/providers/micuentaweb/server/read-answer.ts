import * as z from 'zod/mini';
import { orderDetailsSchema, text, transactionSchema, optionalObject, type OrderDetails, type Transaction } from './transaction.js';

/** What Lyra signs about an order (type `V4/Payment`). A field of an unknown shape is absent. */
export type SignedAnswer = z.infer<typeof answerSchema>;

/** One transaction, with what Lyra says about its order and its shop. */
export interface Attempt {
  readonly transaction: Transaction;
  readonly shopId?: string | undefined;
  readonly details?: OrderDetails | undefined;
  readonly orderStatus?: string | undefined;
  /** The reference of the customer to whom Lyra links a stored card. Only a signed answer has it. */
  readonly customer?: string | undefined;
}

const answerSchema = z.lazy(() =>
  z.object({
    ...{ shopId: text(), orderCycle: text(), orderStatus: text() },
    orderDetails: z.catch(z.optional(orderDetailsSchema), undefined),
    customer: optionalObject({ reference: text() }),
    transactions: z.array(transactionSchema),
  }),
);

/** Parses the text of a signed answer. Returns `undefined` for a text of another shape. */
export function parseAnswer(json: string): SignedAnswer | undefined {
  return answerSchema.safeParse(parseJson(json)).data;
}

function parseJson(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}

/** Lists the attempts to pay of a signed answer. A refund is none. A transaction must not name another shop than its answer. */
export function listSignedAttempts({ shopId, orderDetails, orderStatus, customer, transactions }: SignedAnswer): readonly Attempt[] {
  const order = { details: orderDetails, orderStatus: orderStatus ?? '', customer: customer?.reference };
  return transactions.filter(isAttempt).map((transaction) => ({ transaction, shopId: pickShop(shopId, transaction), ...order }));
}

/** Lists the attempts of an answer to a query, where each transaction names its own order. */
export function listQueriedAttempts(transactions: readonly Transaction[]): readonly Attempt[] {
  return transactions
    .filter(isAttempt)
    .map((transaction) => ({ transaction, shopId: transaction.shopId, details: transaction.orderDetails }));
}

function isAttempt({ operationType }: Transaction): boolean {
  return operationType !== 'CREDIT';
}

/** Returns `undefined`, which is not the merchant's shop, if the two names differ. */
function pickShop(shopId: string | undefined, transaction: Transaction): string | undefined {
  return (transaction.shopId ?? shopId) === shopId ? shopId : undefined;
}
