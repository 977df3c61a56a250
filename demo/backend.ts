import { Hono } from 'hono';
import type { Environment, Fetch, ServerProvider } from '../src/server.js';
import { forEachProvider } from '../src/testing/providers.js';
import { createStandIns, type StandIns, type StandInsOptions } from '../src/testing/stand-ins.js';
import { endpointsOf } from './chosen.js';
import { breakScript, breakToken } from './endpoint-faults.js';
import { CurrentFault } from './faults/current-fault.js';
import { createLedger } from './ledger.js';
import { createPay, type Pay, type PayOptions } from './pay.js';
import { providerNames, providers, type ProviderName } from './providers/index.js';
import { visitorOf } from './session.js';
import type { Accounts } from './settings.js';

export interface BackendOptions {
  /** A provider without an account uses its stand-in. */
  readonly accounts?: Accounts;
  /** Returns the text of a stand-in's library. */
  readonly library: (provider: ProviderName) => Promise<string>;
  /** The options of the stand-ins. */
  readonly standIns?: StandInsOptions;
  readonly onError?: (error: unknown) => void;
  /** By default, the cookie that the pages set identifies the visitor. */
  readonly visitorOf?: PayOptions['visitorOf'];
}

export interface Backend {
  readonly app: Hono;
  readonly standIns: StandIns;
  /** The server halves of the providers. */
  readonly merchants: Merchants;
  /** Returns the endpoints and operations of an environment. */
  payIn(this: void, environment: Environment): Pay | undefined;
  /** Whether the provider has no account here and uses its stand-in. */
  isStandIn(this: void, provider: ProviderName): boolean;
  /** Sets the fault for all later requests. */
  setFault(this: void, provider: ProviderName, name: string | undefined): void;
}

export type Merchants = Readonly<Record<ProviderName, ServerProvider>>;

/** Creates the merchant's two endpoints for each environment, and the stand-ins of the providers without an account. */
export function createBackend({ accounts = {}, library, ...options }: BackendOptions): Backend {
  const app = new Hono();
  const standIns = createStandIns({ ...options.standIns, scripts: forEachProvider((name) => () => library(name)) });
  const fault = new CurrentFault();
  const isStandIn = (name: ProviderName) => !accounts[name];
  if (providerNames.some(isStandIn)) serveStandIns(app, standIns, fault);
  const createMerchants = () => forEachProvider((name) => providers[name].create(accounts[name] ?? providers[name].sample));
  const merchants = createMerchants();
  const fetch = throughTo(standIns, Object.keys(accounts).filter((name) => !isStandIn(name as ProviderName)) as ProviderName[]);
  const shop = { fetch, ledger: createLedger(), onError: options.onError, visitorOf: options.visitorOf ?? visitorOf };
  const running = new Map<Environment, RunningPay>();
  for (const environment of environmentsOf(merchants)) {
    // Accounts only exist in the sandbox.
    const offered = providerNames.filter((name) => environment === 'sandbox' || isStandIn(name));
    const create = () => createPay({ ...shop, environment, providers: having(environment, createMerchants(), offered) });
    running.set(environment, mount(app, endpointsOf(environment), create));
  }
  const setFault: Backend['setFault'] = (provider, name) => {
    const isChanged = fault.set(provider, name, standIns);
    if (isChanged) for (const { restart } of running.values()) restart();
  };
  return { app, standIns, merchants, payIn: (environment) => running.get(environment)?.current(), isStandIn, setFault };
}

function serveStandIns(app: Hono, standIns: StandIns, fault: CurrentFault): void {
  app.use('/api/pay/token', breakToken(fault));
  app.use('/api/pay/:environment/token', breakToken(fault));
  app.use('/stand-in/*', breakScript(fault));
  app.all('/stand-in/*', ({ req }) => standIns.handle(req.raw));
}

/** Sends requests to the real hosts of the providers with an account. All other requests go to the stand-ins. */
function throughTo(standIns: StandIns, names: readonly ProviderName[]): Fetch {
  const abroad = names.flatMap((name) => standIns[name].hosts);
  return (url, init) => (abroad.includes(new URL(url).host) ? fetch(url, init) : standIns.fetch(url, init));
}

function environmentsOf(merchants: Merchants): Set<Environment> {
  return new Set(Object.values(merchants).flatMap(({ environments }) => environments));
}

function having(environment: Environment, merchants: Merchants, names: readonly ProviderName[]): Record<string, ServerProvider> {
  const found = names.filter((name) => merchants[name].environments.includes(environment));
  return Object.fromEntries(found.map((name) => [name, merchants[name]]));
}

interface RunningPay {
  current(): Pay;
  /** Restarts the endpoints, as a merchant does after a change: they remember refused credentials for seconds. */
  restart(): void;
}

function mount(app: Hono, path: string, create: () => Pay): RunningPay {
  let pay = create();
  app.all(`${path}/token`, ({ req }) => pay.token(req.raw));
  app.all(`${path}/outcome`, ({ req }) => pay.outcome(req.raw));
  return { current: () => pay, restart: () => (pay = create()) };
}
