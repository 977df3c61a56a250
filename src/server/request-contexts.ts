import type { Environment } from '../shared/environment.js';
import type { TokenRequest } from '../shared/endpoint-contract.js';
import { Bearers } from './bearers.js';
import { CacheClient } from './cache-client.js';
import type { PayEndpointsOptions } from './endpoints-options.js';
import { KeyedLock } from './keyed-lock.js';
import { findOrder, type OrderQuery } from './order.js';
import { Problem } from './problem.js';
import { ProviderNotConfigured } from './provider-not-configured.js';
import { ProviderBreaker } from './provider-breaker.js';
import type { ProviderContext, ServerContext, ServerProvider } from './provider.js';
import { createSend, webFetch, type RequestScope } from './upstream.js';

/** A provider with the environment that the merchant chose for it. */
export interface ConfiguredProvider {
  /** As in the element's `provider` attribute. */
  readonly name: string;
  readonly provider: ServerProvider;
  readonly environment: Environment;
  readonly breaker: ProviderBreaker;
}

export type RequestContexts = ReturnType<typeof createRequestContexts>;

/** Creates the functions that give each request its provider, and the context in which that provider works. */
export function createRequestContexts({ order: lookUp, cache, fetch = webFetch, ...options }: PayEndpointsOptions) {
  const providers = configureProviders(options);
  const client = new CacheClient(cache);
  const bearers = new Bearers(client, fetch);
  const lock = new KeyedLock();
  const createProviderContext = (environment: Environment, scope: RequestScope): ProviderContext => ({
    environment,
    signal: scope.signal,
    send: createSend(fetch, scope),
    withBearer: (grant, work) => bearers.use(grant, scope, work),
    store: client.createStore(scope),
    runExclusively: (key, work) => lock.run(key, scope.signal, work),
    reportInput: (field, change) => scope.reporter.report({ phase: 'input', field, change }, performance.now()),
  });
  const createOrderContext = async (endpoint: OrderQuery['endpoint'], body: TokenRequest, request: Request, scope: RequestScope) => {
    const { name, provider, environment, breaker } = selectProvider(providers, body);
    const query = { order: body.order, endpoint, provider: name, environment, request, requestId: scope.reporter.requestId };
    const order = await findOrder(scope, query, lookUp);
    const context: ServerContext = { ...createProviderContext(environment, scope), order };
    return { provider, context, breaker };
  };
  const findProvider = (subject: ProviderSubject, caller: string) => findConfigured(providers, subject, caller);
  return { providers, findProvider, createOrderContext, createProviderContext };
}

/** What a payment or a saved card says about its provider. */
type ProviderSubject = Pick<ConfiguredProvider, 'environment'> & { readonly provider: string };

/** @throws {ProviderNotConfigured} if the provider is not configured, or for another environment */
function findConfigured(providers: ReadonlyMap<string, ConfiguredProvider>, subject: ProviderSubject, caller: string): ConfiguredProvider {
  const { provider, environment } = subject;
  const configured = providers.get(provider);
  if (!configured)
    throw new ProviderNotConfigured(`${caller}: \`provider\` should be one of ${[...providers.keys()].join(', ')}, but was another name.`);
  if (configured.environment === environment) return configured;
  throw new ProviderNotConfigured(
    `${caller}: \`environment\` should be ${configured.environment}, as createPayEndpoints() has it for ${provider}, but was ${environment}.`,
  );
}

function configureProviders({
  providers,
  environment,
}: Pick<PayEndpointsOptions, 'providers' | 'environment'>): ReadonlyMap<string, ConfiguredProvider> {
  const entries = Object.entries(providers).map(([name, provider]): [string, ConfiguredProvider] => {
    requireOwnName(name, provider);
    const chosen = typeof environment === 'string' ? environment : environment[name];
    const configured = { name, provider, environment: requireEnvironment(name, provider, chosen) };
    return [name, { ...configured, breaker: new ProviderBreaker(name) }];
  });
  return new Map(entries);
}

function requireOwnName(key: string, { name, hasFixedName }: ServerProvider): void {
  if (!hasFixedName || key === name) return;
  throw new TypeError(
    `createPayEndpoints: \`providers\` should have ${name} under this name, but has it under ${key}. Rename the key to \`${name}\`, and write provider="${name}" in the page, because this name chooses the host of the script.`,
  );
}

function requireEnvironment(name: string, { environments }: ServerProvider, environment: Environment | undefined): Environment {
  if (environment && environments.includes(environment)) return environment;
  throw new TypeError(
    `createPayEndpoints: \`environment\` of ${name} should be one of ${environments.join(', ')}, but was ${environment ?? 'missing'}.`,
  );
}

/** Selects the provider that the page names. The environment is the merchant's setting: the page's value only has to match it. */
function selectProvider(providers: ReadonlyMap<string, ConfiguredProvider>, { provider, environment }: TokenRequest): ConfiguredProvider {
  const configured = providers.get(provider);
  if (!configured)
    throw new Problem('mismatch', `The body: \`provider\` should be one of ${[...providers.keys()].join(', ')}. ${compare('provider')}`);
  if (environment === configured.environment) return configured;
  throw new Problem('mismatch', `The body: \`environment\` should be ${configured.environment}. ${compare('environment')}`);
}

/** Says where page and endpoint name the same thing. */
function compare(option: 'provider' | 'environment'): string {
  const ours = option === 'provider' ? 'providers' : option;
  return `Compare \`${ours}\` of createPayEndpoints() with the element's attribute.`;
}
