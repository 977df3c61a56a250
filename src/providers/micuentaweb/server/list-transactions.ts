import * as z from 'zod/mini';
import { Problem } from '../../../server/problem.js';
import type { ServerContext } from '../../../server/provider.js';
import type { Account } from './account.js';
import { callApi } from './call-api.js';
import { noOperationsCode, notFoundCode } from './error-codes.js';
import { orderTransactions, type Transaction } from './transaction.js';

const orderBody = z.lazy(() => z.object({ orderId: z.string(), operationType: z.literal('DEBIT') }));

/**
 * Requests every attempt to pay the order, refused ones too (`Order/Get`).
 *
 * @returns no transactions for an order that Lyra does not know, and `undefined` for a shop without REST operations (`PSP_100`)
 * @throws {Problem} `upstream-…`
 */
export async function listTransactions(account: Account, context: ServerContext): Promise<readonly Transaction[] | undefined> {
  const body = { orderId: context.order.reference, operationType: 'DEBIT' };
  try {
    const call = { operation: 'Order/Get', bodySchema: orderBody, body, answerSchema: orderTransactions } as const;
    return (await callApi(account, context, call)).transactions;
  } catch (error) {
    const code = error instanceof Problem ? error.reason : undefined;
    if (code === notFoundCode) return [];
    if (code === noOperationsCode) return undefined;
    throw error;
  }
}
