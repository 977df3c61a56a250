import { builtInNames, isBuiltIn, type BuiltInName } from '../providers/built-in.js';
import { selectProvider } from '../providers/select-provider.js';
import type { Environment } from '../shared/environment.js';
import { describeKind } from '../shared/schema.js';

export interface ProviderOptions {
  readonly provider: BuiltInName;
  readonly fallback?: string;
  readonly environment?: Environment;
}

/** A provider and what was selected for it. The first is the one of the attribute. Its fallbacks follow. */
export type Selected<Value> = readonly [first: readonly [BuiltInName, Value], ...others: (readonly [BuiltInName, Value])[]];

/**
 * Selects the value of each provider that a page may open, once: `provider` and then the names in `fallback`.
 *
 * @param caller the function that error messages name
 * @throws {RangeError} for an unknown provider, an environment that one of them lacks, or a fallback that is no string
 */
export function selectProviders<Value>(
  all: Readonly<Record<BuiltInName, Readonly<Partial<Record<Environment, Value>>>>>,
  { provider, fallback = '', environment = 'production' }: ProviderOptions,
  caller: string,
): Selected<Value> {
  const select = (name: BuiltInName) => [name, selectProvider(all, { provider: name, environment }, caller)] as const;
  const first = select(provider);
  return [first, ...readNames(fallback, provider, caller).map(select)];
}

/** Reads the names as the element reads its attribute. */
function readNames(fallback: unknown, provider: BuiltInName, caller: string): BuiltInName[] {
  const fail = (expected: string, found: string) => new RangeError(`${caller}(): \`fallback\` should ${expected}, but ${found}.`);
  if (typeof fallback !== 'string') throw fail('be a string', `was ${describeKind(fallback)}`);
  const names = new Set(fallback.split(/[\s,]+/).filter((name) => name && name !== provider));
  return [...names].map((name) => {
    if (isBuiltIn(name)) return name;
    throw fail(`have names of ${builtInNames.join(', ')}, separated by spaces`, `has ${JSON.stringify(name.slice(0, 40))}`);
  });
}
