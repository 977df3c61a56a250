import * as z from 'zod/mini';
import { check } from '../../../server/check.js';
import type { Order } from '../../../server/order.js';
import { Problem } from '../../../server/problem.js';
import type { ProviderContext, VerifiedOutcome, VerifyContext } from '../../../server/provider.js';
import { readTransactionState } from '../contract.js';
import { createBearerGrant, createChargeCall, type Account, type Charge } from './calls.js';
import { isOperationNumberFor } from './operation-number.js';
import { toCurrencyCode } from './build-payload.js';

/** The fields that count in the form's report: those that identify the charge at Pay-me. */
export const reportedCharge = z.lazy(() =>
  z.object({
    merchant_operation_number: z.string().check(z.regex(/^\d{6,12}$/, 'should be 6 to 12 digits')),
    // It becomes part of a path, so it must not be `..`.
    transaction: z.object({
      transaction_id: z.string().check(z.regex(/^\w[\w.-]{0,63}$/, 'should be a transaction id')),
      additional_fields: z.optional(z.unknown()),
    }),
  }),
);

/** Requests the outcome from Pay-me. Returns *paid* only if Pay-me itself confirms a payment for this order, at its price. */
export async function verifyCharge(account: Account, context: VerifyContext): Promise<VerifiedOutcome> {
  const { order, result } = context;
  const { merchant_operation_number: operation, transaction } = check('request', reportedCharge, result.raw, 'The body: `result.raw`');
  const id = transaction.transaction_id;
  // Another operation number belongs to another payment, or to this order before the client secret changed. Pay-me is not called,
  // so that a guesser does not learn whether a number fits.
  if (!(await isOperationNumberFor(operation, account.clientSecret, order.reference))) return { outcome: 'forged', reason: 'order' };
  const charge = await fetchCharge(account, operation, id, context);
  return charge ? decideOutcome(charge, id, { order, operation, merchantCode: account.merchantCode }) : { outcome: 'pending' };
}

/** Requests Pay-me's own record of a charge. Returns `undefined` if Pay-me does not know it yet. */
export async function fetchCharge(
  account: Account,
  operation: string,
  id: string,
  { send, withBearer }: ProviderContext,
): Promise<Charge | undefined> {
  return withBearer(createBearerGrant(account), (bearer) => send(createChargeCall(account, operation, id, bearer))).catch(ignoreAbsent);
}

/** Treats an unknown charge as one that Pay-me may know later. It is not *declined*, because money may have moved. */
function ignoreAbsent(error: unknown): undefined {
  if (!(error instanceof Problem && error.kind === 'upstream-absent')) throw error;
}

interface Expected {
  readonly order: Order;
  readonly operation: string;
  readonly merchantCode: string;
}

export function findTransaction({ operation }: Charge, id: string) {
  return operation.transactions.find(({ transaction_id }) => String(transaction_id) === id);
}

function decideOutcome(charge: Charge, id: string, { order, operation, merchantCode }: Expected): VerifiedOutcome {
  const transaction = findTransaction(charge, id);
  if (!transaction) return { outcome: 'pending' };
  const outcome = isSettled(transaction.state) ? 'succeeded' : readTransactionState(transaction.state);
  if (outcome !== 'succeeded') return { outcome, reference: id };
  const isOurs = charge.merchant_code === merchantCode && String(charge.operation.merchant_operation_number) === operation;
  if (!isOurs) return { outcome: 'forged', reason: 'order', reference: id };
  // The form takes its price from the page, so the amount paid may differ from the merchant's record.
  const isPrice = [charge.operation, transaction].every((money) => matchesPrice(order, money));
  return { ...(isPrice ? { outcome: 'paid' } : { outcome: 'forged', reason: 'price' }), reference: id };
}

/** Whether the money is being paid out to the merchant. The form reports no such state, but a request a day later may return one. */
function isSettled(state: string | undefined): boolean {
  return state === 'LIQUIDADO' || state === 'DEPOSITADO';
}

interface Money {
  readonly amount?: number | string | null;
  readonly currency?: number | string | null;
}

/** Whether amount and currency are those of the order. A transaction may omit what its operation already contains. */
function matchesPrice(order: Order, { amount, currency }: Money): boolean {
  return Number(amount ?? order.amount) === order.amount && Number(currency ?? toCurrencyCode(order)) === Number(toCurrencyCode(order));
}
