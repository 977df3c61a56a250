import { delay, takeNextFault, type ApiFaults, type Scripted } from './faults.js';
import { asObject, simulateFault, refuseUnless, json, tryParseJson, Refusal, type Json } from './http.js';

/** A provider's HTTP API, imitated in memory. The real hosts of all its environments lead to it, each with a state of its own. */
export interface StandInApi<Faults extends object = object> {
  /** The hosts that it answers for. */
  readonly hosts: readonly string[];
  /** What goes wrong; change it at any time. */
  readonly faults: Faults;
  /** The last thousand requests, without headers and bodies. */
  readonly requests: readonly { readonly method: string; readonly url: string }[];
  /**
   * Takes what `fetch` takes, and answers as the provider does.
   *
   * @throws {TypeError} for a host that is not the provider's, and for the fault `drop`, as a `fetch` without a connection does
   */
  fetch(this: void, input: RequestInfo | URL, init?: RequestInit): Promise<Response>;
}

export interface Clock {
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

/** One environment: what it has handed out and what was paid there. Nothing in it holds in another. */
export interface ApiAccount<Environment extends string = string, Settings extends Clock = Clock, Faults extends ApiFaults = ApiFaults> {
  readonly environment: Environment;
  readonly settings: Settings;
  readonly faults: Faults;
}

/** One request, read and routed. */
export interface ApiCall<In = ApiAccount> {
  readonly account: In;
  /** For its headers and its signal; its body has been read. */
  readonly request: Request;
  readonly text: string;
  readonly body: Json;
  /** The parts of the path that vary. */
  readonly path: readonly string[];
  /** A fault that is not about the call itself. */
  readonly fault?: string | number;
}

export interface Route<In extends ApiAccount, Host extends string> {
  readonly host: Host;
  /** Method and path, as in `GET /charges/*`, where `*` is a part that varies. */
  readonly call: string;
  /** Of several routes for one call, the first that is for such a body. */
  readonly when?: (body: Json | undefined) => boolean;
  readonly fault: CallName<In['faults']>;
  readonly answer: (call: ApiCall<In>) => Response | Json | Promise<Response | Json>;
}

/** Those of an API's faults that are about one call. */
type CallName<Faults> = { [Name in keyof Faults]-?: 'hang' extends Faults[Name] ? Name : never }[keyof Faults];

export interface ApiSpec<In extends ApiAccount, Host extends string> {
  /** For messages. */
  readonly provider: string;
  readonly accounts: readonly In[];
  readonly faults: In['faults'];
  /** The base URLs of the contract. */
  readonly hosts: Readonly<Record<In['environment'], Readonly<Record<Host, string>>>>;
  readonly routes: readonly Route<In, Host>[];
  /** The status for a body that does not say that it is JSON. */
  readonly wrongType: number;
  /** Makes the provider's own answer of a refusal. */
  refuse(refusal: Refusal): Response;
}

export function createApi<In extends ApiAccount, Host extends string>(spec: ApiSpec<In, Host>): StandInApi<In['faults']> {
  const requests: { method: string; url: string }[] = [];
  return {
    hosts: [...new Set(spec.accounts.flatMap((account) => hostsOf(account, spec)))],
    faults: spec.faults,
    requests,
    async fetch(input, init) {
      const request = new Request(input, init);
      request.signal.throwIfAborted();
      requests.push({ method: request.method, url: request.url });
      if (requests.length > 1000) requests.shift();
      return answer(request, spec);
    },
  };
}

async function answer<In extends ApiAccount, Host extends string>(request: Request, spec: ApiSpec<In, Host>): Promise<Response> {
  const { host } = new URL(request.url);
  const account = spec.accounts.find((one) => hostsOf(one, spec).includes(host));
  if (!account) throw new TypeError(`Failed to fetch: the ${spec.provider} stand-in does not answer for ${host}.`);
  try {
    if (spec.faults.slow) await delay(spec.faults.slow, request.signal);
    return await routed(request, account, spec);
  } catch (error) {
    if (error instanceof Refusal) return spec.refuse(error);
    throw error;
  }
}

async function routed<In extends ApiAccount, Host extends string>(
  request: Request,
  account: In,
  spec: ApiSpec<In, Host>,
): Promise<Response> {
  const text = await request.text();
  const body = asObject(tryParseJson(text || '{}'));
  const { route, path } = findRoute(request, body, account, spec);
  const fault = takeNextFault(spec.faults[route.fault] as Scripted<string | number> | undefined);
  const broken = await simulateFault(fault, request.signal);
  if (broken) return broken;
  refuseUnless(!text || saysJson(request), spec.wrongType, 'Content-Type should be application/json.');
  refuseUnless(body, 400, 'The body should be a JSON object.');
  const said = await route.answer({ account, request, text, body, path, fault });
  return isResponse(said) ? said : json(said);
}

/** Not by `instanceof`: a server may have replaced the global `Response`, of which a native one's clone is no instance. */
function isResponse(said: Response | Json): said is Response {
  return typeof said.json === 'function';
}

/** @throws {Refusal} 404 */
function findRoute<In extends ApiAccount, Host extends string>(
  { method, url }: Request,
  body: Json | undefined,
  account: In,
  spec: ApiSpec<In, Host>,
) {
  const { host, pathname } = new URL(url);
  for (const route of spec.routes.filter((one) => hostOf(one, account, spec) === host)) {
    const path = varying(route.call, `${method} ${pathname}`);
    if (path && (route.when?.(body) ?? true)) return { route, path };
  }
  throw new Refusal(404, `There is no ${method} ${pathname} here.`);
}

/** The parts of the path that vary; none where it is another call. */
function varying(pattern: string, called: string): string[] | undefined {
  const found = new RegExp(`^${pattern.replaceAll('*', '([^/]+)')}$`).exec(called);
  return found?.slice(1).map(decodeURIComponent);
}

function saysJson({ headers }: Request): boolean {
  return /^application\/json\b/i.test(headers.get('content-type') ?? '');
}

function hostsOf<In extends ApiAccount, Host extends string>(account: In, spec: ApiSpec<In, Host>): string[] {
  return spec.routes.map((route) => hostOf(route, account, spec));
}

function hostOf<In extends ApiAccount, Host extends string>({ host }: Route<In, Host>, account: In, { hosts }: ApiSpec<In, Host>): string {
  return new URL(hosts[account.environment as In['environment']][host]).host;
}
