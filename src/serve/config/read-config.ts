import { isRecord } from '../../shared/schema.js';
import { ConfigError } from './config-error.js';
import { configureProvider, describeStandInsInProduction, type ConfiguredProvider, type ProviderOptions } from './configure-provider.js';
import { processSettings, type ProcessConfig } from './process-settings.js';
import { providerTable } from './provider-table.js';
import { readSetting } from './read-setting.js';
import { toVariable } from './setting.js';
import { SettingSources, type Variables } from './setting-sources.js';
import { findUnknownKeys } from './unknown-keys.js';

/** Everything that the process needs to know, validated. */
export interface ServeConfig extends ProcessConfig {
  readonly providers: Readonly<Record<string, ConfiguredProvider>>;
  /** Sentences about what works, but not as the merchant may expect. */
  readonly warnings: readonly string[];
}

/** What configures the process. */
export interface ConfigInput {
  readonly variables: Variables;
  /** The content of the JSON file. */
  readonly json?: unknown;
}

/** Returns the credentials that the stand-ins at an address accept, by provider. */
export type ReadStandIns = (address: string) => Promise<Readonly<Record<string, ProviderOptions>>>;

/**
 * Reads and validates the configuration.
 *
 * @throws {ConfigError} lists every mistake by the name of its setting
 */
export async function readConfig({ variables, json = {} }: ConfigInput, readStandIns: ReadStandIns): Promise<ServeConfig> {
  if (!isRecord(json)) throw new ConfigError(['The JSON file should hold an object.']);
  const sources = new SettingSources(variables, json);
  const problems = findUnknownKeys(json);
  const config = readProcessConfig(sources, problems);
  if (config.standIns !== undefined && config.environment === 'production') problems.push(describeStandInsInProduction('PAY_ENVIRONMENT'));
  // A required variable may be missing because it is misspelled.
  if (problems.length > 0) throw new ConfigError([...problems, ...listUnusedVariables(sources, ['PAY'])]);
  const defaults = config.standIns === undefined ? {} : await readStandIns(config.standIns);
  const warnings: string[] = [];
  const providers = configureProviders(sources, config, defaults, warnings);
  return { ...config, providers, warnings: [...listUnusedVariables(sources), ...warnings] };
}

/** A misspelled optional variable, such as `PAY_ORIGIN`, would otherwise do nothing without a word. */
function listUnusedVariables(sources: SettingSources, names = ['PAY', ...Object.keys(providerTable)]): string[] {
  return sources
    .listUnused(names.map((name) => `${toVariable(name)}_`))
    .map((variable) => `The variable ${variable} has no effect. Check its name in docs/serve.md.`);
}

function readProcessConfig(sources: SettingSources, problems: string[]): ProcessConfig {
  return Object.fromEntries(processSettings.map((setting) => [setting.path, readSetting(sources, setting, problems)])) as ProcessConfig;
}

type Defaults = Readonly<Record<string, ProviderOptions>>;

function configureProviders(sources: SettingSources, config: ProcessConfig, defaults: Defaults, warnings: string[]) {
  const problems: string[] = [];
  const all = Object.entries(providerTable).map(([name, table]) => {
    const own: string[] = [];
    const configured = configureProvider(name, table, { sources, config, defaults: defaults[name], problems: own, warnings });
    problems.push(...own);
    return configured;
  });
  // The name of a provider may be that of a brand.
  const providers = Object.fromEntries(all.flatMap((configured) => (configured ? [[configured.provider.name, configured] as const] : [])));
  if (problems.length === 0 && Object.keys(providers).length === 0) problems.push(describeNoProvider());
  if (problems.length > 0) throw new ConfigError(problems);
  return providers;
}

function describeNoProvider(): string {
  const names = Object.keys(providerTable).map((name) => `${name.toUpperCase()}_…`);
  return `No provider is configured. Set the credentials of at least one (${names.join(', ')}), or PAY_STAND_INS for a try without an account.`;
}
