import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { providers, type ProviderName } from './providers.js';

/** Bundles the library of a provider's stand-in into a classic script, as the real one is. */
export async function buildLibrary(provider: ProviderName): Promise<string> {
  const entry = fileURLToPath(new URL(`../src/testing/${providers[provider].script}`, import.meta.url));
  const built = await build({
    configFile: false,
    logLevel: 'warn',
    build: { write: false, target: 'es2022', lib: { entry, formats: ['iife'], name: 'unused' } },
  });
  const [first] = [built].flat();
  if (!first || !('output' in first)) throw new Error('The stand-in of the library could not be built.');
  return first.output[0].code;
}
