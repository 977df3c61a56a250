import * as z from 'zod/mini';
import { parse } from '../../../shared/schema.js';
import { nonEmptyString } from '../../../shared/zod-schemas.js';
import { address } from '../../../server/address.js';
import type { ProviderContext, ServerContext, ServerProvider } from '../../../server/provider.js';
import { audience, bearerGrant, given, nonceCall, type Account } from './calls.js';
import { hosts, nonceLifetime, type PaymeEnvironment } from '../contract.js';
import { publicKey, receive } from './notification.js';
import { createOperationNumber } from './operation-number.js';
import { verify } from './outcome.js';
import { payloadOf } from './payload.js';

/** A merchant's account at Pay-me. Never shown to a browser, but for the merchant code. */
export interface PaymeOptions {
  readonly clientId: string;
  readonly clientSecret: string;
  readonly merchantCode: string;
  /** Where Pay-me gave you another one than its documentation: the base URL that bearers and nonces are made for. */
  readonly audience?: string;
  /**
   * The public key that Pay-me signs its notifications with in this environment, as its documentation publishes it (PEM); several
   * where one follows another. Tokens that are made with it name the order in `additional_fields.reference`, so that its
   * notification does.
   */
  readonly notificationKey?: string | readonly string[];
  /** Where `pay.notifications.payme` stands, if Pay-me has no address of yours yet. */
  readonly notificationUrl?: string;
  /** Where `pay.returns.payme` stands, for the ways to pay that leave the page. */
  readonly returnUrl?: string;
}

const optionsShape = z.lazy(() =>
  z.object({
    clientId: nonEmptyString(),
    clientSecret: nonEmptyString(),
    merchantCode: nonEmptyString(),
    audience: z.optional(audience()),
    notificationKey: z.optional(z.union([publicKey(), z.array(publicKey())])),
    notificationUrl: z.optional(address()),
    returnUrl: z.optional(address()),
  }),
);

/**
 * Pay-me Flex for `createPayEndpoints`.
 *
 * @throws {Error} that names the option which is missing or empty
 */
export function payme(options: PaymeOptions): ServerProvider {
  const { notificationKey = [], ...credentials } = parse(optionsShape, options, 'payme()');
  const keys = [notificationKey].flat();
  const accountIn = (context: ProviderContext): Account => {
    const environment = context.environment as PaymeEnvironment;
    return { ...credentials, environment, audience: credentials.audience ?? hosts[environment].audience, namesOrder: keys.length > 0 };
  };
  return {
    name: 'payme',
    environments: Object.keys(hosts) as PaymeEnvironment[],
    createToken: (context) => createToken(accountIn(context), context),
    verify: (context) => verify(accountIn(context), context),
    receive: (context) => receive(accountIn(context), keys, context),
  };
}

async function createToken(account: Account, { order, send, withBearer }: ServerContext) {
  const operation = await createOperationNumber(account.clientSecret, order.reference);
  const payload = payloadOf(order, account, operation);
  const answer = await withBearer(bearerGrant(account), (bearer) => send(nonceCall(account, bearer)));
  const expiresIn = Number(answer.expires_in);
  return {
    token: given('Pay-me POST /nonce', answer.success, answer.nonce),
    expiresIn: Number.isFinite(expiresIn) ? expiresIn : nonceLifetime,
    config: { payload },
  };
}
