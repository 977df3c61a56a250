import { providerNames, type ProviderName } from '../../src/testing/providers.js';

/**
 * Imports the same file from the folder of each provider in test/providers/. The names are in the paths, so no list of imports needs
 * a new line for a new provider.
 *
 * @param file without its extension
 */
export async function importOfEachProvider<Module>(file: string): Promise<Readonly<Record<ProviderName, Module>>> {
  const modules = await Promise.all(providerNames.map((name) => import(`../providers/${name}/${file}.ts`) as Promise<Module>));
  return Object.fromEntries(modules.map((module, n) => [providerNames[n], module])) as Record<ProviderName, Module>;
}
