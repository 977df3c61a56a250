import * as z from 'zod/mini';
import { parse } from '../../schema.js';
import { text } from '../../shape.js';
import { check } from '../../server/check.js';
import type { Order } from '../../server/order.js';
import { Problem } from '../../server/problem.js';
import type { ServerContext, ServerProvider, VerifyContext } from '../../server/provider.js';
import type { ConfirmedOutcome } from '../../wire.js';
import { audience, bearerGrant, chargeCall, given, nonceCall, type Account, type Charge } from './server-calls.js';
import { hosts, nonceLifetime, outcomeOfState, type PaymeEnvironment } from './contract.js';
import { createOperationNumber, isOperationOf } from './server-operation-number.js';
import { currencyCode, payloadOf } from './server-payload.js';

/** A merchant's account at Pay-me. Never shown to a browser, but for the merchant code. */
export interface PaymeOptions {
  readonly clientId: string;
  readonly clientSecret: string;
  readonly merchantCode: string;
  /** Where Pay-me gave you another one than its documentation: the base URL that bearers and nonces are made for. */
  readonly audience?: string;
}

const optionsShape = z.lazy(() =>
  z.object({
    clientId: text(),
    clientSecret: text(),
    merchantCode: text(),
    audience: z.optional(audience()),
  }),
);

/** What the form reported, as far as it is believed: enough to ask Pay-me itself. */
const reported = z.lazy(() =>
  z.object({
    merchant_operation_number: z.string().check(z.regex(/^\d{6,12}$/, 'should be 6 to 12 digits')),
    // It becomes a part of a path, where `..` would be a way up.
    transaction: z.object({ transaction_id: z.string().check(z.regex(/^\w[\w.-]{0,63}$/, 'should be a transaction id')) }),
  }),
);

/**
 * Pay-me Flex for `createPayEndpoints`.
 *
 * @throws {Error} that names the option which is missing or empty
 */
export function payme(options: PaymeOptions): ServerProvider {
  const credentials = parse(optionsShape, options, 'payme()');
  const accountIn = (context: ServerContext): Account => {
    const environment = context.environment as PaymeEnvironment;
    return { ...credentials, environment, audience: credentials.audience ?? hosts[environment].audience };
  };
  return {
    name: 'payme',
    environments: Object.keys(hosts) as PaymeEnvironment[],
    createToken: (context) => createToken(accountIn(context), context),
    verify: (context) => verify(accountIn(context), context),
  };
}

async function createToken(account: Account, { order, send, withBearer }: ServerContext) {
  const operation = await createOperationNumber(account.clientSecret, order.reference);
  const payload = payloadOf(order, account.merchantCode, operation);
  const answer = await withBearer(bearerGrant(account), (bearer) => send(nonceCall(account, bearer)));
  const expiresIn = Number(answer.expires_in);
  return {
    token: given('Pay-me POST /nonce', answer.success, answer.nonce),
    expiresIn: Number.isFinite(expiresIn) ? expiresIn : nonceLifetime,
    config: { payload },
  };
}

async function verify(account: Account, { order, result, send, withBearer }: VerifyContext): Promise<ConfirmedOutcome> {
  const { merchant_operation_number: operation, transaction } = check('request', reported, result.raw, 'The body: `result.raw`');
  const id = transaction.transaction_id;
  // A number that we did not make for this order is somebody else's payment, whatever Pay-me says of it; or ours, from before a
  // secret was changed. So it is neither paid nor declined, and tells nobody who guesses numbers whether one fits.
  if (!(await isOperationOf(operation, account.clientSecret, order.reference))) return 'pending';
  const ask = (bearer: string) => send(chargeCall(account, operation, id, bearer));
  const charge = await withBearer(bearerGrant(account), ask).catch(unlessAbsent);
  return charge ? outcomeOf(charge, id, { order, operation, merchantCode: account.merchantCode }) : 'pending';
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

function outcomeOf({ merchant_code: merchant, operation }: Charge, id: string, expected: Expected): ConfirmedOutcome {
  const transaction = operation.transactions.find(({ transaction_id }) => String(transaction_id) === id);
  const amounts = [operation, ...(transaction ? [transaction] : [])];
  const ours =
    merchant === expected.merchantCode &&
    String(operation.merchant_operation_number) === expected.operation &&
    amounts.every((money) => isPriceOf(expected.order, money));
  const outcome = isSettled(transaction?.state) ? 'succeeded' : outcomeOfState(transaction?.state);
  if (outcome !== 'succeeded') return outcome;
  // Money has moved, but not what the merchant's record says: a person must look, and nobody may be told to pay again.
  return ours ? 'paid' : 'pending';
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
