import { hosts, nonceLifetime } from '../../providers/payme/contract.js';
import type { PaymeEnvironment } from '../../providers/payme/contract.js';
import { consultCharge, deleteCharge, getCharge, openSession, settleOperation, submitCharge } from './charges.js';
import type { PaymeApiFaults } from './faults.js';
import { delay, nextFault } from '../faults.js';
import type { Json } from '../http.js';
import { answerFault, json, readJson, Refusal } from '../http.js';
import { refusal } from './http.js';
import type { Call, PaymeSettings, Realm } from './realm.js';
import { createRealm } from './realm.js';
import { clientToken, createNonce, redeemNonce } from './tokens.js';
import type { FlexState } from './types.js';

/** All of it has a default: the documentation's sample values, 30 s for a nonce, 8600 s for a bearer, the clock of the machine. */
export interface PaymeApiOptions extends Partial<PaymeSettings> {
  faults?: PaymeApiFaults;
}

/** Pay-me's HTTP API, imitated in memory. The real hosts of both environments lead to it, each with a state of its own. */
export interface PaymeApi {
  /** The hosts that it answers for. */
  readonly hosts: readonly string[];
  /** What goes wrong; change it at any time. */
  readonly faults: PaymeApiFaults;
  /** The last thousand requests, without headers and bodies. */
  readonly requests: readonly { readonly method: string; readonly url: string }[];
  /**
   * Takes what `fetch` takes, and answers as Pay-me does.
   *
   * @throws {TypeError} for a host that is not Pay-me's, and for the fault `drop`, as a `fetch` without a connection does
   */
  fetch(this: void, input: RequestInfo | URL, init?: RequestInit): Promise<Response>;
  /** Puts the last payment of an operation into a state at once, as a shopper who scans the code does. Says whether there was one. */
  settle(operation: string, state: FlexState): boolean;
}

interface Route {
  readonly host: 'auth' | 'api' | 'capture';
  readonly method: string;
  readonly path: RegExp;
  readonly fault: Exclude<keyof PaymeApiFaults, 'deadNonces' | 'unpaid' | 'slow'>;
  readonly when?: (body: Json) => boolean;
  readonly answer: (call: Call) => Json | Promise<Json>;
}

const isRedemption = (body: Json): boolean => body.grant_type === 'nonce';

const routes: readonly Route[] = [
  { host: 'auth', method: 'POST', path: /^\/token$/, when: isRedemption, fault: 'redeem', answer: redeemNonce },
  { host: 'auth', method: 'POST', path: /^\/token$/, fault: 'token', answer: clientToken },
  { host: 'auth', method: 'POST', path: /^\/nonce$/, fault: 'nonce', answer: createNonce },
  { host: 'capture', method: 'POST', path: /^\/flex-capture\/flex-session$/, fault: 'session', answer: openSession },
  { host: 'capture', method: 'POST', path: /^\/flex-capture\/charges$/, fault: 'submit', answer: submitCharge },
  { host: 'capture', method: 'POST', path: /^\/flex-capture\/consult$/, fault: 'consult', answer: consultCharge },
  { host: 'api', method: 'GET', path: /^\/charges\/([^/]+)\/([^/]+)\/([^/]+)$/, fault: 'charges', answer: getCharge },
  { host: 'api', method: 'DELETE', path: /^\/charges\/([^/]+)\/([^/]+)$/, fault: 'charges', answer: deleteCharge },
];

const defaults: PaymeSettings = {
  clientId: 'your_client_id',
  clientSecret: 'your_client_secret',
  nonceLifetime,
  bearerLifetime: 8600,
  pendingTime: 4,
  pendingLifetime: 120,
  countdown: 10,
  now: () => Date.now(),
};

/** An API of its own, that shares nothing with another one. */
export function createPaymeApi({ faults = {}, ...options }: PaymeApiOptions = {}): PaymeApi {
  const settings = { ...defaults, ...options };
  const realms = [createRealm('sandbox', settings, faults), createRealm('production', settings, faults)];
  const requests: { method: string; url: string }[] = [];
  return {
    hosts: [...new Set(realms.flatMap(({ environment }) => hostsOf(environment)))],
    faults,
    requests,
    async fetch(input, init) {
      const request = new Request(input, init);
      request.signal.throwIfAborted();
      requests.push({ method: request.method, url: request.url });
      if (requests.length > 1000) requests.shift();
      return answer(request, realms, faults);
    },
    settle: (operation, state) => realms.some((realm) => settleOperation(realm, operation, state)),
  };
}

async function answer(request: Request, realms: readonly Realm[], faults: PaymeApiFaults): Promise<Response> {
  const { host } = new URL(request.url);
  const realm = realms.find(({ environment }) => hostsOf(environment).includes(host));
  if (!realm) throw new TypeError(`Failed to fetch: the Pay-me stand-in does not answer for ${host}.`);
  try {
    if (faults.slow) await delay(faults.slow, request.signal);
    return await routed(request, realm);
  } catch (error) {
    if (error instanceof Refusal) return refusal(error.status, error.message);
    throw error;
  }
}

async function routed(request: Request, realm: Realm): Promise<Response> {
  const { host, pathname } = new URL(request.url);
  const body = await readJson(request);
  const route = routes.find((one) => isRouteOf(one, request.method, pathname, body) && hostOf(realm.environment, one.host) === host);
  if (!route) return refusal(404, `There is no ${request.method} ${pathname} here.`);
  const fault = nextFault<string | number>(realm.faults[route.fault]);
  const path = (route.path.exec(pathname) ?? []).slice(1).map(decodeURIComponent);
  const call: Call = { realm, headers: request.headers, body, path, signal: request.signal, fault };
  return (await answerFault(fault, request.signal, refusal)) ?? json(await route.answer(call));
}

function isRouteOf(route: Route, method: string, path: string, body: Json): boolean {
  return route.method === method && route.path.test(path) && (route.when?.(body) ?? true);
}

function hostOf(environment: PaymeEnvironment, role: Route['host']): string {
  return new URL(hosts[environment][role]).host;
}

function hostsOf(environment: PaymeEnvironment): string[] {
  return (['auth', 'api', 'capture'] as const).map((role) => hostOf(environment, role));
}
