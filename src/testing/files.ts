import type { Provider } from '../providers/provider.js';

/** A file that a provider's host serves to pages. */
export interface StandInFile {
  readonly type: string;
  read(): string | Promise<string>;
}

/**
 * Lists the files of a provider's asset hosts by URL: those that its adapter loads.
 *
 * @param read reads the built script; without it, the list has no script
 */
export function listFiles(
  { provider, styles: css = '' }: { readonly provider: Provider; readonly styles?: string },
  read?: () => string | Promise<string>,
): ReadonlyMap<string, StandInFile> {
  const files = new Map<string, StandInFile>();
  for (const { script, styles = [] } of Object.values(provider.assets)) {
    for (const url of styles) files.set(url, { type: 'text/css', read: () => css });
    if (script && read) files.set(script.url, { type: 'text/javascript', read });
  }
  return files;
}
