import { delay, takeNextFault, type ApiFaults, type Scripted } from './faults.js';
import { asObject, simulateFault, refuseUnless, json, tryParseJson, Refusal, type Json } from './http.js';
import type { StandInPayment } from './stand-in-payment.js';

/** An in-memory imitation of a provider's HTTP API. It answers for the hosts of all environments, and each environment has its own state. */
export interface StandInApi<Faults extends object = object> {
  /** The provider's name, such as `Pay-me`. */
  readonly title: string;
  /** The hosts that the API answers for. */
  readonly hosts: readonly string[];
  /** The faults to simulate. They may be changed at any time. */
  readonly faults: Faults;
  /** The last thousand requests, without headers and bodies. */
  readonly requests: readonly { readonly method: string; readonly url: string }[];
  /** Returns the options of the provider's server half that this API accepts, such as `clientId` and Pay-me's `notificationKey`. */
  credentials(this: void): Promise<Readonly<Record<string, string>>>;
  /** Lists the payments that shoppers have made, newest first, also those that were declined. */
  payments(this: void): readonly StandInPayment[];
  /**
   * Creates the notification that the provider posts to `url` about a payment. Absent if the provider sends none.
   *
   * @param id `payment.id`
   */
  notification?(id: string, url: string): Request | Promise<Request>;
  /**
   * Answers a request as the provider does. The parameters are those of the global `fetch`.
   *
   * @throws {TypeError} for a host of another party, and for the fault `drop`, as `fetch` does without a connection
   */
  fetch(this: void, input: RequestInfo | URL, init?: RequestInit): Promise<Response>;
}

