import { providerNames, type ProviderName } from '../../testing/providers.js';
import type { StandIns } from '../../testing/stand-ins.js';

/** The options of each provider's server half that the stand-ins accept, by the provider's name. */
export type Settings = Readonly<Record<ProviderName, Readonly<Record<string, string>>>>;

export async function readSettings(standIns: StandIns): Promise<Settings> {
  const all = providerNames.map(async (name) => [name, await standIns[name].credentials()] as const);
  return Object.fromEntries(await Promise.all(all)) as Settings;
}
