import { hosts, sessionLifetime, type PayrocEnvironment } from '../../providers/payroc/contract.js';
import { delay, nextFault } from '../faults.js';
import type { PayrocApiFaults } from './faults.js';
import { gateways } from './gateway.js';
import { answerFault, problem, readJson, Refusal } from './http.js';
import { once } from './idempotency.js';
import { createRealm, type Call, type PayrocSettings, type Realm } from './realm.js';
import { payByBank, payByCard, saveToken, updateToken } from './sales.js';
import { authorize, createSession, createSingleUseToken, readConfiguration, takeField } from './sessions.js';

/** All of it has a default: the documentation's sample values, 10 min for a session, an hour for a bearer, the clock of the machine. */
export interface PayrocApiOptions extends Partial<PayrocSettings> {
  faults?: PayrocApiFaults;
}

/** Payroc's HTTP API, imitated in memory. The hosts of both environments lead to it, each with a state of its own. */
export interface PayrocApi {
  /** The hosts that it answers for. */
  readonly hosts: readonly string[];
  /** What goes wrong; change it at any time. */
  readonly faults: PayrocApiFaults;
  /** The last thousand requests, without headers and bodies. */
  readonly requests: readonly { readonly method: string; readonly url: string }[];
  /**
   * Takes what `fetch` takes, and answers as Payroc does.
   *
   * @throws {TypeError} for a host that is not Payroc's, and for the fault `drop`, as a `fetch` without a connection does
   */
  fetch(this: void, input: RequestInfo | URL, init?: RequestInit): Promise<Response>;
}

interface Route {
  readonly host: 'identity' | 'api' | 'gateway';
  readonly method: string;
  readonly path: RegExp;
  readonly fault: Exclude<keyof PayrocApiFaults, 'deadSessions' | 'slow'>;
  readonly answer: (call: Call) => Response | Promise<Response>;
}

const terminal = '/v1/processing-terminals/([^/]+)';
const session = '/merchant/api/v2/hosted-fields-sessions/([^/]+)';
const post = (host: Route['host'], path: string, fault: Route['fault'], answer: Route['answer']): Route => ({
  ...{ host, method: 'POST', fault, answer },
  path: new RegExp(`^${path}$`),
});

const routes: readonly Route[] = [
  post('identity', '/authorize', 'authorize', authorize),
  post('api', `${terminal}/hosted-fields-sessions`, 'sessions', createSession),
  post('api', '/v1/payments', 'payments', payByCard),
  post('api', '/v1/bank-transfer-payments', 'payments', payByBank),
  post('api', `${terminal}/secure-tokens`, 'secureTokens', saveToken),
  post('api', `${terminal}/secure-tokens/([^/]+)/update-account`, 'secureTokens', updateToken),
  { ...post('gateway', `${session}/configuration`, 'configuration', readConfiguration), method: 'GET' },
  post('gateway', `${session}/fields`, 'fields', takeField),
  post('gateway', `${session}/single-use-tokens`, 'singleUseTokens', createSingleUseToken),
];

const defaults: PayrocSettings = {
  apiKey: 'your_api_key',
  processingTerminalId: '1234001',
  bankTransfers: true,
  tokenization: true,
  bearerLifetime: 3600,
  sessionLifetime,
  singleUseLifetime: 1800,
  now: () => Date.now(),
};

/** An API of its own, that shares nothing with another one. */
export function createPayrocApi({ faults = {}, ...options }: PayrocApiOptions = {}): PayrocApi {
  const settings = { ...defaults, ...options };
  const realms = [createRealm('sandbox', settings, faults), createRealm('production', settings, faults)];
  const requests: { method: string; url: string }[] = [];
  return {
    hosts: realms.flatMap(({ environment }) => hostsOf(environment)),
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

async function answer(request: Request, realms: readonly Realm[], faults: PayrocApiFaults): Promise<Response> {
  const { host } = new URL(request.url);
  const realm = realms.find(({ environment }) => hostsOf(environment).includes(host));
  if (!realm) throw new TypeError(`Failed to fetch: the Payroc stand-in does not answer for ${host}.`);
  try {
    if (faults.slow) await delay(faults.slow, request.signal);
    return await routed(request, realm);
  } catch (error) {
    if (error instanceof Refusal) return problem(error);
    throw error;
  }
}

async function routed(request: Request, realm: Realm): Promise<Response> {
  const { host, pathname } = new URL(request.url);
  const route = routes.find(
    (one) => one.method === request.method && one.path.test(pathname) && hostOf(realm.environment, one.host) === host,
  );
  if (!route) throw new Refusal(404, `There is no ${request.method} ${pathname} here.`);
  const text = await request.clone().text();
  const fault = nextFault<string | number>(realm.faults[route.fault]);
  const broken = await answerFault(fault, request.signal);
  if (broken) return broken;
  const path = (route.path.exec(pathname) ?? []).slice(1).map(decodeURIComponent);
  const call: Call = { realm, headers: request.headers, body: await readJson(request), path, signal: request.signal, fault };
  const work = async () => route.answer(call);
  return route.host === 'api' ? once(realm, request, text, work) : work();
}

function hostOf(environment: PayrocEnvironment, role: Route['host']): string {
  return new URL(role === 'gateway' ? gateways[environment] : hosts[environment][role]).host;
}

function hostsOf(environment: PayrocEnvironment): string[] {
  return (['identity', 'api', 'gateway'] as const).map((role) => hostOf(environment, role));
}
