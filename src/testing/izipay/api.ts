import { hosts, tokenLifetime, tokenPath, type IzipayEnvironment } from '../../providers/izipay/contract.js';
import { delay, nextFault } from '../faults.js';
import { answerFault, json, readJson, Refusal, type Json } from '../http.js';
import { chargeCard, openSession } from './charges.js';
import type { IzipayApiFaults } from './faults.js';
import { createRealm, type Call, type IzipaySettings, type Realm } from './realm.js';
import { generateToken } from './tokens.js';

/** All of it has a default: the sample values of the seed, 900 s for a token, the clock of the machine. */
export interface IzipayApiOptions extends Partial<IzipaySettings> {
  faults?: IzipayApiFaults;
}

/** Izipay's HTTP API, imitated in memory. The real hosts of all three environments lead to it, each with a state of its own. */
export interface IzipayApi {
  /** The hosts that it answers for. */
  readonly hosts: readonly string[];
  /** What goes wrong; change it at any time. */
  readonly faults: IzipayApiFaults;
  /** The last thousand requests, without headers and bodies. */
  readonly requests: readonly { readonly method: string; readonly url: string }[];
  /**
   * Takes what `fetch` takes, and answers as Izipay does.
   *
   * @throws {TypeError} for a host that is not Izipay's, and for the fault `drop`, as a `fetch` without a connection does
   */
  fetch(this: void, input: RequestInfo | URL, init?: RequestInit): Promise<Response>;
}

interface Route {
  readonly host: 'api' | 'checkout';
  readonly path: string;
  readonly fault: 'token' | 'session' | 'charge';
  readonly answer: (call: Call) => Json | Promise<Json>;
}

/** What the frame calls is not published: these paths are ours. */
export const framePaths = { session: '/payments/v1/stand-in/session', charge: '/payments/v1/stand-in/charge' };

const routes: readonly Route[] = [
  { host: 'api', path: tokenPath, fault: 'token', answer: generateToken },
  { host: 'checkout', path: framePaths.session, fault: 'session', answer: openSession },
  { host: 'checkout', path: framePaths.charge, fault: 'charge', answer: chargeCard },
];

const defaults: IzipaySettings = {
  merchantCode: '4007701',
  publicKey: 'VErethUtraQuxas57wuMuquprADrAHAb',
  hashKey: 'your_hash_key',
  tokenLifetime,
  now: () => Date.now(),
};

/** An API of its own, that shares nothing with another one. */
export function createIzipayApi({ faults = {}, ...options }: IzipayApiOptions = {}): IzipayApi {
  const settings = { ...defaults, ...options };
  const environments = Object.keys(hosts) as IzipayEnvironment[];
  const realms = environments.map((environment) => createRealm(environment, settings, faults));
  const requests: { method: string; url: string }[] = [];
  return {
    hosts: environments.flatMap((environment) => [hostOf(environment, 'api'), hostOf(environment, 'checkout')]),
    faults,
    requests,
    async fetch(input, init) {
      const request = new Request(input, init);
      request.signal.throwIfAborted();
      requests.push({ method: request.method, url: request.url });
      if (requests.length > 1000) requests.shift();
      return answer(request, realms, faults);
    },
  };
}

async function answer(request: Request, realms: readonly Realm[], faults: IzipayApiFaults): Promise<Response> {
  const { host, pathname } = new URL(request.url);
  const realm = realms.find(({ environment }) => [hostOf(environment, 'api'), hostOf(environment, 'checkout')].includes(host));
  if (!realm) throw new TypeError(`Failed to fetch: the Izipay stand-in does not answer for ${host}.`);
  try {
    if (faults.slow) await delay(faults.slow, request.signal);
    const route = routes.find((one) => one.path === pathname && hostOf(realm.environment, one.host) === host);
    if (!route || request.method !== 'POST') return refusal(404, `There is no ${request.method} ${pathname} here.`);
    return await routed(request, realm, route);
  } catch (error) {
    if (error instanceof Refusal) return refusal(error.status, error.message);
    throw error;
  }
}

async function routed(request: Request, realm: Realm, route: Route): Promise<Response> {
  const { headers, signal } = request;
  const body = await readJson(request);
  const fault = nextFault<string | number>(realm.faults[route.fault]);
  return (await answerFault(fault, signal, refusal)) ?? json(await route.answer({ realm, headers, body, signal, fault }));
}

/** No error body is published. */
function refusal(status: number, message: string): Response {
  return json({ code: String(status), message }, status);
}

function hostOf(environment: IzipayEnvironment, role: Route['host']): string {
  return new URL(hosts[environment][role]).host;
}
