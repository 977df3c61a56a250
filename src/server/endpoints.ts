import type { OutcomeAnswer } from '../shared/endpoint-contract.js';
import type { PayEndpointsOptions, Providers } from './endpoints-options.js';
import { createHandlers, createJsonRoute, type Handler } from './handler.js';
import { createNotificationHandlers } from './notifications.js';
import { readSettledOutcome, type Order } from './order.js';
import { createOutcomeReporter, createOutcomeVerifier, toPageAnswer, type VerifyOutcome } from './payment-outcome.js';
import { applyLedger } from './operations/apply-ledger.js';
import { createProcessLedger } from './operations/ledger.js';
import type { SupportedOperations } from './operations/operation-types.js';
import { createOperations } from './operations/operations.js';
import { requireFeatures } from './order-features.js';
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
 * Creates the endpoints that `<pay-checkout>` and the providers call, as functions of web-standard requests, and the operations on payments.
 *
 * @throws {TypeError} if the options cannot work
 */
export function createPayEndpoints<All extends Providers>(
  options: PayEndpointsOptions<keyof All & string, All>,
): PayEndpoints<NotifyingNames<All>> & SupportedOperations<All> {
  const contexts = createRequestContexts(options);
  const createHandler = createHandlers(options);
  const reportOutcome = createOutcomeReporter(options.onOutcome?.bind(options));
  const ledger = options.ledger ?? createProcessLedger();
  const verifyOutcome = createOutcomeVerifier(reportOutcome, (...subject) => applyLedger(ledger, ...subject));
  return {
    token: createHandler('token', createTokenRoute(contexts, options)),
    outcome: createHandler('outcome', createOutcomeRoute(contexts, verifyOutcome)),
    ...(createNotificationHandlers(createHandler, { contexts, verifyOutcome, options }) as Pick<
      PayEndpoints<NotifyingNames<All>>,
      'notifications' | 'returns'
    >),
    ...(createOperations({ contexts, reportOutcome, ledger, options }) as unknown as SupportedOperations<All>),
  };
}

function createTokenRoute({ createOrderContext }: RequestContexts, { onToken }: Pick<PayEndpointsOptions, 'onToken'>) {
  return createJsonRoute({
    limit: limits.token,
    body: tokenRequestSchema,
    async serve(body, request, scope) {
      const { provider, context, breaker } = await createOrderContext('token', body, request, scope);
      const { order, environment } = context;
      const settled = readSettledOutcome(order);
      if (settled) return describeSettled(settled, order);
      const payable = requireFeatures(order, { ...provider, name: body.provider, environment });
      const createToken = () => provider.createToken({ ...context, order: payable });
      const { numbers, ...token } = await breaker.run(createToken, { scope, hasFallback: body.fallback === true });
      await onToken?.({ payment: { ...numbers, provider: body.provider, environment, order: order.reference }, order });
      return { ...token, provider: body.provider, environment };
    },
  });
}

/** Answers for an order that needs no payment now. The element shows the outcome without opening a form. */
function describeSettled(outcome: OutcomeAnswer['outcome'], { instructions }: Order): OutcomeAnswer {
  return { outcome, ...(outcome === 'pending' && instructions && { instructions }) };
}

function createOutcomeRoute({ createOrderContext }: RequestContexts, verifyOutcome: VerifyOutcome) {
  return createJsonRoute({
    limit: limits.outcome,
    outlivesClient: true,
    body: outcomeRequestSchema,
    async serve(body, request, scope) {
      const { provider, context } = await createOrderContext('outcome', body, request, scope);
      return toPageAnswer(await verifyOutcome(provider, { ...context, result: body.result }));
    },
  });
}
