import { bundle } from './bundle.js';
import type { ProviderName } from './providers/index.js';

/** Bundles the library of a provider's stand-in into a classic script, like the real library. */
export async function buildLibrary(provider: ProviderName): Promise<string> {
  return bundleClassic(`src/testing/${provider}/script.ts`);
}

/** @param entry the path of a module */
export async function bundleClassic(entry: string): Promise<string> {
  const [script] = await bundle({ lib: { entry, formats: ['iife'], name: 'unused' } });
  return script.code;
}
