import type { Environment } from '../../shared/environment.js';
import { joinAlternatives } from '../../shared/schema.js';
import type { ProviderSettings } from '../../server/provider-settings.js';
import type { ServerProvider } from '../../server/provider.js';
import type { ProcessConfig } from './process-settings.js';
import { listProviderSettings } from './provider-setting-list.js';
import { describeMissing, readSetting } from './read-setting.js';
import { toVariable, type Setting } from './setting.js';
import type { SettingSources } from './setting-sources.js';

export interface ConfiguredProvider {
  readonly provider: ServerProvider;
  readonly environment: Environment;
}

/** The values of a provider's options, by name. */
export type ProviderOptions = Readonly<Record<string, unknown>>;

interface ConfigureContext {
  readonly sources: SettingSources;
  readonly config: Pick<ProcessConfig, 'environment' | 'publicUrl' | 'basePath' | 'standIns'>;
  /** The credentials of the stand-ins. */
  readonly defaults?: ProviderOptions;
  /** Receives a sentence for each mistake. */
  readonly problems: string[];
  /** Receives a sentence for what works, but not as a merchant expects. */
  readonly warnings: string[];
}

/** Creates a provider from its settings. Returns `undefined` if none of them is there, because the process then does not serve it. */
export function configureProvider(name: string, table: ProviderSettings, context: ConfigureContext): ConfiguredProvider | undefined {
  const { sources, config, problems, defaults } = context;
  const settings = listProviderSettings(name, table);
  const own = readAll(settings, sources, problems);
  const isOn = Object.keys(own).length > 0;
  if (!isOn && !defaults) return undefined;
  const { environment = config.environment, returns, ...options } = { ...defaults, ...own };
  const missing = Object.entries(settings).filter(([key, { isOptional }]) => !isOptional && !(key in options));
  problems.push(...missing.map(([, setting]) => describeMissing(setting)));
  if (returns === true && !config.publicUrl) problems.push(`${settings.returns?.variable} needs PAY_PUBLIC_URL, the address of the shop.`);
  if (problems.length > 0) return undefined;
  const callbacks = listCallbacks(findServedName(name, table, options), table, config, returns === true);
  const obstacle = isOn && table.notifies ? findNotificationObstacle(name, table, options, config) : undefined;
  if (obstacle !== undefined) context.warnings.push(obstacle);
  const provider = create(
    table,
    { ...options, ...callbacks, ...(obstacle !== undefined && { notificationUrl: undefined }) },
    problems,
    settings,
  );
  const configured = provider && { provider, environment: environment as Environment };
  // A provider that only the stand-ins have switched on must not fail because of an environment that is meant for the others.
  if (!configured || (!isOn && !hasEnvironment(configured))) return undefined;
  problems.push(...checkEnvironment(name, configured, { isOwn: 'environment' in own, standIns: config.standIns }));
  return configured;
}

/** Returns the name in the element's `provider` attribute, which may be a brand. */
function findServedName(name: string, { nameOption }: ProviderSettings, options: ProviderOptions): string {
  const chosen = nameOption !== undefined && options[nameOption];
  return typeof chosen === 'string' ? chosen : name;
}

/** Reads the settings that are there. One with a mistake has the value `undefined`, so that it does not count as missing too. */
function readAll(settings: Readonly<Record<string, Setting>>, sources: SettingSources, problems: string[]): ProviderOptions {
  const found: Record<string, unknown> = {};
  for (const [key, setting] of Object.entries(settings)) {
    const count = problems.length;
    const value = readSetting(sources, setting, problems);
    if (value !== undefined || problems.length > count) found[key] = value;
  }
  return found;
}

function hasEnvironment({ provider, environment }: ConfiguredProvider): boolean {
  return provider.environments.includes(environment);
}

interface EnvironmentSource {
  /** Whether the provider has an environment of its own. */
  readonly isOwn: boolean;
  readonly standIns: string | undefined;
}

function checkEnvironment(name: string, configured: ConfiguredProvider, { isOwn, standIns }: EnvironmentSource): string[] {
  const { provider, environment } = configured;
  const own = toVariable(`${name}_environment`);
  const variable = isOwn ? own : 'PAY_ENVIRONMENT';
  if (!hasEnvironment(configured)) {
    const offered = joinAlternatives(provider.environments);
    // Only keys limit a provider to one environment.
    const isOfKeys = provider.environments.length === 1;
    const reason = isOfKeys
      ? `but the keys of ${provider.name} are of ${offered}. Use keys of ${environment}, or set`
      : `which ${name} does not have. Set`;
    return [`${variable} is ${environment}, ${reason} ${own} to ${offered}.`];
  }
  return standIns !== undefined && environment === 'production' ? [describeStandInsInProduction(variable)] : [];
}

/** Stand-ins accept sample cards, so a shop that is open to the public would give its goods away. */
export function describeStandInsInProduction(variable: string): string {
  return `${variable} is production, but PAY_STAND_INS is set. Stand-ins confirm payments without money: unset it, or set ${variable} to sandbox.`;
}

function listCallbacks(
  name: string,
  { notifies }: ProviderSettings,
  { publicUrl, basePath }: ConfigureContext['config'],
  returns: boolean,
): ProviderOptions {
  if (!publicUrl) return {};
  const base = `${publicUrl}${basePath}`;
  return {
    ...(notifies && { notificationUrl: `${base}/notifications/${name}` }),
    ...(returns && { returnUrl: `${base}/returns/${name}` }),
  };
}

/** Returns why the provider sends no notifications, which confirm a payment whose page was closed. */
function findNotificationObstacle(
  name: string,
  { notificationsNeed }: ProviderSettings,
  options: ProviderOptions,
  { publicUrl }: ConfigureContext['config'],
): string | undefined {
  const effect = 'A payment whose page is closed may stay unconfirmed.';
  if (publicUrl === undefined) return `PAY_PUBLIC_URL is not set, so tokens of ${name} name no address for notifications. ${effect}`;
  if (notificationsNeed === undefined || notificationsNeed in options) return undefined;
  const variable = toVariable(`${name}_${notificationsNeed}`);
  return `${variable} is not set, so notifications of ${name} cannot be verified, and its tokens name no address for them. ${effect}`;
}

/** The provider names its option, and the message the variable, because that is what the merchant has set. */
function create(table: ProviderSettings, options: ProviderOptions, problems: string[], settings: Readonly<Record<string, Setting>>) {
  try {
    return table.create(options);
  } catch (error) {
    const { message } = error as Error;
    const named = Object.entries(settings).find(([option]) => message.includes(`\`${option}`));
    // The other options are the addresses for callbacks, which are made from the address of the shop.
    problems.push(`${named?.[1].variable ?? 'PAY_PUBLIC_URL'}: ${message}`);
    return undefined;
  }
}
