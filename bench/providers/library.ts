import { readFileSync } from 'node:fs';
import { providerNames, type ProviderName } from '../../src/testing/providers.js';

/** The call that opens a form. */
export interface Opening {
  /** The object that has the class. */
  readonly holder: string;
  /** The name of the class. */
  readonly name: string;
  /** The method that opens the form. */
  readonly method: string;
  /** Whether `name` is no class, but an object that exists as soon as the library does. */
  readonly isObject?: boolean;
  /** The id of an element that must exist before the call. */
  readonly prepares?: string;
}

/** The facts about a provider's library that the benchmarks use. */
export interface ProviderLibrary {
  /** Bytes after gzip of the files that the provider serves in production. */
  readonly size: { readonly script: number; readonly styles?: number };
  readonly opening: Opening;
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
