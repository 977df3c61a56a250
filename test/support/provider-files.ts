import { providerNames, type ProviderName } from '../../src/testing/providers.js';

/**
 * Imports the same file from the folder of each provider in test/providers/. The names are in the paths, so no list of imports needs
 * a new line for a new provider.
 *
 * @param file without its extension
 */
export async function importOfEachProvider<Module>(file: string): Promise<Readonly<Record<ProviderName, Module>>> {
  const modules = providerNames.map(async (name) => [name, await import(`../providers/${name}/${file}.ts`)]);
  return Object.fromEntries(await Promise.all(modules)) as Record<ProviderName, Module>;
}
