import { bundle } from './bundle.js';
import { providers, type ProviderName } from './providers.js';

/** Bundles the library of a provider's stand-in into a classic script, as the real one is. */
export async function buildLibrary(provider: ProviderName): Promise<string> {
  const entry = `src/testing/${providers[provider].script}`;
  const [script] = await bundle({ lib: { entry, formats: ['iife'], name: 'unused' } });
  return script.code;
}
