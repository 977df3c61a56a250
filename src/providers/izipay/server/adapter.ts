import * as z from 'zod/mini';
import { parse } from '../../../shared/schema.js';
import { callbackUrl } from '../../../server/callback-url.js';
import { check } from '../../../server/check.js';
import type { ServerContext, ServerProvider, ServerToken } from '../../../server/provider.js';
import { hosts, readTokenLifetime, tokenLifetime, type IzipayEnvironment } from '../contract.js';
import { capabilities } from './capabilities.js';
import { findBuyerId } from './buyer-id.js';
import { describeTokenNumbers } from './describe-payment.js';
import { createOperations, type ExperimentalOperations } from './operations.js';
import { stringOfLength, createTokenCall, requireToken, type Account, type IzipayOptions } from './token-call.js';
import { formatAmount, buildConfig } from './build-config.js';
import { receiveNotification } from './notification.js';
import { createOrderNumber } from './order-number.js';
import { outcomeRules } from './outcome-rules.js';
import { findPurpose } from './requested-payment.js';
import { reportedResult } from './signed-result.js';
import { verifyResult } from './verify-result.js';

const hashKey = () => stringOfLength(1, 400);

const optionsShape = z.lazy(() =>
  z.object({
    merchantCode: stringOfLength(1, 15),
    publicKey: stringOfLength(16, 400),
    hashKey: z.union([hashKey(), z.array(hashKey()).check(z.minLength(1, 'should have at least one key'))]),
    keyRSA: stringOfLength(1, 4000),
    buyerKey: z.optional(hashKey()),
    experimental: z.optional(z.boolean()),
    notificationUrl: z.optional(callbackUrl()),
    returnUrl: z.optional(callbackUrl()),
  }),
);

/** Izipay without operations on payments. */
type IzipayProvider = ServerProvider & { readonly operations?: undefined };

type ExperimentalProvider = ServerProvider & ExperimentalOperations;

/**
 * Creates the Izipay web-core provider for `createPayEndpoints`.
 *
 * @throws {Error} names the option that is missing or has the wrong length, without its value
 */
export function izipay(options: IzipayOptions & { readonly experimental: true }): ExperimentalProvider;
export function izipay(options: IzipayOptions & { readonly experimental?: false }): IzipayProvider;
export function izipay(options: IzipayOptions): IzipayProvider | ExperimentalProvider;
export function izipay(options: IzipayOptions): IzipayProvider | ExperimentalProvider {
  const account = createAccount(options);
  const operations = options.experimental ? { operations: createOperations(account) } : {};
  const provider = {
    name: 'izipay',
    environments: Object.keys(hosts) as IzipayEnvironment[],
    createToken: (context) => createToken(account, context),
    verify: async ({ order, result }) =>
      verifyResult(check('request', reportedResult, result.raw, 'The body: `result.raw`'), account, order),
    receive: (context) => receiveNotification(account, context),
    outcomeRules,
    orderFeatures: { hold: true, save: true, saveOnly: true, card: true },
    capabilities,
  } satisfies ServerProvider;
  return { ...provider, ...operations };
}

function createAccount(options: IzipayOptions): Account {
  const parsed = parse(optionsShape, options, 'izipay()');
  const hashKeys = [parsed.hashKey].flat() as [string, ...string[]];
  return { ...parsed, hashKeys, buyerKey: parsed.buyerKey ?? (hashKeys.at(-1) as string) };
}

async function createToken(account: Account, context: ServerContext): Promise<ServerToken> {
  const { environment, order, send } = context;
  const binding = {
    transactionId: crypto.randomUUID().replaceAll('-', ''),
    orderNumber: await createOrderNumber(account.hashKeys[0], order.reference, findPurpose(order)),
    amount: formatAmount(order),
  };
  const buyerId = await findBuyerId(account, order);
  const config = buildConfig(context, account, { ...binding, ...(buyerId !== undefined && { buyerId }) });
  const token = requireToken(await send(createTokenCall(environment, account, binding)));
  const { orderNumber: id, transactionId } = binding;
  const expiresIn = Math.min(readTokenLifetime(token) ?? tokenLifetime, tokenLifetime);
  return { token, expiresIn, config, numbers: { id, transactionId, ...describeTokenNumbers(order) } };
}
