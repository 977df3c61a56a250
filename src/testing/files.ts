import type { Provider } from '../providers/provider.js';

/** A file that a provider serves to the page. */
export interface StandInFile {
  readonly type: string;
  read(): string | Promise<string>;
}

/** What the provider's asset hosts serve, by URL: what its adapter asks for. Without a built script there is no script. */
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
