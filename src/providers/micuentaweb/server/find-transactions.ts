import * as z from 'zod/mini';
import { Problem } from '../../../server/problem.js';
import type { PaymentContext } from '../../../server/operations/provider-operations.js';
import type { ServerContext } from '../../../server/provider.js';
import type { Account } from './account.js';
import { callApi } from './call-api.js';
import { noOperationsCode, notFoundCode } from './error-codes.js';
import { identifyAttempt } from './identify-attempt.js';
import { orderTransactions, transactionSchema, type Transaction } from './transaction.js';

const orderBody = z.lazy(() => z.object({ orderId: z.string(), operationType: z.enum(['DEBIT', 'CREDIT']) }));
const transactionBody = z.lazy(() => z.object({ uuid: z.string().check(z.minLength(1)) }));

/** What a call for the transactions of an order needs. */
type OrderContext = Pick<ServerContext, 'order' | 'send'>;

/**
 * Requests all attempts to pay an order, refused ones too, or all its refunds (`Order/Get`). Those that name another order, shop or
 * environment are left out.
 *
 * @throws {Problem} `upstream-…`
 */
export async function listTransactions(
  account: Account,
  context: OrderContext,
  operationType: 'DEBIT' | 'CREDIT',
): Promise<readonly Transaction[]> {
  const body = { orderId: context.order.reference, operationType };
  const call = { operation: 'Order/Get', bodySchema: orderBody, body, answerSchema: orderTransactions } as const;
  const listed = await ignoreUnknown(callApi(account, context, call));
  return (listed?.transactions ?? []).filter(
    (one) => isOfType(one, operationType) && identifyTransaction(one, account, context) !== 'foreign',
  );
}

/** Like `listTransactions`. Returns `undefined` for a shop without REST operations (`PSP_100`). */
export function listIfAllowed(...query: Parameters<typeof listTransactions>): Promise<readonly Transaction[] | undefined> {
  return ignoreCode(noOperationsCode, listTransactions(...query));
}

/**
 * Requests the payment with this `uuid` (`Transaction/Get`).
 *
 * @throws {Problem} `upstream-answer` if Lyra answers with another transaction, `upstream-…`
 */
export async function fetchTransaction(account: Account, context: PaymentContext, uuid: string): Promise<Transaction> {
  const call = { operation: 'Transaction/Get', bodySchema: transactionBody, body: { uuid }, answerSchema: transactionSchema } as const;
  const found = await callApi(account, context, call);
  if (found.uuid === uuid) return found;
  throw new Problem(
    'upstream-answer',
    'The answer to Lyra POST V4/Transaction/Get should have the uuid of the request, but has another one.',
  );
}

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
  const [debits, credits] = await Promise.all([listTransactions(account, context, 'DEBIT'), listTransactions(account, context, 'CREDIT')]);
  if (id === undefined || debits.some(({ uuid }) => uuid === id)) return { debits, credits };
  // The transaction of a saved card is no DEBIT, so that `Order/Get` does not list it.
  const found = await ignoreUnknown(fetchTransaction(account, context, id));
  return { debits: found ? [...debits, found] : debits, credits };
}

/** A refund that names no type counts, so that nothing is returned twice. */
function isOfType({ operationType }: Transaction, requested: 'DEBIT' | 'CREDIT'): boolean {
  return requested === 'CREDIT' ? (operationType ?? 'CREDIT') === 'CREDIT' : operationType !== 'CREDIT';
}

function identifyTransaction(transaction: Transaction, account: Account, { order }: OrderContext) {
  return identifyAttempt({ shopId: transaction.shopId, details: transaction.orderDetails }, account, order);
}

/** Returns `undefined` if Lyra knows no such order or transaction (expected for an order without any). */
function ignoreUnknown<T>(work: Promise<T>): Promise<T | undefined> {
  return ignoreCode(notFoundCode, work);
}

async function ignoreCode<T>(code: string, work: Promise<T>): Promise<T | undefined> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof Problem && error.reason === code) return undefined;
    throw error;
  }
}
