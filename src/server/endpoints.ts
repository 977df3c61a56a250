import type { PayEndpointsOptions, Providers } from './endpoints-options.js';
import { createHandlers, createJsonRoute, type Handler } from './handler.js';
import { createNotificationHandlers } from './notifications.js';
import { toPageOutcome, verifyOutcome, type OnOutcome } from './payment-outcome.js';
import { Problem } from './problem.js';
import type { ProviderWithoutNotifications } from './provider.js';
import { createRequestContexts, type RequestContexts } from './request-contexts.js';
import { outcomeRequestSchema, tokenRequestSchema } from './request-schemas.js';

/** The names of the providers that send notifications. */
type NotifyingNames<All extends Providers> = {
  [Name in keyof All & string]: All[Name] extends ProviderWithoutNotifications ? never : Name;
}[keyof All & string];

/** @typeParam Name of the providers that send notifications */
export interface PayEndpoints<Name extends string = string> {
  /** Serves the element's `token-endpoint`. */
  readonly token: Handler;
  /** Serves the element's `outcome-endpoint`. */
  readonly outcome: Handler;
  /** By provider: serves its notifications to the merchant's server. Requires `orderByReference`. Payroc sends none. */
  readonly notifications: Readonly<Record<Name, Handler>>;
  /** By provider: redirects the browser of a shopper who returns from the provider's page to `returnTo`. */
  readonly returns: Readonly<Record<Name, Handler>>;
}

/** Bytes. A result may hold a QR code as an image, so it may be larger than a token request. */
const limits = { token: 16 * 1024, outcome: 64 * 1024 };

/**
 * Creates the endpoints that `<pay-checkout>` and the providers call, as functions of web-standard requests.
 *
 * @throws {TypeError} if the options cannot work
 */
export function createPayEndpoints<All extends Providers>(
  options: PayEndpointsOptions<keyof All & string, All>,
): PayEndpoints<NotifyingNames<All>> {
  const contexts = createRequestContexts(options);
  const createHandler = createHandlers(options);
  return {
    token: createHandler('token', createTokenRoute(contexts)),
    outcome: createHandler('outcome', createOutcomeRoute(contexts, options.onOutcome)),
    ...(createNotificationHandlers(createHandler, contexts, options) as Pick<
      PayEndpoints<NotifyingNames<All>>,
      'notifications' | 'returns'
    >),
  };
}

function createTokenRoute({ createOrderContext }: RequestContexts) {
  return createJsonRoute({
    limit: limits.token,
    body: tokenRequestSchema,
    async serve(body, request, scope) {
      const { provider, context } = await createOrderContext('token', body, request, scope);
      if (context.order.paid) throw new Problem('invalid', 'This order is paid already.');
      return { ...(await provider.createToken(context)), provider: body.provider, environment: context.environment };
    },
  });
}

function createOutcomeRoute({ createOrderContext }: RequestContexts, onOutcome?: OnOutcome) {
  return createJsonRoute({
    limit: limits.outcome,
    outlivesClient: true,
    body: outcomeRequestSchema,
    async serve(body, request, scope) {
      const { provider, context } = await createOrderContext('outcome', body, request, scope);
      const payment = await verifyOutcome(provider, { ...context, result: body.result }, onOutcome);
      return { outcome: toPageOutcome(payment) };
    },
  });
}
