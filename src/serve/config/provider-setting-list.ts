import * as z from 'zod/mini';
import type { ProviderSetting, ProviderSettings } from '../../server/provider-settings.js';
import { environmentSchema } from './process-settings.js';
import { list, text, wholeNumber } from './schemas.js';
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

/** No option has a use for more. */
const maxInteger = 1_000_000;

const returnsSetting: ProviderSetting = {
  description: '`true`: shoppers return to this process from the page of the provider. It needs `PAY_PUBLIC_URL`.',
  optional: true,
  flag: true,
};

/** Lists the settings of a provider by the name of the option. None is required here, because the process may not use the provider. */
export function listProviderSettings(name: string, { settings, returns }: ProviderSettings): Readonly<Record<string, Setting>> {
  const options: Readonly<Record<string, ProviderSetting>> = {
    ...settings,
    environment: { description: 'Replaces `PAY_ENVIRONMENT` for this provider.', optional: true },
    // Izipay's form moves to Izipay's page when a token names the address for returns, so the merchant decides.
    ...(returns && { returns: returnsSetting }),
  };
  return Object.fromEntries(Object.entries(options).map(([key, option]) => [key, toSetting(name, key, option)]));
}

function toSetting(name: string, key: string, setting: ProviderSetting): Setting {
  const { description, secret, rotates, optional } = setting;
  return {
    path: `providers.${name}.${key}`,
    variable: toVariable(`${name}_${key}`),
    schema: z.optional((key === 'environment' ? environmentSchema : chooseSchema(setting)) as z.ZodMiniType),
    description,
    ...(secret && { isSecret: true }),
    ...(rotates && { rotates: true }),
    ...(optional && { isOptional: true }),
  };
}

function chooseSchema({ flag: isFlag, integer, list: isList, rotates }: ProviderSetting) {
  if (isFlag) return flag;
  if (integer) return wholeNumber(maxInteger);
  if (isList) return list(text());
  return rotates ? texts : z.string();
}
