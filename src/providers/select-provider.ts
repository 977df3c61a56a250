import type { Environment } from '../shared/environment.js';

export interface ProviderSelection {
  readonly provider: string;
  readonly environment: Environment;
}

/**
 * What belongs to a provider in its environment.
 *
 * @throws {RangeError} that says what `caller` takes, for a provider that is none of them, or an environment that it has not
 */
export function selectProvider<Of>(
  all: Readonly<Record<string, Readonly<Partial<Record<Environment, Of>>>>>,
  { provider, environment }: ProviderSelection,
  caller: string,
): Of {
  const known = Object.hasOwn(all, provider) ? all[provider] : undefined;
  if (!known) throw new RangeError(`${caller}(): \`provider\` should be one of ${Object.keys(all).join(', ')}.`);
  const found = Object.hasOwn(known, environment) ? known[environment] : undefined;
  if (found) return found;
  throw new RangeError(`${caller}(): \`environment\` should be one of ${Object.keys(known).join(', ')} for ${provider}.`);
}
