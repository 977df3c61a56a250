import * as z from 'zod/mini';
import { nonEmptyString } from '../../../shared/zod-schemas.js';
import { check } from '../../../server/check.js';
import type { MoneyMove } from '../../../server/operations/money-move.js';
import type { MoneyOperation, MoveResult, OperationContext } from '../../../server/operations/provider-operations.js';
import type { Payment } from '../../../server/payment.js';
import type { ProviderContext } from '../../../server/provider.js';
import type { UpstreamCall } from '../../../server/upstream.js';
import { apiVersion, hosts } from '../contract.js';
import { createBearerGrant, type Account } from './calls.js';
import { requireNumbers } from './payment-numbers.js';
import { refundRule, requireMethod, reversibleMethods } from './payment-methods.js';
import type { PaymeRecord } from './query-charge.js';
import { isOfOperation, readKey, readRefundState, refundFields } from './refund-list.js';
import { refuse, requireClearStage } from './require-stage.js';

/** The `type` of `POST /refund`. */
type RefundCall = 'TOTAL' | 'PARTIAL';

/**
 * Creates the operation that returns a settled payment, or a part of it. Pay-me has no idempotency key, so a call whose answer was lost is
 * never repeated: the list of refunds shows by its key whether it arrived.
 */
export function createRefund(createAccount: (context: ProviderContext) => Account): MoneyOperation<PaymeRecord> {
  return { plan: planRefund, send: (context, move) => sendRefund(createAccount(context), context, move) };
}

function planRefund(record: PaymeRecord, amount: number): RefundCall {
  const stage = requireClearStage('refund', record);
  if (stage === 'reversed' || stage === 'cancelled') throw refuse('refund', 'Pay-me has reversed or cancelled this payment already.');
  if (stage === 'pending') throw refuse('refund', 'this payment is pending, so nothing was charged. `pay.cancel()` ends it.');
  if (stage === 'open') throw refuse('refund', 'this payment was declined or cancelled, so nothing was charged. `pay.cancel()` ends it.');
  requireMethod('refund', record, refundRule);
  if (stage === 'authorized') throw refuse('refund', describeUnsettled(record));
  if (record.lacksRefunds)
    throw refuse(
      'refund',
      'Pay-me refuses to list the refunds of this payment (403). Ask Pay-me to allow GET and POST /refund for your client.',
    );
  return amount === record.charged ? 'TOTAL' : 'PARTIAL';
}

/** A reversal returns the whole amount, so it never takes the place of a part. */
function describeUnsettled({ method }: PaymeRecord): string {
  const unsettled = 'Pay-me refunds only settled payments, and this one is `AUTORIZADO`.';
  if (!reversibleMethods.some((one) => one === method)) return `${unsettled} Wait until Pay-me has settled it.`;
  return `${unsettled} To return the whole amount, call \`pay.cancel()\`. For a part, wait until Pay-me has settled it.`;
}

async function sendRefund(account: Account, context: OperationContext, move: MoneyMove): Promise<MoveResult> {
  const { operation } = requireNumbers(context.payment);
  const { operations, meta } = await context.withBearer(createBearerGrant(account), (bearer) =>
    context.send(createRefundCall(account, context, move, bearer)),
  );
  if (!operations?.length) requireNoRefusal(meta);
  // The state of this operation decides, never `success` or `meta` (documentation, "Devoluciones").
  const answer = operations?.find((one) => isOfOperation(one, operation) && (readKey(one.additional_fields) ?? move.key) === move.key);
  const id = answer?.refund_id ?? undefined;
  return { state: readRefundState(answer?.state), ...(id !== undefined && { id: String(id) }) };
}

/** What Pay-me says about a whole request that it does not process (documentation, `meta.status.code`). */
const refusals = new Map<unknown, string>([
  ['05', 'Pay-me does not find the order of this payment (code 05).'],
  ['06', 'Pay-me reports that the data of this refund was not sent correctly (code 06).'],
]);

/** @throws {OperationRefused} `state` */
function requireNoRefusal(meta: unknown): void {
  const { status } = Object(meta) as { status?: unknown };
  const { code } = Object(status) as { code?: unknown };
  const refusal = refusals.get(code);
  if (refusal) throw refuse('refund', `${refusal} Nothing was refunded. Look the payment up in Pay-me's panel, and refund it there.`);
}

const refundBody = z.lazy(() =>
  z.object({
    merchant_code: nonEmptyString(),
    operations: z.array(
      z.object({
        type: z.enum(['TOTAL', 'PARTIAL']),
        merchant_operation_number: nonEmptyString(),
        transaction_id: nonEmptyString(),
        refund_amount: z.string().check(z.regex(/^[1-9]\d*$/, 'should be minor units as a string of digits')),
        additional_fields: z.object({ key: nonEmptyString() }),
      }),
    ),
  }),
);

const refundAnswer = z.lazy(() =>
  z.looseObject({ operations: z.nullish(z.array(z.looseObject(refundFields))), meta: z.optional(z.unknown()) }),
);

/** Creates the call `POST /refund` (documentation, "Devoluciones"). */
function createRefundCall(
  { environment, merchantCode }: Account,
  { payment }: OperationContext,
  move: MoneyMove,
  bearer: string,
): UpstreamCall<z.infer<typeof refundAnswer>> {
  const name = 'Pay-me POST /refund';
  const body = { merchant_code: merchantCode, operations: [buildRefund(payment, move)] };
  return {
    name,
    method: 'POST',
    url: `${hosts[environment].api}/refund`,
    headers: { 'Content-Type': 'application/json', 'ALG-API-VERSION': apiVersion, Authorization: `Bearer ${bearer}` },
    body: check('upstream-request', refundBody, body, name),
    responseSchema: refundAnswer,
    timeout: 15_000,
    money: 'once',
  };
}

function buildRefund(payment: Payment, { call, amount, key }: MoneyMove): object {
  const { operation, transactionId } = requireNumbers(payment);
  return {
    type: call,
    merchant_operation_number: operation,
    transaction_id: transactionId,
    refund_amount: String(amount),
    // Pay-me returns these fields unchanged, so the list of refunds names the merchant's key.
    additional_fields: { key },
  };
}
