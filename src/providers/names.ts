/** The providers of this package. A file of the script-tag build has all of them or one. */
export const builtInNames = ['izipay', 'payme', 'payroc'] as const;

export type BuiltInName = (typeof builtInNames)[number];

export function isBuiltIn(name: unknown): name is BuiltInName {
  return (builtInNames as readonly unknown[]).includes(name);
}

/** The built-in ones, for an editor to offer, or a name that was given to `register()`. */
export type ProviderName = BuiltInName | (string & {});
