import { readFileSync } from 'node:fs';
import { providerNames, type ProviderName } from '../../src/testing/providers.js';

/** The facts about a provider's library that the benchmarks use. */
export interface ProviderLibrary {
  /** Bytes after gzip of the files that the provider serves in production. */
  readonly size: { readonly script: number; readonly styles?: number };
  /** The object and the name of its class, the method that opens the form, and the id of an element that must exist before that call. */
  readonly opening: { readonly holder: string; readonly name: string; readonly method: string; readonly prepares?: string };
  /** Milliseconds until the library's own timers have ended. */
  readonly quiet: number;
}

const modules = await Promise.all(providerNames.map((name) => import(`./${name}/library.ts`) as Promise<{ library: ProviderLibrary }>));

export const libraries = Object.fromEntries(modules.map(({ library }, n) => [providerNames[n], library])) as Readonly<
  Record<ProviderName, ProviderLibrary>
>;

/** Returns code that defines `openForm(tokenResponse, container)`, as a careful developer writes it without the element. */
export function formCode(provider: ProviderName): string {
  return readFileSync(new URL(`${provider}/form.js`, import.meta.url), 'utf8');
}
