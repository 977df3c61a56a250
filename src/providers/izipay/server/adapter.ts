import * as z from 'zod/mini';
import { parse } from '../../../shared/schema.js';
import { address } from '../../../server/address.js';
import { check } from '../../../server/check.js';
import type { ServerContext, ServerProvider, ServerToken } from '../../../server/provider.js';
import { hosts, readTokenLifetime, tokenLifetime, type IzipayEnvironment } from '../contract.js';
import { sized, tokenCall, tokenOf, type IzipayOptions } from './calls.js';
import { amountOf, configOf } from './config.js';
import { receive } from './notification.js';
import { createOrderNumber } from './order-number.js';
import { reported, verdictOn } from './result.js';

const optionsShape = z.lazy(() =>
  z.object({
    merchantCode: sized(1, 15),
    publicKey: sized(16, 400),
    hashKey: sized(1, 400),
    keyRSA: sized(1, 4000),
    notificationUrl: z.optional(address()),
    returnUrl: z.optional(address()),
  }),
);

/**
 * Izipay web-core for `createPayEndpoints`.
 *
 * @throws {Error} that names the option which is missing or of the wrong length, without its value
 */
export function izipay(options: IzipayOptions): ServerProvider {
  const account = parse(optionsShape, options, 'izipay()');
  return {
    name: 'izipay',
    environments: Object.keys(hosts) as IzipayEnvironment[],
    createToken: (context) => createToken(account, context),
    verify: async ({ order, result }) => verdictOn(check('request', reported, result.raw, 'The body: `result.raw`'), account, order),
    receive: (context) => receive(account, context),
  };
}

async function createToken(account: IzipayOptions, { environment, order, send }: ServerContext): Promise<ServerToken> {
  const bound = {
    transactionId: crypto.randomUUID().replaceAll('-', ''),
    orderNumber: await createOrderNumber(account.hashKey, order.reference),
    amount: amountOf(order),
  };
  const config = configOf(order, account, bound);
  const token = tokenOf(await send(tokenCall(environment, account, bound)));
  return { token, expiresIn: Math.min(readTokenLifetime(token) ?? tokenLifetime, tokenLifetime), config };
}
