import * as z from 'zod/mini';
import type { MoneyMove } from '../../../server/operations/money-move.js';
import type { MoneyOperation, MoveResult, OperationContext } from '../../../server/operations/provider-operations.js';
import { Problem } from '../../../server/problem.js';
import type { ProviderContext } from '../../../server/provider.js';
import type { UpstreamCall } from '../../../server/upstream.js';
import { apiVersion, hosts } from '../contract.js';
import { cancelScope, createBearerGrant, type Account } from './calls.js';
import { isCancelled, isCancelledState, readStage, type ChargeStage } from './charge-stage.js';
import { fetchCharge } from './fetch-charge.js';
import { requireNumbers } from './payment-numbers.js';
import { cancelRule, otherWay, refundableMethods, refundRule, requireMethod, reversibleMethods } from './payment-methods.js';
import type { PaymeRecord } from './query-charge.js';
import { readCharge, type ReadCharge } from './read-charge.js';
import type { ChargeNumbers } from './reported-charge.js';
import { refuse, requireClearStage } from './require-stage.js';

/** `reverse`: of a charge that is not settled. `cancel`: of an unpaid operation. Both are `DELETE /charges`. `none`: it was cancelled before. */
type CancelCall = 'reverse' | 'cancel' | 'none';

/** Creates the operation that returns a whole payment before it is settled, or ends a pending one. */
export function createCancel(createAccount: (context: ProviderContext) => Account): MoneyOperation<PaymeRecord> {
  return {
    plan: planCancel,
    send: (context, move) => sendCancel(createAccount(context), context, move),
    // Repeated calls cannot return more than the whole operation, which is what the first one was for.
    repeatableFor: Infinity,
  };
}

function planCancel(record: PaymeRecord, _amount: number, moves: readonly MoneyMove[]): CancelCall {
  const stage = requireClearStage('cancel', record);
  if (record.isCancelled) return 'none';
  if (stage === 'settled') {
    requireMethod('cancel', record, refundRule);
    throw refuse(
      'cancel',
      'Pay-me has settled this payment, and reverses only before. Call `pay.refund()`, which returns the whole or a part.',
    );
  }
  if (stage !== 'authorized') {
    // A transaction that has ended says nothing of the method of the next one.
    if (stage === 'pending') requireMethod('cancel', record, cancelRule);
    return 'cancel';
  }
  requireReversible(record, moves);
  return 'reverse';
}

function requireReversible(record: PaymeRecord, moves: readonly MoneyMove[]): void {
  const isRefundable = refundableMethods.some((one) => one === record.method);
  const instead = isRefundable ? 'Once it is settled, call `pay.refund()`.' : otherWay;
  requireMethod('cancel', record, { does: 'reverses only paid payments', by: reversibleMethods, instead });
  // `DELETE` returns the whole operation, so what was refunded before would go back twice.
  if (record.refunds.some(({ state }) => state !== 'rejected'))
    throw refuse('cancel', 'Pay-me lists a refund of this payment, and a reversal would return the whole amount. Look it up in its panel.');
  // The list may be late, or may be refused.
  if (moves.some(({ kind, state }) => kind === 'refund' && state !== 'rejected'))
    throw refuse(
      'cancel',
      "a refund of this payment was sent, and a reversal would return the whole amount. Look it up in Pay-me's panel.",
    );
}

async function sendCancel(account: Account, context: OperationContext, { call }: MoneyMove): Promise<MoveResult> {
  if (call === 'none') return { state: 'done' };
  const numbers = requireNumbers(context.payment);
  const answer = await deleteCharge(account, numbers, context);
  // A pending payment may have been paid at the same moment, so only a later query says how it ended.
  if (call === 'reverse' && hasEnded(answer, numbers)) return { state: 'done' };
  const read = await fetchRead(account, numbers, context);
  if (read && isCancelled(read)) return { state: 'done' };
  // The answer of an older page of the documentation says nothing, and the record may be late.
  if (answer && (!answer.operation || isCancelledState(answer.operation.state))) return { state: 'asked' };
  const stage = read && readStage(read);
  // The call is synchronous (documentation), so a payment that is still there was not cancelled.
  if (stage && hasNextStep(stage)) throw refuse('cancel', `Pay-me answered, but did not cancel the payment. ${nextSteps[stage]}`);
  return { state: 'asked' };
}

const nextSteps = {
  pending: 'It is still pending. Try again later.',
  open: 'The shopper can still pay it. Try again later.',
  authorized: 'It is still `AUTORIZADO`. Try again, or call `pay.refund()` once Pay-me has settled it.',
  settled: 'It is settled by now. Call `pay.refund()`.',
  declined: 'It was declined or has expired, so there is nothing to return.',
} as const satisfies Partial<Record<ChargeStage, string>>;

function hasNextStep(stage: ChargeStage): stage is keyof typeof nextSteps {
  return stage in nextSteps;
}

/** Returns `undefined` if Pay-me could not be asked: money may have moved, so that is no failure of the call before. */
async function fetchRead(account: Account, numbers: ChargeNumbers, context: OperationContext): Promise<ReadCharge | undefined> {
  try {
    return readCharge(await fetchCharge(account, numbers, context), numbers);
  } catch {
    return undefined;
  }
}

/** The operation may be missing, and lists only the transactions that could be cancelled (documentation, "Extornar o cancelar"). */
const cancelAnswer = z.lazy(() =>
  z.looseObject({
    operation: z.nullish(
      z.looseObject({
        state: z.optional(z.unknown()),
        transactions: z.nullish(
          z.array(z.looseObject({ transaction_id: z.union([z.string(), z.number()]), state: z.optional(z.unknown()) })),
        ),
      }),
    ),
  }),
);
type CancelAnswer = z.infer<typeof cancelAnswer>;

/** Whether the answer says that the operation was cancelled with its transaction. A 200 alone says nothing. */
function hasEnded(answer: CancelAnswer | undefined, { transactionId }: ChargeNumbers): boolean {
  const { state, transactions } = answer?.operation ?? {};
  const transaction = transactions?.find((one) => String(one.transaction_id) === transactionId);
  return isCancelledState(state) && isCancelledState(transaction?.state);
}

/** Returns `undefined` if Pay-me refuses the call, as it may for an operation that has ended already. */
function deleteCharge(account: Account, numbers: ChargeNumbers, { send, withBearer }: ProviderContext): Promise<CancelAnswer | undefined> {
  return withBearer(createBearerGrant(account, cancelScope), async (bearer) => {
    try {
      return await send(createCancelCall(account, numbers, bearer));
    } catch (error) {
      if (error instanceof Problem && error.kind === 'upstream-request' && error.hasNoEffect) return undefined;
      throw error;
    }
  });
}

/** Creates the call `DELETE /charges/{merchant_code}/{merchant_operation_number}`, which acts on the whole operation. */
function createCancelCall(
  { environment, merchantCode }: Account,
  { operation }: ChargeNumbers,
  bearer: string,
): UpstreamCall<CancelAnswer> {
  return {
    name: 'Pay-me DELETE /charges',
    method: 'DELETE',
    url: `${hosts[environment].api}/charges/${encodeURIComponent(merchantCode)}/${operation}`,
    headers: { 'Content-Type': 'application/json', 'ALG-API-VERSION': apiVersion, Authorization: `Bearer ${bearer}` },
    responseSchema: cancelAnswer,
    timeout: 15_000,
    money: 'repeatable',
  };
}
