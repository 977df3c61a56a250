import * as z from 'zod/mini';
import type { ProviderSetting, ProviderSettings } from '../../server/provider-settings.js';
import { environmentSchema } from './process-settings.js';
import { toVariable, type Setting } from './setting.js';

const flag = z.union([
  z.boolean(),
  z.pipe(
    z.enum(['true', 'false']),
    z.transform((value) => value === 'true'),
  ),
]);
/** The newest value and the older ones, in a list even if there is one. */
const texts = z.array(z.string());

/** Lists the settings of a provider by the name of the option. None is required here, because the process may not use the provider. */
export function listProviderSettings(name: string, { settings, callsBack }: ProviderSettings): Readonly<Record<string, Setting>> {
  const options: Readonly<Record<string, ProviderSetting>> = {
    ...settings,
    environment: { optional: true },
    // Izipay's form moves to Izipay's page when a token names the address for returns, so the merchant decides.
    ...(callsBack && { returns: { optional: true, flag: true } }),
  };
  return Object.fromEntries(Object.entries(options).map(([key, option]) => [key, toSetting(name, key, option)]));
}

function toSetting(name: string, key: string, { secret, rotates, optional, flag: isFlag }: ProviderSetting): Setting {
  const value = key === 'environment' ? environmentSchema : isFlag ? flag : rotates ? texts : z.string();
  return {
    path: `providers.${name}.${key}`,
    variable: toVariable(`${name}_${key}`),
    schema: z.optional(value as z.ZodMiniType),
    ...(secret && { isSecret: true }),
    ...(rotates && { rotates: true }),
    ...(optional && { isOptional: true }),
  };
}
