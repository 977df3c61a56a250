import { decodeJson, isForm, readBody } from './body.js';
import { readReference } from './callback-url.js';
import { EventReporter } from './event-reporter.js';
import type { ErrorContext, Handler, HandlerFactory, OnError, Route } from './handler.js';
import type { NotificationOptions, ReferenceQuery } from './notification-options.js';
import { findOrder, type OrderInput } from './order.js';
import type { PaymentOutcome, VerifyOutcome } from './payment-outcome.js';
import { Problem } from './problem.js';
import type { ProviderMessage, ServerProvider } from './provider.js';
import type { ConfiguredProvider, RequestContexts } from './request-contexts.js';
import { redirectShopper } from './return-redirect.js';

interface NotifyingProvider extends ConfiguredProvider {
  readonly provider: Required<ServerProvider>;
}

interface NotificationDependencies {
  readonly contexts: RequestContexts;
  readonly verifyOutcome: VerifyOutcome;
  readonly options: NotificationOptions & { readonly onError?: OnError };
}

type CreateResponse = (context: ErrorContext, payment?: PaymentOutcome) => Response;
/** Creates the handler of one provider's messages, with the response to a served one. A message may report no payment. */
type CreateMessageHandler = (createResponse: CreateResponse) => Handler;

/** Bytes. */
const limit = 64 * 1024;
/** Milliseconds. Pay-me waits for 10 s, and then sends the notification again. */
const deadline = 9_000;
const uncached = { 'Cache-Control': 'no-store' };

/** Creates, for each provider, the endpoints for its notifications and for shoppers who return from its page. */
export function createNotificationHandlers(createHandler: HandlerFactory, deps: NotificationDependencies) {
  const { contexts, options } = deps;
  const createForEach = (endpoint: 'notification' | 'return', create: (createMessageHandler: CreateMessageHandler) => Handler) => {
    const createOne = (configured: ConfiguredProvider) =>
      sendsNotifications(configured)
        ? create((createResponse) => createHandler(endpoint, createMessageRoute(configured, deps, createResponse)))
        : createHandler(endpoint, { absent: `There is no ${endpoint} endpoint for ${configured.name}, because it signs no ${endpoint}s.` });
    return Object.fromEntries([...contexts.providers].map(([name, configured]) => [name, createOne(configured)]));
  };
  return {
    notifications: createForEach('notification', createNotificationHandler),
    returns: createForEach('return', (createMessageHandler) => createReturnHandler(createMessageHandler, options)),
  };
}

/** Responds with 200 once the merchant has been notified, or if there is nothing to notify it of. */
function createNotificationHandler(createMessageHandler: CreateMessageHandler): Handler {
  const handle = createMessageHandler((_, payment) => {
    requireKnown(payment);
    return new Response();
  });
  // Izipay may check by GET that the address responds, when the address is registered.
  return (request, bindings) =>
    isGetOrHead(request) ? Promise.resolve(new Response(null, { headers: uncached })) : handle(request, bindings);
}

/**
 * Requires that the provider's own records have the payment of its signed message. They may lag behind it, and only a failure makes the
 * provider send the message again.
 */
function requireKnown(payment?: PaymentOutcome): void {
  if (payment?.reason === 'not-found') throw new Problem('upstream-busy', 'The provider does not know the payment of its message yet.');
}

/** Redirects the shopper's browser, whatever the outcome. */
function createReturnHandler(createMessageHandler: CreateMessageHandler, options: NotificationDependencies['options']): Handler {
  const handle = createMessageHandler((context, payment) => redirectShopper(options, context, payment));
  return async (request, bindings) => {
    const response = isGetOrHead(request) ? undefined : await handle(request, bindings);
    if (response?.status === 303) return response;
    const requestId = response?.headers.get('X-Request-Id') ?? new EventReporter(request, 'return').requestId;
    return redirectShopper(options, { requestId });
  };
}

function sendsNotifications(configured: ConfiguredProvider): configured is NotifyingProvider {
  return configured.provider.receive !== undefined;
}

function createMessageRoute(
  { name, provider, environment }: NotifyingProvider,
  { contexts: { createProviderContext }, verifyOutcome, options }: NotificationDependencies,
  createResponse: CreateResponse,
): Route<ProviderMessage> {
  return {
    deadline,
    outlivesClient: true,
    read: readMessage,
    async serve(message, request, scope) {
      scope.reporter.subject = { provider: name, environment };
      const context = createProviderContext(environment, scope);
      // Anyone can forge the URL, but without it `onError` could not say which order a lost message was for.
      scope.reporter.reference = message.reference;
      const reported = await provider.receive({ ...context, message });
      const { requestId } = scope.reporter;
      if (!reported) return createResponse({ requestId });
      const { reference, result } = reported;
      scope.reporter.reference = reference;
      const query = { reference, provider: name, environment, request, requestId };
      const order = await findOrder(scope, query, (one) => callOrderByReference(one, options));
      const { payment } = await verifyOutcome(provider, { ...context, order, result });
      return createResponse({ requestId, reference }, payment);
    },
  };
}

function callOrderByReference(query: ReferenceQuery, { orderByReference }: NotificationOptions): OrderInput | Promise<OrderInput> {
  if (!orderByReference)
    throw new TypeError('createPayEndpoints: `orderByReference` should be a function, but was missing. Notifications and returns need it.');
  return orderByReference(query);
}

async function readMessage(request: Request, bindings: unknown): Promise<ProviderMessage> {
  const body = await readBody(request, limit, bindings);
  const content = isForm(request) ? Object.fromEntries(new URLSearchParams(new TextDecoder().decode(body.bytes))) : decodeJson(body.bytes);
  return { ...body, content, headers: request.headers, reference: readReference(request.url) };
}

function isGetOrHead({ method }: Request): boolean {
  return method === 'GET' || method === 'HEAD';
}
