import * as z from 'zod/mini';
import { parse } from '../../../shared/schema.js';
import { nonEmptyString } from '../../../shared/zod-schemas.js';
import { callbackUrl } from '../../../server/callback-url.js';
import type { ProviderContext, ServerContext, ServerProvider, ServerToken } from '../../../server/provider.js';
import { hosts, nonceLifetime, type PaymeEnvironment } from '../contract.js';
import { buildPayload } from './build-payload.js';
import { capabilities } from './capabilities.js';
import { audience, createBearerGrant, createNonceCall, requireValue, secrets, type Account, type Secrets } from './calls.js';
import { receiveNotification } from './notification.js';
import { readNotificationKeys } from './notification-keys.js';
import { createOperationNumber } from './operation-number.js';
import { rememberOrder } from './operation-store.js';
import { createOperations, type PaymeOperations } from './operations.js';
import { orderFeatures } from './order-features.js';
import { outcomeRules } from './outcome-rules.js';
import { createNumbers } from './payment-numbers.js';
import { verifyCharge } from './verify-charge.js';

/** A merchant's account at Pay-me. The browser receives only the merchant code. */
export interface PaymeOptions {
  readonly clientId: string;
  /**
   * A list while one secret replaces another, newest first. Bearers use the newest that Pay-me takes. The others still prove the
   * payments whose tokens they made.
   */
  readonly clientSecret: string | readonly string[];
  readonly merchantCode: string;
  /** The base URL that bearers and nonces are issued for, if Pay-me gave the merchant another one than its documentation. */
  readonly audience?: string;
  /**
   * The RSA public key for notifications in this environment, as Pay-me's documentation publishes it (PEM); a list while one key
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
    clientSecret: secrets(),
    merchantCode: nonEmptyString(),
    audience: z.optional(audience()),
    notificationUrl: z.optional(callbackUrl()),
    returnUrl: z.optional(callbackUrl()),
  }),
);

/**
 * Creates the Pay-me Flex provider for `createPayEndpoints`.
 *
 * @throws {Error} names the option that is missing or invalid, without its value
 */
export function payme(options: PaymeOptions): ServerProvider & PaymeOperations {
  const { clientSecret, ...credentials } = parse(optionsShape, options, 'payme()');
  const keys = readNotificationKeys(options.notificationKey);
  const clientSecrets = [clientSecret].flat() as unknown as Secrets;
  const createAccount = (context: ProviderContext): Account => {
    const environment = context.environment as PaymeEnvironment;
    const audience = credentials.audience ?? hosts[environment].audience;
    return { ...credentials, clientSecrets, environment, audience, takesNotifications: keys.length > 0 };
  };
  return {
    name: 'payme',
    environments: Object.keys(hosts) as PaymeEnvironment[],
    outcomeRules,
    orderFeatures,
    capabilities,
    operations: createOperations(createAccount),
    createToken: (context) => createToken(createAccount(context), context),
    verify: (context) => verifyCharge(createAccount(context), context),
    receive: (context) => receiveNotification(createAccount(context), keys, context),
  };
}

async function createToken(account: Account, context: ServerContext): Promise<ServerToken> {
  const { order, send, withBearer } = context;
  const operation = await createOperationNumber(account.clientSecrets[0], order.reference);
  const payload = buildPayload(context, account, operation);
  const [response] = await Promise.all([
    withBearer(createBearerGrant(account), (bearer) => send(createNonceCall(account, bearer))),
    account.takesNotifications && rememberOrder(context, operation, order.reference),
  ]);
  const expiresIn = Number(response.expires_in);
  return {
    token: requireValue('Pay-me POST /nonce', response.success, response.nonce),
    expiresIn: Number.isFinite(expiresIn) ? expiresIn : nonceLifetime,
    config: { payload },
    numbers: createNumbers({ operation, order }),
  };
}
