import { lazyProviders } from '../../providers/lazy-providers.js';
import { builtInFolders } from '../../providers/built-in.js';
import type { Provider } from '../../providers/provider.js';
import type { Environment } from '../../shared/environment.js';
import { readToken } from '../../endpoint/read-token.js';
import type { TokenRequest } from '../../shared/endpoint-contract.js';
import { isMismatch } from './response.js';
import type { EndpointResponse, Sender } from './send-request.js';
import type { CheckOptions } from './options.js';

/** The provider and environment that an endpoint is checked for. */
export interface CheckTarget {
  readonly provider: Provider;
  /** The body that the element would send. */
  readonly body: TokenRequest & { readonly environment: Environment };
}

/** Returns the target that the arguments name, or else the first that the endpoint serves. */
export async function findTarget(send: Sender, options: CheckOptions): Promise<CheckTarget> {
  const candidates = await listCandidates(options);
  if (candidates.length === 1) return guessTarget(options);
  let answered: CheckTarget | undefined;
  let refused: CheckTarget | undefined;
  for (const target of candidates) {
    const response = await send({ body: target.body });
    if (isServed(response, target, options)) return target;
    if (response.status < 300) answered ??= target;
    // The endpoint would serve this target for the right order.
    else if (!isMismatch(response)) refused ??= target;
  }
  return answered ?? refused ?? guessTarget(options);
}

/** Returns the first target that the arguments allow, for an endpoint that does not answer. */
export async function guessTarget(options: CheckOptions): Promise<CheckTarget> {
  const [first] = await listCandidates(options);
  if (!first) throw new Error('No provider is registered.');
  return first;
}

async function listCandidates({ provider, environment, order }: CheckOptions): Promise<CheckTarget[]> {
  const names = provider === undefined ? builtInFolders : [provider];
  const found = names.map(async (name) => {
    const one = await lazyProviders[name].adapter();
    const has = Object.keys(one.assets) as Environment[];
    const bodies = has.map((environment) => ({ provider: name, environment, ...(order === undefined ? {} : { order }) }));
    return bodies.map((body): CheckTarget => ({ provider: one, body }));
  });
  const all = (await Promise.all(found)).flat();
  return environment === undefined ? all : all.filter(({ body }) => body.environment === environment);
}

/** An endpoint that ignores `provider` answers for each one, so only the config shows which provider it serves. */
function isServed({ status, json }: EndpointResponse, { provider, body }: CheckTarget, { config }: CheckOptions): boolean {
  if (status >= 300) return false;
  try {
    const read = readToken(json, provider, body);
    const merged = { ...config, ...read.config };
    const { success, data } = provider.config.safeParse(merged) as { success: boolean; data?: unknown };
    // Payroc needs no config, so another provider's would be valid, too. Its keys are unknown there.
    return success && Object.keys(merged).every((key) => key in Object(data));
  } catch {
    return false;
  }
}
