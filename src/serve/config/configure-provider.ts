import type { Environment } from '../../shared/environment.js';
import type { ProviderSettings } from '../../server/provider-settings.js';
import type { ServerProvider } from '../../server/provider.js';
import type { ProcessConfig } from './process-settings.js';
import { listProviderSettings } from './provider-setting-list.js';
import { describeMissing, readSetting } from './read-setting.js';
import type { Setting } from './setting.js';
import type { SettingSources } from './setting-sources.js';

export interface ConfiguredProvider {
  readonly provider: ServerProvider;
  readonly environment: Environment;
}

/** The values of a provider's options, by name. */
export type ProviderOptions = Readonly<Record<string, unknown>>;

interface ConfigureContext {
  readonly sources: SettingSources;
  readonly config: Pick<ProcessConfig, 'environment' | 'publicUrl' | 'basePath'>;
  /** The credentials of the stand-ins. */
  readonly defaults?: ProviderOptions;
  /** Receives a sentence for each mistake. */
  readonly problems: string[];
}

/** Creates a provider from its settings. Returns `undefined` if none of them is there, because the process then does not serve it. */
export function configureProvider(name: string, table: ProviderSettings, context: ConfigureContext): ConfiguredProvider | undefined {
  const { sources, config, problems, defaults } = context;
  const settings = listProviderSettings(name, table);
  const own = readAll(settings, sources, problems);
  if (Object.keys(own).length === 0 && !defaults) return undefined;
  const { environment = config.environment, returns, ...options } = { ...defaults, ...own };
  const missing = Object.entries(settings).filter(([key, { isOptional }]) => !isOptional && !(key in options));
  problems.push(...missing.map(([, setting]) => describeMissing(setting)));
  if (returns === true && !config.publicUrl) problems.push(`${settings.returns?.variable} needs PAY_PUBLIC_URL, the address of the shop.`);
  if (problems.length > 0) return undefined;
  const callbacks = table.callsBack ? listCallbacks(name, config, returns === true) : {};
  const provider = create(table, { ...options, ...callbacks }, problems, settings);
  return provider && { provider, environment: environment as Environment };
}

function readAll(settings: Readonly<Record<string, Setting>>, sources: SettingSources, problems: string[]): ProviderOptions {
  const values = Object.entries(settings).map(([key, setting]) => [key, readSetting(sources, setting, problems)]);
  return Object.fromEntries(values.filter(([, value]) => value !== undefined)) as ProviderOptions;
}

function listCallbacks(name: string, { publicUrl, basePath }: ConfigureContext['config'], returns: boolean): ProviderOptions {
  if (!publicUrl) return {};
  const base = `${publicUrl}${basePath}`;
  return { notificationUrl: `${base}/notifications/${name}`, ...(returns && { returnUrl: `${base}/returns/${name}` }) };
}

/** The provider names its option, and the message the variable, because that is what the merchant has set. */
function create(table: ProviderSettings, options: ProviderOptions, problems: string[], settings: Readonly<Record<string, Setting>>) {
  try {
    return table.create(options);
  } catch (error) {
    const { message } = error as Error;
    const option = /`(\w+)[.`]/.exec(message)?.[1] ?? '';
    problems.push(`${settings[option]?.variable ?? 'The provider'}: ${message}`);
    return undefined;
  }
}
