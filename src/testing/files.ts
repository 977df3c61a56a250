import { builtInAssets } from '../providers/built-in.js';
import type { Assets } from '../providers/provider.js';
import { listNames, standInProviders, type ProviderName } from './providers.js';

/** A file that a provider's host serves to pages. */
export interface StandInFile {
  readonly type: string;
  read(): string | Promise<string>;
}

/**
 * Lists the files of a provider's asset hosts by URL: those that its adapter loads, for each of its names.
 *
 * @param read reads the built script; without it, the list has no script
 */
export function listFiles(standIn: ProviderName, read?: () => string | Promise<string>): ReadonlyMap<string, StandInFile> {
  const { styles: css = '' }: { readonly styles?: string } = standInProviders[standIn];
  const files = new Map<string, StandInFile>();
  for (const { script, styles = [] } of listNames(standIn).flatMap((name) => Object.values<Assets>(builtInAssets[name]))) {
    for (const url of styles) files.set(url, { type: 'text/css', read: () => css });
    if (script && read) files.set(script.url, { type: 'text/javascript', read });
  }
  return files;
}
