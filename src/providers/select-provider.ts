import type { Environment } from '../shared/environment.js';

export interface ProviderSelection {
  readonly provider: string;
  readonly environment: Environment;
}

/**
 * Selects the value for a provider and its environment.
 *
 * @param caller the function that error messages name
 * @throws {RangeError} for an unknown provider, or an environment that the provider lacks. The message lists the valid values.
 */
export function selectProvider<Value>(
  all: Readonly<Record<string, Readonly<Partial<Record<Environment, Value>>>>>,
  { provider, environment }: ProviderSelection,
  caller: string,
): Value {
  const known = Object.hasOwn(all, provider) ? all[provider] : undefined;
  if (!known) throw new RangeError(`${caller}(): \`provider\` should be one of ${Object.keys(all).join(', ')}.`);
  const found = Object.hasOwn(known, environment) ? known[environment] : undefined;
  if (found) return found;
  throw new RangeError(`${caller}(): \`environment\` should be one of ${Object.keys(known).join(', ')} for ${provider}.`);
}
