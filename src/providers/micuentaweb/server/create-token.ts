import * as z from 'zod/mini';
import { check } from '../../../server/check.js';
import type { Order } from '../../../server/order.js';
import { Problem } from '../../../server/problem.js';
import type { InputContext, ServerContext, ServerToken } from '../../../server/provider.js';
import { tokenLifetime } from '../contract.js';
import type { Account } from './account.js';
import { buildCustomer } from './build-customer.js';
import { callApi, nameCall } from './call-api.js';
import { describeTokenNumbers } from './describe-payment.js';

const operation = 'Charge/CreatePayment';

/** The fields that this package sets. `orderId` is the hosted form's, with the characters of the documentation's samples. */
const paymentBody = z.lazy(() =>
  z.looseObject({
    amount: z.int().check(z.nonnegative()),
    currency: z.string().check(z.regex(/^[A-Z]{3}$/)),
    orderId: z.string().check(z.regex(/^[A-Za-z0-9_-]{1,63}$/, 'should have 1 to 63 letters, digits, - and _ (`reference` of the order)')),
    formAction: z.enum(
      ['PAYMENT', 'REGISTER', 'REGISTER_PAY', 'ASK_REGISTER_PAY'],
      'should be an action that opens a form and takes the price',
    ),
    metadata: z.optional(z.record(z.string(), z.unknown())),
  }),
);

const formAnswer = z.lazy(() => z.object({ formToken: z.string().check(z.minLength(1)) }));

/**
 * Requests a form token (`POST V4/Charge/CreatePayment`). A repeated request creates a second token for the order, and moves no money.
 *
 * @throws {Problem} `order` if Lyra does not take a value of the order, `upstream-…`
 */
export async function createToken(account: Account, context: ServerContext): Promise<ServerToken> {
  const body = await buildBody(account, context);
  const startedAt = Date.now();
  const { formToken } = await callApi(account, context, { operation, bodySchema: paymentBody, body, answerSchema: formAnswer });
  // The answer names no expiry, and the token may have aged since the request began.
  const expiresIn = tokenLifetime - Math.ceil((Date.now() - startedAt) / 1000);
  const config = { publicKey: account.publicKey, ...(account.form && { form: account.form }) };
  return { token: formToken, expiresIn, config, numbers: describeTokenNumbers(context.order) };
}

async function buildBody(account: Account, { order, reportInput }: InputContext): Promise<unknown> {
  const { transactionOptions, customer, ...extra } = { ...order.extra };
  const built = order.buyer && (await buildCustomer(account, order.buyer, reportInput));
  const options = mergeObjects(transactionOptions, { cardOptions: buildCardOptions(account, order, transactionOptions) });
  const body = {
    ...(account.paymentMethods && { paymentMethods: account.paymentMethods }),
    ...(account.notificationUrl && { ipnTargetUrl: account.notificationUrl }),
    formAction: order.save ? 'ASK_REGISTER_PAY' : 'PAYMENT',
    ...extra,
    ...(order.save === 'only' && { formAction: 'REGISTER' }),
    ...((built ?? customer) !== undefined && { customer: mergeObjects(customer, built) }),
    transactionOptions: options,
    ...{ amount: order.save === 'only' ? 0 : order.amount, currency: order.currency, orderId: order.reference },
  };
  requireStableMetadata(body);
  return check('order', paymentBody, body, nameCall(operation));
}

/** Builds `transactionOptions.cardOptions`. A hold is a payment that the merchant validates. */
function buildCardOptions({ retries }: Account, { capture }: Order, transactionOptions: unknown): object {
  const { cardOptions } = mergeObjects(transactionOptions, undefined) as { cardOptions?: unknown };
  return {
    ...(retries !== undefined && { retry: retries }),
    ...mergeObjects(cardOptions, undefined),
    // Without it, the shop's own setting could hold a payment that the merchant takes for charged, or charge a hold.
    manualValidation: capture === 'later' ? 'YES' : 'NO',
  };
}

function mergeObjects(given: unknown, own: object | undefined): object {
  return { ...(given as object | undefined), ...own };
}

/** The browser re-serialises the answer, which moves integer keys to the front and so breaks Lyra's signature. */
function requireStableMetadata(body: object): void {
  const { metadata } = body as { metadata?: unknown };
  if (Object.keys({ ...(metadata as object | undefined) }).some((key) => /^\d+$/.test(key)))
    throw new Problem('order', 'The order: `extra.metadata` should have no keys of digits only, but has one. Begin the key with a letter.');
}
