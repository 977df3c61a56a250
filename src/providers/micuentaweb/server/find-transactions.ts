import * as z from 'zod/mini';
import { Problem } from '../../../server/problem.js';
import type { PaymentContext } from '../../../server/operations/provider-operations.js';
import type { Account } from './account.js';
import { callApi } from './call-api.js';
import { notFoundCode } from './error-codes.js';
import { orderTransactions, transactionSchema, type Transaction } from './transaction.js';

const orderBody = z.lazy(() => z.object({ orderId: z.string(), operationType: z.enum(['DEBIT', 'CREDIT']) }));
const transactionBody = z.lazy(() => z.object({ uuid: z.string().check(z.minLength(1)) }));

/** The transactions of one order. */
export interface FoundTransactions {
  /** Every attempt to pay, refused ones too. */
  readonly debits: readonly Transaction[];
  readonly credits: readonly Transaction[];
}

/**
 * Requests all transactions of an order, and the payment itself if its order does not list it.
 *
 * @throws {Problem} `upstream-…`
 */
export async function findTransactions(account: Account, context: PaymentContext): Promise<FoundTransactions> {
  const { id } = context.payment;
  const [debits, credits] = await Promise.all([listOrder(account, context, 'DEBIT'), listOrder(account, context, 'CREDIT')]);
  if (id === undefined || debits.some(({ uuid }) => uuid === id)) return { debits, credits };
  const found = await ignoreUnknown(fetchTransaction(account, context, id));
  // The transaction of a saved card is no DEBIT, so that `Order/Get` does not list it.
  return { debits: found ? [...debits, found] : debits, credits };
}

/** Requests one transaction (`Transaction/Get`). */
export function fetchTransaction(account: Account, context: PaymentContext, uuid: string): Promise<Transaction> {
  const call = { operation: 'Transaction/Get', bodySchema: transactionBody, body: { uuid }, answerSchema: transactionSchema } as const;
  return callApi(account, context, call);
}

async function listOrder(account: Account, context: PaymentContext, operationType: 'DEBIT' | 'CREDIT') {
  const body = { orderId: context.order.reference, operationType };
  const listed = await ignoreUnknown(
    callApi(account, context, { operation: 'Order/Get', bodySchema: orderBody, body, answerSchema: orderTransactions }),
  );
  return listed?.transactions ?? [];
}

/** Returns `undefined` if Lyra knows no such order or transaction (expected for an order without any). */
async function ignoreUnknown<T>(work: Promise<T>): Promise<T | undefined> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof Problem && error.reason === notFoundCode) return undefined;
    throw error;
  }
}
