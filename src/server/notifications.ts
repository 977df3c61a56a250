import type { Environment } from '../shared/environment.js';
import { referenceIn } from './address.js';
import { decodeJson, readBytes } from './body.js';
import type { Handler, MakeHandler, Route } from './handler.js';
import { findOrder, type Order } from './order.js';
import { findOutcome, type ToldOutcome } from './outcomes.js';
import type { Message, ProviderContext, ServerProvider } from './provider.js';
import type { Scope } from './upstream.js';

/** What the merchant's `orderByReference` function is asked. */
export interface ReferenceQuery {
  /** The merchant's own, as its `order` function returned it. The provider has signed that it is the one. */
  readonly reference: string;
  readonly provider: string;
  readonly environment: Environment;
  /** It comes from the provider, or from a browser that brings no cookie. Its body has been read. */
  readonly request: Request;
}

export interface ArrivalOptions {
  /**
   * Looks an order up by its own reference, for the provider's notifications and for the shoppers that it sends back: no visitor
   * asks, so there is nobody to refuse.
   *
   * @throws {OrderRefused} where there is none; answered with 404
   */
  orderByReference?(query: ReferenceQuery): Order | Promise<Order>;
  /** The page for a shopper who comes back from the provider's; `/` by default. Nothing is told of a return that could not be verified. */
  readonly returnTo?: string | ((told: ToldOutcome | undefined) => string);
  /** @see PayEndpointsOptions.onOutcome */
  onOutcome?(told: ToldOutcome): void | Promise<void>;
}

/** A provider, as these endpoints offer it. */
export interface Offer {
  /** As the element's `provider` attribute says it. */
  readonly name: string;
  readonly provider: ServerProvider;
  readonly environment: Environment;
}

/** One that comes by itself. */
interface HeardOf extends Offer {
  readonly provider: Required<ServerProvider>;
}

interface Desk {
  readonly offers: ReadonlyMap<string, Offer>;
  contextOf(environment: Environment, scope: Scope): ProviderContext;
}

/** What came of serving a message, for a response to be made of. */
type Respond = (told: ToldOutcome) => Response;

/** Bytes. */
const limit = 64 * 1024;
/** Milliseconds. Pay-me waits for 10 s, and then sends it again. */
const deadline = 9_000;
const uncached = { 'Cache-Control': 'no-store' };

/** By provider, the endpoints that it comes to by itself. */
export function createArrivals(handler: MakeHandler, desk: Desk, options: ArrivalOptions) {
  const byProvider = (
    endpoint: 'notification' | 'return',
    make: (posted: (respond: Respond) => Handler) => Handler,
  ): Record<string, Handler> => {
    const handlerOf = (offer: Offer) =>
      isHeardOf(offer)
        ? make((respond) => handler(endpoint, routeOf(offer, desk, options, respond)))
        : handler(endpoint, { absent: `There are no ${endpoint}s for ${offer.name}, as it signs none.` });
    return Object.fromEntries([...desk.offers].map(([name, offer]) => [name, handlerOf(offer)]));
  };
  return {
    notifications: byProvider('notification', toldByProvider),
    returns: byProvider('return', (posted) => toldByShopper(posted, options)),
  };
}

/** Answers with 200 once the merchant has been told. */
function toldByProvider(posted: (respond: Respond) => Handler): Handler {
  const handle = posted(() => new Response());
  // Izipay may ask whether there is anybody, by GET, when the address is registered.
  return (request) => (isAsking(request) ? Promise.resolve(new Response(null, { headers: uncached })) : handle(request));
}

/** Answers the shopper's browser with a redirect, whatever came of it. */
function toldByShopper(posted: (respond: Respond) => Handler, options: ArrivalOptions): Handler {
  const handle = posted((told) => redirect(options, told));
  return async (request) => {
    const response = isAsking(request) ? undefined : await handle(request);
    return response?.status === 303 ? response : redirect(options);
  };
}

function isHeardOf(offer: Offer): offer is HeardOf {
  return offer.provider.receive !== undefined;
}

function routeOf({ name, provider, environment }: HeardOf, { contextOf }: Desk, options: ArrivalOptions, respond: Respond): Route<Message> {
  return {
    deadline,
    outlivesClient: true,
    read: readMessage,
    async serve(message, request, scope) {
      scope.trace.about = { provider: name, environment };
      const context = contextOf(environment, scope);
      const { reference, result } = await provider.receive({ ...context, message });
      const order = await findOrder(scope, { reference, provider: name, environment, request }, (query) => find(query, options));
      return respond(await findOutcome(provider, { ...context, order, result }, options.onOutcome));
    },
  };
}

function find(query: ReferenceQuery, { orderByReference }: ArrivalOptions): Order | Promise<Order> {
  if (!orderByReference) throw new TypeError('createPayEndpoints: `orderByReference` should be given, for notifications and returns.');
  return orderByReference(query);
}

async function readMessage(request: Request): Promise<Message> {
  const bytes = await readBytes(request, limit);
  const { headers } = request;
  const isForm = /^application\/x-www-form-urlencoded\s*(;|$)/i.test(headers.get('Content-Type') ?? '');
  const said = isForm ? Object.fromEntries(new URLSearchParams(new TextDecoder().decode(bytes))) : decodeJson(bytes);
  return { bytes, said, headers, reference: referenceIn(request.url) };
}

function isAsking({ method }: Request): boolean {
  return method === 'GET' || method === 'HEAD';
}

function redirect({ returnTo = '/' }: ArrivalOptions, told?: ToldOutcome): Response {
  const Location = typeof returnTo === 'string' ? returnTo : returnTo(told);
  return new Response(null, { status: 303, headers: { Location, ...uncached } });
}
