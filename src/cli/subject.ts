import { lazyProviders } from '../providers/lazy-providers.js';
import { builtInNames } from '../providers/built-in.js';
import type { Provider } from '../providers/provider.js';
import type { Environment } from '../shared/environment.js';
import { readToken } from '../endpoint/read-token.js';
import type { TokenRequest } from '../shared/endpoint-contract.js';
import { isMismatch } from './answer.js';
import type { Answer, Ask } from './ask.js';
import type { CheckOptions } from './options.js';

/** Which provider an endpoint is checked for, and in which environment. */
export interface Subject {
  readonly provider: Provider;
  /** What the element would ask. */
  readonly body: TokenRequest & { readonly environment: Environment };
}

/** What the command was told to check; where it was not told, the first that the endpoint serves. */
export async function findSubject(ask: Ask, options: CheckOptions): Promise<Subject> {
  const [first, ...others] = await candidates(options);
  if (!first) throw new Error('No provider is registered.');
  if (others.length === 0) return first;
  let answered: Subject | undefined;
  let refused: Subject | undefined;
  for (const subject of [first, ...others]) {
    const answer = await ask({ body: subject.body });
    if (isServed(answer, subject, options)) return subject;
    if (answer.status < 300) answered ??= subject;
    // What it would serve, had it been asked for the right order.
    else if (!isMismatch(answer)) refused ??= subject;
  }
  return answered ?? refused ?? first;
}

async function candidates({ provider, environment, order }: CheckOptions): Promise<Subject[]> {
  const names = provider === undefined ? builtInNames : [provider];
  const found = names.map(async (name) => {
    const one = await lazyProviders[name].adapter();
    const has = Object.keys(one.assets) as Environment[];
    const bodies = has.map((environment) => ({ provider: name, environment, ...(order === undefined ? {} : { order }) }));
    return bodies.map((body): Subject => ({ provider: one, body }));
  });
  const all = (await Promise.all(found)).flat();
  return environment === undefined ? all : all.filter(({ body }) => body.environment === environment);
}

/** An endpoint that has no eye for the provider answers for each: only its config tells which one it is for. */
function isServed({ status, json }: Answer, { provider, body }: Subject, { config }: CheckOptions): boolean {
  if (status >= 300) return false;
  try {
    const read = readToken(json, provider, body);
    return provider.config.safeParse({ ...config, ...read.config }).success;
  } catch {
    return false;
  }
}
