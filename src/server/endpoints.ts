import type { Environment } from '../shared/environment.js';
import type { TokenRequest } from '../shared/endpoint-contract.js';
import { Bearers, MemoryCache, type BearerCache } from './bearer.js';
import { createHandlers, jsonRoute, type Handler, type OnError } from './handler.js';
import { createArrivals, type ArrivalOptions, type Offer } from './notifications.js';
import { findOrder, type Order, type OrderQuery } from './order.js';
import { findOutcome, outcomeForPage, type OnOutcome, type ToldOutcome } from './outcomes.js';
import { Problem } from './problem.js';
import type { ProviderContext, ServerContext, ServerProvider, SilentProvider } from './provider.js';
import { outcomeRequest, tokenRequest } from './requests.js';
import type { OnEvent } from './trace.js';
import { createSend, webFetch, type Fetch, type Scope } from './upstream.js';

type Providers<Name extends string = string> = Readonly<Record<Name, ServerProvider>>;

/** The names of those that come by themselves. */
type HeardOf<All extends Providers> = { [Name in keyof All & string]: All[Name] extends SilentProvider ? never : Name }[keyof All & string];

export interface PayEndpointsOptions<Name extends string = string, All extends Providers<Name> = Providers<Name>> extends ArrivalOptions {
  /** One for all providers, or one for each. A page that asks for another one is answered with 422. */
  readonly environment: Environment | Readonly<Record<NoInfer<Name>, Environment>>;
  /** By the name that the element's `provider` attribute gives. */
  readonly providers: All;
  /**
   * Looks the order up in the merchant's records, and decides from `request` whether this visitor may see it. Called for
   * every token, so several times in one checkout, and again to confirm the outcome: `endpoint` tells for which.
   *
   * @throws {OrderRefused} answered with 404; {OrderInvalid} with 422
   */
  order(query: OrderQuery): Order | Promise<Order>;
  /**
   * Told what the provider itself says of an order, before the page is: fulfil it here when it is `paid`. Page and provider may
   * both ask, again and in any order, so it may be told the same again; if it throws, they are answered with 500 and ask again.
   */
  onOutcome?(told: ToldOutcome): void | Promise<void>;
  /** Shared between machines by whatever they already run; a `Map` of this process by default. */
  readonly cache?: BearerCache;
  /** How providers are called: `fetch` by default. */
  readonly fetch?: Fetch;
  /** Origins of pages elsewhere that may use the endpoints, such as `https://shop.example.com`. */
  readonly origins?: readonly string[];
  /**
   * Told of every request that failed with 5xx, and of every notification that is not the provider's: your own errors as they were
   * thrown, and a `Problem` for the rest.
   */
  readonly onError?: OnError;
  /** Told of what happened on the way, for logs and metrics: names and figures, nothing personal and no secret. */
  readonly onEvent?: OnEvent;
}

/** @typeParam Name of the providers that come by themselves */
export interface PayEndpoints<Name extends string = string> {
  /** Answers the element's `token-endpoint`. */
  readonly token: Handler;
  /** Answers the element's `outcome-endpoint`. */
  readonly outcome: Handler;
  /** By provider: answers what it tells the merchant's server by itself. They need `orderByReference`. None of Payroc, which tells nothing. */
  readonly notifications: Readonly<Record<Name, Handler>>;
  /** By provider: answers the browser of a shopper who comes back from the provider's page, with a redirect to `returnTo`. */
  readonly returns: Readonly<Record<Name, Handler>>;
}

/** Bytes. A result may hold a QR code as an image, so it may be larger than what asks for a token. */
const limits = { token: 16 * 1024, outcome: 64 * 1024 };

/**
 * Makes the endpoints that `<pay-checkout>` and the providers talk to, as functions of web-standard requests.
 *
 * @throws {TypeError} where the options cannot work
 */
export function createPayEndpoints<All extends Providers>(
  options: PayEndpointsOptions<keyof All & string, All>,
): PayEndpoints<HeardOf<All>> {
  const desk = createDesk(options);
  const handler = createHandlers(options);
  return {
    token: handler('token', tokenRoute(desk)),
    outcome: handler('outcome', outcomeRoute(desk, options.onOutcome)),
    ...(createArrivals(handler, desk, options) as Pick<PayEndpoints<HeardOf<All>>, 'notifications' | 'returns'>),
  };
}

function tokenRoute({ open }: Desk) {
  return jsonRoute({
    limit: limits.token,
    body: tokenRequest,
    async serve(body, request, scope) {
      const { provider, context } = await open('token', body, request, scope);
      if (context.order.paid) throw new Problem('invalid', 'This order is paid already.');
      return { ...(await provider.createToken(context)), provider: body.provider, environment: context.environment };
    },
  });
}

function outcomeRoute({ open }: Desk, onOutcome?: OnOutcome) {
  return jsonRoute({
    limit: limits.outcome,
    outlivesClient: true,
    body: outcomeRequest,
    async serve(body, request, scope) {
      const { provider, context } = await open('outcome', body, request, scope);
      const told = await findOutcome(provider, { ...context, result: body.result }, onOutcome);
      return { outcome: outcomeForPage(told) };
    },
  });
}

type Desk = ReturnType<typeof createDesk>;

/** Finds the provider that a request is for, and what it needs to work with: the order from the merchant's records of this moment. */
function createDesk({ order: lookUp, cache = new MemoryCache(), fetch = webFetch, ...options }: PayEndpointsOptions) {
  const offers = offersOf(options);
  const bearers = new Bearers(cache, fetch);
  const contextOf = (environment: Environment, scope: Scope): ProviderContext => ({
    environment,
    signal: scope.signal,
    send: createSend(fetch, scope),
    withBearer: (grant, work) => bearers.use(grant, scope, work),
    spare: () => scope.repeats.take(),
  });
  const open = async (endpoint: OrderQuery['endpoint'], body: TokenRequest, request: Request, scope: Scope) => {
    const { name, provider, environment } = choose(offers, body);
    const query = { order: body.order, endpoint, provider: name, environment, request };
    const order = await findOrder(scope, query, lookUp);
    const context: ServerContext = { ...contextOf(environment, scope), order };
    return { provider, context };
  };
  return { offers, open, contextOf };
}

function offersOf({ providers, environment }: Pick<PayEndpointsOptions, 'providers' | 'environment'>): ReadonlyMap<string, Offer> {
  const entries = Object.entries(providers).map(([name, provider]): [string, Offer] => {
    const chosen = typeof environment === 'string' ? environment : environment[name];
    return [name, { name, provider, environment: assertOffered(name, provider, chosen) }];
  });
  return new Map(entries);
}

function assertOffered(name: string, { environments }: ServerProvider, environment: Environment | undefined): Environment {
  if (environment && environments.includes(environment)) return environment;
  throw new TypeError(
    `createPayEndpoints: \`environment\` of ${name} should be one of ${environments.join(', ')}, but was ${environment ?? 'missing'}.`,
  );
}

/** The page's word only has to agree with ours: what is used is the merchant's own setting. */
function choose(offers: ReadonlyMap<string, Offer>, { provider, environment }: TokenRequest): Offer {
  const offer = offers.get(provider);
  if (!offer) throw new Problem('mismatch', `The body: \`provider\` should be one of ${[...offers.keys()].join(', ')}.`);
  if (environment === offer.environment) return offer;
  throw new Problem('mismatch', `The body: \`environment\` should be ${offer.environment}, as this endpoint is set.`);
}
