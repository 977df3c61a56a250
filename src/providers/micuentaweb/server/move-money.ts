import * as z from 'zod/mini';
import { Problem } from '../../../server/problem.js';
import type { MoneyMove } from '../../../server/operations/money-move.js';
import type { MoveResult, PaymentContext } from '../../../server/operations/provider-operations.js';
import type { Account } from './account.js';
import { callApi } from './call-api.js';
import { explainRefusal } from './explain-refusal.js';
import { fetchTransaction } from './find-transactions.js';
import { decideCreditState } from './list-credits.js';
import type { MoveCall } from './plan-moves.js';
import { readStage } from './stages.js';
import { transactionSchema, type Transaction } from './transaction.js';

/** Milliseconds. Lyra waits for the bank. */
const moneyTimeout = 25_000;

const unknownAmount =
  'The answer to Lyra POST V4/Transaction/Get should have an amount in the currency of the payment, but has none. Cancel it in the Back Office.';

/** A validation has the uuid only. */
const moveBody = z.lazy(() =>
  z.object({
    uuid: z.string().check(z.minLength(1)),
    amount: z.optional(z.int()),
    currency: z.optional(z.string()),
    resolutionMode: z.optional(z.enum(['CANCELLATION_ONLY', 'REFUND_ONLY'])),
  }),
);

/**
 * Sends a refund, cancellation or validation, once. Lyra has no idempotency key.
 *
 * @throws {OperationRefused} `state` if Lyra says that the payment cannot be changed so
 * @throws {Problem} `upstream-…`
 */
export async function moveMoney(account: Account, context: PaymentContext, move: MoneyMove): Promise<MoveResult> {
  const uuid = String(context.payment.id);
  try {
    return await senders[move.call as MoveCall]({ account, context, move, uuid });
  } catch (error) {
    throw explainRefusal(error, move.kind);
  }
}

interface MoveRequest {
  readonly account: Account;
  readonly context: PaymentContext;
  readonly move: MoneyMove;
  /** The transaction that is returned or captured. */
  readonly uuid: string;
}

const senders: Readonly<Record<MoveCall, (request: MoveRequest) => Promise<MoveResult>>> = {
  async cancel(request) {
    const { account, context, uuid } = request;
    // The call needs the amount of the transaction, which installments may have raised. A part would only lower it.
    const { amount, currency } = await fetchTransaction(account, context, uuid);
    if (amount === undefined || currency !== context.order.currency) throw new Problem('upstream-answer', unknownAmount);
    const answer = await send(request, 'CancelOrRefund', { uuid, amount, currency, resolutionMode: 'CANCELLATION_ONLY' });
    return { state: answer.uuid === uuid && readStage(answer) === 'cancelled' ? 'done' : 'asked' };
  },
  async refund(request) {
    const { context, move, uuid } = request;
    const { currency } = context.order;
    const body = { uuid, amount: move.amount, currency, resolutionMode: 'REFUND_ONLY' };
    return readRefund(await send(request, 'CancelOrRefund', body), request);
  },
  async validate(request) {
    const { uuid } = request;
    const answer = await send(request, 'Validate', { uuid });
    const isDone = answer.uuid === uuid && ['authorised', 'captured'].includes(readStage(answer));
    return { state: isDone ? 'done' : 'asked' };
  },
};

function send({ account, context }: MoveRequest, call: 'CancelOrRefund' | 'Validate', body: object): Promise<Transaction> {
  return callApi(account, context, {
    ...{ operation: `Transaction/${call}` as const, bodySchema: moveBody, body, answerSchema: transactionSchema },
    ...{ money: 'once', timeout: moneyTimeout },
  });
}

/** Reads the answer to a refund. Lyra records a refund as a new CREDIT transaction. After any other answer, the refund stays `asked`. */
function readRefund(answer: Transaction, { context, move, uuid }: MoveRequest): MoveResult {
  const { uuid: id, operationType, amount, currency, transactionDetails } = answer;
  const isOwn = (transactionDetails?.parentTransactionUuid ?? uuid) === uuid && id !== uuid;
  const isExpected = operationType === 'CREDIT' && amount === move.amount && currency === context.order.currency;
  if (!isOwn || !isExpected) return { state: 'asked' };
  return { state: decideCreditState(answer), ...(id !== undefined && { id }) };
}
