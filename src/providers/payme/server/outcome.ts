import * as z from 'zod/mini';
import { check } from '../../../server/check.js';
import type { Order } from '../../../server/order.js';
import { Problem } from '../../../server/problem.js';
import type { ProviderContext, Verdict, VerifyContext } from '../../../server/provider.js';
import { readTransactionState } from '../contract.js';
import { bearerGrant, chargeCall, type Account, type Charge } from './calls.js';
import { isOperationOf } from './operation-number.js';
import { currencyCode } from './payload.js';

/** What the form reported, as far as it is believed: enough to ask Pay-me itself. */
export const reported = z.lazy(() =>
  z.object({
    merchant_operation_number: z.string().check(z.regex(/^\d{6,12}$/, 'should be 6 to 12 digits')),
    // It becomes a part of a path, where `..` would be a way up.
    transaction: z.object({
      transaction_id: z.string().check(z.regex(/^\w[\w.-]{0,63}$/, 'should be a transaction id')),
      additional_fields: z.optional(z.unknown()),
    }),
  }),
);

/** *Paid* only if Pay-me itself says so, of a payment that was made for this order, and of its price. */
export async function verify(account: Account, context: VerifyContext): Promise<Verdict> {
  const { order, result } = context;
  const { merchant_operation_number: operation, transaction } = check('request', reported, result.raw, 'The body: `result.raw`');
  const id = transaction.transaction_id;
  // A number that we did not make for this order is somebody else's payment, whatever Pay-me says of it; or ours, from before a
  // secret was changed. Pay-me is not asked, so that nobody who guesses numbers learns whether one fits.
  if (!(await isOperationOf(operation, account.clientSecret, order.reference))) return { outcome: 'forged', reason: 'order' };
  const charge = await findCharge(account, operation, id, context);
  return charge ? verdictOn(charge, id, { order, operation, merchantCode: account.merchantCode }) : { outcome: 'pending' };
}

/** What Pay-me itself knows of it; nothing where it does not know it yet. */
export async function findCharge(
  account: Account,
  operation: string,
  id: string,
  { send, withBearer }: ProviderContext,
): Promise<Charge | undefined> {
  return withBearer(bearerGrant(account), (bearer) => send(chargeCall(account, operation, id, bearer))).catch(unlessAbsent);
}

/** Pay-me may not know it yet. Not *declined*: nobody may be told to pay again while money may have moved. */
function unlessAbsent(error: unknown): undefined {
  if (!(error instanceof Problem && error.kind === 'upstream-absent')) throw error;
}

interface Expected {
  readonly order: Order;
  readonly operation: string;
  readonly merchantCode: string;
}

export function transactionIn({ operation }: Charge, id: string) {
  return operation.transactions.find(({ transaction_id }) => String(transaction_id) === id);
}

function verdictOn(charge: Charge, id: string, { order, operation, merchantCode }: Expected): Verdict {
  const transaction = transactionIn(charge, id);
  if (!transaction) return { outcome: 'pending' };
  const outcome = isSettled(transaction.state) ? 'succeeded' : readTransactionState(transaction.state);
  if (outcome !== 'succeeded') return { outcome, reference: id };
  const isOurs = charge.merchant_code === merchantCode && String(charge.operation.merchant_operation_number) === operation;
  if (!isOurs) return { outcome: 'forged', reason: 'order', reference: id };
  // Money has moved, but perhaps not what the merchant's record says: a form has its price from the page.
  const isPrice = [charge.operation, transaction].every((money) => isPriceOf(order, money));
  return { ...(isPrice ? { outcome: 'paid' } : { outcome: 'forged', reason: 'price' }), reference: id };
}

/** The form reports no such state, but a question that comes a day later may find the money on its way to the merchant. */
function isSettled(state: string | undefined): boolean {
  return state === 'LIQUIDADO' || state === 'DEPOSITADO';
}

interface Money {
  readonly amount?: number | string | null;
  readonly currency?: number | string | null;
}

/** Whether what is said of the money is right. A transaction need not repeat what its operation says. */
function isPriceOf(order: Order, { amount, currency }: Money): boolean {
  return Number(amount ?? order.amount) === order.amount && Number(currency ?? currencyCode(order)) === Number(currencyCode(order));
}
