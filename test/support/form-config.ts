import { findFormProblems } from '../../src/cli/check/form-problems.js';
import type { ProviderForm } from '../../src/providers/form-fields.js';
import { createPayEndpoints, type OrderInput } from '../../src/server.js';
import { createStandIns } from '../../src/testing.js';
import type { ProviderName } from '../../src/testing/providers.js';
import { createSampleProviders, order } from './shop.js';

export type Config = Record<string, unknown>;

/** Requests a token from our own endpoint and returns its `config`. */
export async function requestConfig(provider: ProviderName, changes: Partial<OrderInput> = {}): Promise<Config> {
  const pay = createPayEndpoints({
    environment: 'sandbox',
    providers: createSampleProviders(),
    order: () => ({ ...order, ...changes }),
    fetch: createStandIns().fetch,
  });
  const body = JSON.stringify({ provider, environment: 'sandbox', order: order.reference });
  const headers = { 'Content-Type': 'application/json' };
  const response = await pay.token(new Request('https://shop.example.com/token', { method: 'POST', headers, body }));
  return ((await response.json()) as { config: Config }).config;
}

/** Returns the findings as the lines of a report, without the name of the check. */
export function listProblems(form: ProviderForm, config: object): string[] {
  return findFormProblems(form, config).map(({ level, message }) => `${level} ${message}`);
}

/** Replaces the value at a path such as `order.amount`. `undefined` removes it. */
export function withValue(config: Config, path: string, value: unknown): Config {
  const [key = '', ...rest] = path.split('.');
  const inner = rest.length > 0 ? withValue((config[key] ?? {}) as Config, rest.join('.'), value) : value;
  return { ...config, [key]: inner };
}

/** Renames the key at a path. */
export function withKey(config: Config, path: string, name: string): Config {
  const keys = path.split('.');
  const value = keys.reduce<unknown>((inner, key) => (inner as Config)[key], config);
  return withValue(withValue(config, path, undefined), [...keys.slice(0, -1), name].join('.'), value);
}
