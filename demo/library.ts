import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { providers, type ProviderName } from './providers.js';

/** Bundles the library of a provider's stand-in into a classic script, as the real one is. */
export async function buildLibrary(provider: ProviderName): Promise<string> {
  return bundleClassic(fileURLToPath(new URL(`../src/testing/${providers[provider].script}`, import.meta.url)));
}

/** @param entry the path of a module */
export async function bundleClassic(entry: string): Promise<string> {
  const built = await build({
    configFile: false,
    logLevel: 'warn',
    build: { write: false, target: 'es2022', lib: { entry, formats: ['iife'], name: 'unused' } },
  });
  const [first] = [built].flat();
  if (!first || !('output' in first)) throw new Error(`${entry} could not be built.`);
  return first.output[0].code;
}
