import { bundle } from './bundle.js';
import { providers, type ProviderName } from './providers.js';

/** Bundles the library of a provider's stand-in into a classic script, as the real one is. */
export async function buildLibrary(provider: ProviderName): Promise<string> {
  return bundleClassic(`src/testing/${providers[provider].script}`);
}

/** @param entry the path of a module */
export async function bundleClassic(entry: string): Promise<string> {
  const [script] = await bundle({ lib: { entry, formats: ['iife'], name: 'unused' } });
  return script.code;
}
