import * as z from 'zod/mini';
import { parse } from '../../../shared/schema.js';
import { nonEmptyString } from '../../../shared/zod-schemas.js';
import { callbackUrl } from '../../../server/callback-url.js';
import type { ProviderContext, ServerContext, ServerProvider } from '../../../server/provider.js';
import { audience, createBearerGrant, requireValue, createNonceCall, type Account } from './calls.js';
import { hosts, nonceLifetime, type PaymeEnvironment } from '../contract.js';
import { publicKey, receiveNotification } from './notification.js';
import { createOperationNumber } from './operation-number.js';
import { verifyCharge } from './verify-charge.js';
import { buildPayload } from './build-payload.js';

/** A merchant's account at Pay-me. The browser receives only the merchant code. */
export interface PaymeOptions {
  readonly clientId: string;
  readonly clientSecret: string;
  readonly merchantCode: string;
  /** The base URL that bearers and nonces are issued for, if Pay-me gave the merchant another one than its documentation. */
  readonly audience?: string;
  /**
   * The public key for notifications in this environment, as Pay-me's documentation publishes it (PEM); a list while one key
   * replaces another. With it, tokens name the order in `additional_fields.reference`, so that the notification names it too.
   */
  readonly notificationKey?: string | readonly string[];
  /** The URL of `pay.notifications.payme`, if it is not registered at Pay-me yet. */
  readonly notificationUrl?: string;
  /** The URL of `pay.returns.payme`, for payment methods that leave the page. */
  readonly returnUrl?: string;
}

const optionsShape = z.lazy(() =>
  z.object({
    clientId: nonEmptyString(),
    clientSecret: nonEmptyString(),
    merchantCode: nonEmptyString(),
    audience: z.optional(audience()),
    notificationKey: z.optional(z.union([publicKey(), z.array(publicKey())])),
    notificationUrl: z.optional(callbackUrl()),
    returnUrl: z.optional(callbackUrl()),
  }),
);

/**
 * Creates the Pay-me Flex provider for `createPayEndpoints`.
 *
 * @throws {Error} names the option that is missing or invalid, without its value
 */
export function payme(options: PaymeOptions): ServerProvider {
  const { notificationKey = [], ...credentials } = parse(optionsShape, options, 'payme()');
  const keys = [notificationKey].flat();
  const createAccount = (context: ProviderContext): Account => {
    const environment = context.environment as PaymeEnvironment;
    return { ...credentials, environment, audience: credentials.audience ?? hosts[environment].audience, namesOrder: keys.length > 0 };
  };
  return {
    name: 'payme',
    environments: Object.keys(hosts) as PaymeEnvironment[],
    createToken: (context) => createToken(createAccount(context), context),
    verify: (context) => verifyCharge(createAccount(context), context),
    receive: (context) => receiveNotification(createAccount(context), keys, context),
  };
}

async function createToken(account: Account, context: ServerContext) {
  const { order, send, withBearer } = context;
  const operation = await createOperationNumber(account.clientSecret, order.reference);
  const payload = buildPayload(context, account, operation);
  const response = await withBearer(createBearerGrant(account), (bearer) => send(createNonceCall(account, bearer)));
  const expiresIn = Number(response.expires_in);
  return {
    token: requireValue('Pay-me POST /nonce', response.success, response.nonce),
    expiresIn: Number.isFinite(expiresIn) ? expiresIn : nonceLifetime,
    config: { payload },
  };
}
