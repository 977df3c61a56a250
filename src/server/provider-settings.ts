import type { ServerProvider } from './provider.js';

/** How a process without code of the merchant's configures an option of a provider, such as `payme({ clientSecret })`. */
export interface ProviderSetting {
  /** For the table in docs/serve.md. */
  readonly description: string;
  /** Whether it comes from the environment or a file of its own only. */
  readonly secret?: true;
  /** Whether older values may follow the newest one. */
  readonly rotates?: true;
  readonly optional?: true;
  /** Whether it is `true` or `false` instead of a text. */
  readonly flag?: true;
  /** Whether it is a whole number instead of a text. */
  readonly integer?: true;
  /** Whether it is a list of texts, with commas in the environment. */
  readonly list?: true;
}

/** The options of a provider that are plain values, by name. */
export interface ProviderSettings {
  readonly settings: Readonly<Record<string, ProviderSetting>>;
  /** Whether the provider takes the address of its notification endpoint. */
  readonly notifies: boolean;
  /** Whether the provider takes the address of its return endpoint. */
  readonly returns: boolean;
  /** The option without which notifications cannot be verified. */
  readonly notificationsNeed?: string;
  /** The option whose value is the name of the provider, such as a brand. Without a value, the name is that of these settings. */
  readonly nameOption?: string;
  create(options: Readonly<Record<string, unknown>>): ServerProvider;
}

interface Description<Options> extends Pick<ProviderSettings, 'notifies' | 'returns'> {
  readonly notificationsNeed?: keyof Options & string;
  readonly nameOption?: keyof Options & string;
  readonly settings: { readonly [Name in keyof Options]?: ProviderSetting };
}

/**
 * Describes the plain options of a provider.
 *
 * @param create the provider's factory, which validates the values
 */
export function defineSettings<Options extends object>(
  create: (options: Options) => ServerProvider,
  { settings, ...traits }: Description<Options>,
): ProviderSettings {
  return { ...traits, settings: settings as ProviderSettings['settings'], create: (options) => create(options as Options) };
}