export interface Clock {
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

/** The merchant's account in one environment: its settings, and everything that was issued or paid there. Environments share nothing. */
export interface ApiAccount<Environment extends string = string, Settings extends Clock = Clock, Faults extends ApiFaults = ApiFaults> {
  readonly environment: Environment;
  readonly settings: Settings;
  readonly faults: Faults;
}

/** A request that has been parsed and matched to a route. */
export interface ApiCall<In = ApiAccount> {
  readonly account: In;
  /** Has the headers and the signal. Its body is in `text` and `body`. */
  readonly request: Request;
  readonly text: string;
  readonly body: Json;
  /** The path segments that the route's `*` matched. */
  readonly path: readonly string[];
  /** A fault of this provider only, which the route itself simulates. */
  readonly fault?: string | number;
}

export interface Route<In extends ApiAccount, Host extends string> {
  readonly host: Host;
  /** Method and path, as in `GET /charges/*`, where `*` matches one segment. */
  readonly call: string;
  /** Restricts the route to some bodies. The first route that matches is used. */
  readonly when?: (body: Json | undefined) => boolean;
  readonly fault: CallName<In['faults']>;
  readonly respond: (call: ApiCall<In>) => Response | Json | Promise<Response | Json>;
}

/** The names of the faults that belong to one call. */
type CallName<Faults> = { [Name in keyof Faults]-?: 'hang' extends Faults[Name] ? Name : never }[keyof Faults];

export interface ApiSpec<In extends ApiAccount, Host extends string> {
  readonly title: string;
  readonly accounts: readonly In[];
  readonly faults: In['faults'];
  readonly credentials: StandInApi['credentials'];
  /** Lists the payments of an account, oldest first. */
  readonly listPayments: (account: In) => readonly StandInPayment[];
  /** The base URLs of each environment, from the provider's contract. */
  readonly hosts: Readonly<Record<In['environment'], Readonly<Record<Host, string>>>>;
  readonly routes: readonly Route<In, Host>[];
  /** The status of the response to a request without the content type of JSON. */
  readonly wrongTypeStatus: number;
  /** Creates the provider's own error response. */
  refuse(refusal: Refusal): Response;
}

export function createApi<In extends ApiAccount, Host extends string>(spec: ApiSpec<In, Host>): StandInApi<In['faults']> {
  const requests: { method: string; url: string }[] = [];
  return {
    title: spec.title,
    hosts: [...new Set(spec.accounts.flatMap((account) => listHosts(account, spec)))],
    faults: spec.faults,
    requests,
    credentials: spec.credentials,
    payments: () => listPayments(spec),
    async fetch(input, init) {
      const request = new Request(input, init);
      request.signal.throwIfAborted();
      requests.push({ method: request.method, url: request.url });
      if (requests.length > 1000) requests.shift();
      return handleRequest(request, spec);
    },
  };
}

function listPayments<In extends ApiAccount, Host extends string>({ accounts, listPayments: list }: ApiSpec<In, Host>): StandInPayment[] {
  const all = accounts.flatMap((account) => list(account)).reverse();
  return all.sort((one, other) => other.paidAtMs - one.paidAtMs);
}

async function handleRequest<In extends ApiAccount, Host extends string>(request: Request, spec: ApiSpec<In, Host>): Promise<Response> {
  const { host } = new URL(request.url);
  const account = spec.accounts.find((one) => listHosts(one, spec).includes(host));
  if (!account) throw new TypeError(`Failed to fetch: the stand-in of ${spec.title} does not answer for ${host}.`);
  try {
    if (spec.faults.slow) await delay(spec.faults.slow, request.signal);
    return await dispatchRequest(request, account, spec);
  } catch (error) {
    if (error instanceof Refusal) return spec.refuse(error);
    throw error;
  }
}

async function dispatchRequest<In extends ApiAccount, Host extends string>(
  request: Request,
  account: In,
  spec: ApiSpec<In, Host>,
): Promise<Response> {
  const text = await request.text();
  const body = asObject(tryParseJson(text || '{}'));
  const { route, path } = findRoute(request, body, account, spec);
  const fault = takeNextFault(spec.faults[route.fault] as Scripted<string | number> | undefined);
  const brokenResponse = await simulateFault(fault, request.signal);
  if (brokenResponse) return brokenResponse;
  refuseUnless(!text || hasJsonType(request), spec.wrongTypeStatus, 'Content-Type should be application/json.');
  refuseUnless(body, 400, 'The body should be a JSON object.');
  const result = await route.respond({ account, request, text, body, path, fault });
  return isResponse(result) ? result : json(result);
}

/** Does not use `instanceof`, because a server may replace the global `Response`, and a clone of a native response is not an instance of it. */
function isResponse(result: Response | Json): result is Response {
  return typeof result.json === 'function';
}

/** @throws {Refusal} 404 */
function findRoute<In extends ApiAccount, Host extends string>(
  { method, url }: Request,
  body: Json | undefined,
  account: In,
  spec: ApiSpec<In, Host>,
) {
  const { host, pathname } = new URL(url);
  for (const route of spec.routes.filter((one) => findHost(one, account, spec) === host)) {
    const path = matchPath(route.call, `${method} ${pathname}`);
    if (path && (route.when?.(body) ?? true)) return { route, path };
  }
  throw new Refusal(404, `There is no ${method} ${pathname} here.`);
}

/** Returns the segments that each `*` matches, or `undefined` if the call does not match. */
function matchPath(pattern: string, call: string): string[] | undefined {
  const match = new RegExp(`^${pattern.replaceAll('*', '([^/]+)')}$`).exec(call);
  return match?.slice(1).map(decodeURIComponent);
}

function hasJsonType({ headers }: Request): boolean {
  return /^application\/json\b/i.test(headers.get('content-type') ?? '');
}

function listHosts<In extends ApiAccount, Host extends string>(account: In, spec: ApiSpec<In, Host>): string[] {
  return spec.routes.map((route) => findHost(route, account, spec));
}

function findHost<In extends ApiAccount, Host extends string>(
  { host }: Route<In, Host>,
  account: In,
  { hosts }: ApiSpec<In, Host>,
): string {
  return new URL(hosts[account.environment as In['environment']][host]).host;
}
