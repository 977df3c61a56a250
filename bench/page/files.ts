// The files that the pages load: the built files, the providers' stand-ins at the size of the real libraries, and inert scripts
// of the same size as ours.
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { hashOf } from '../../scripts/classic.mjs';
import { buildLibrary } from '../../demo/library.js';
import { builtInAssets } from '../../src/providers/built-in.js';
import type { Assets } from '../../src/providers/provider.js';
import type { HeadTagsOptions } from '../../src/server.js';
import { forEachProvider, providerNames, standInProviders, type ProviderName } from '../../src/testing/providers.js';
import { libraries } from '../providers/library.js';
import { padded, watched, zippedSize } from './library.js';

/** The script with only the page's provider (`own`), or with every provider (`full`). */
export type Choice = 'own' | 'full';

/** A file of a page. */
export interface File {
  readonly path: string;
  readonly type: 'text/javascript' | 'text/css';
  readonly text: string;
  readonly integrity: string;
}

export interface ProviderFiles {
  readonly library: File;
  /** Whether the page loads it with an integrity hash. */
  readonly isPinned: boolean;
  readonly styles?: File;
  readonly scripts: Readonly<Record<Choice, Ours>>;
}

/** One of our scripts. */
export interface Ours {
  readonly file: File;
  /** Bytes after gzip. The inert script has the same size. */
  readonly size: number;
  /** The head lines of docs/speed.md, which include our script tag. */
  readonly head: string;
}

export interface Files {
  readonly of: Readonly<Record<ProviderName, ProviderFiles>>;
}

/** @param origin the origin of the server that replaces all hosts */
export async function createFiles(origin: string): Promise<Files> {
  const libraries = await Promise.all(providerNames.map(async (name) => [name, await libraryOf(name)] as const));
  const library = Object.fromEntries(libraries) as Record<ProviderName, File>;
  const here = onThisMachine(origin, library);
  const { headTags } = (await import(resolve('dist/server.js'))) as { headTags(options: HeadTagsOptions): string };
  const ours = (provider: ProviderName, path: string): Ours => {
    const published = readFileSync(`.${path}`, 'utf8');
    const { origin: host } = new URL(assetsOf(provider).script.url);
    if (!published.includes(host)) throw new Error(`${path} does not know ${host}.`);
    const file = script(path, here(published));
    const lines = headTags({ ...asked(provider), tokenEndpoint: '/api/pay/token', script: path });
    return { file, size: zippedSize(file.text), head: here(lines).replace(hashOf(published), file.integrity) };
  };
  const of = forEachProvider((name) => ({
    library: library[name],
    isPinned: !!assetsOf(name).script.integrity,
    styles: stylesOf(name),
    scripts: { own: ours(name, `/dist/pay-checkout-${name}.min.js`), full: ours(name, '/dist/pay-checkout.min.js') },
  }));
  return { of };
}

/** The body of every page's token request. */
export function asked<Provider extends ProviderName>(provider: Provider) {
  return { provider, environment: 'sandbox', order: 'A-1001' } as const;
}

/** Replaces the providers' hosts by this machine, and the hashes of their libraries by those of the files that it serves. */
function onThisMachine(origin: string, libraries: Readonly<Record<ProviderName, File>>): (text: string) => string {
  return (text) => {
    let moved = text;
    for (const name of providerNames) {
      const { url, integrity } = assetsOf(name).script;
      moved = moved.replaceAll(new URL(url).origin, `${origin}/stand-in/${new URL(url).host}`);
      if (integrity) moved = moved.replaceAll(integrity, libraries[name].integrity);
    }
    return moved;
  };
}

async function libraryOf(name: ProviderName): Promise<File> {
  return script(standInPath(assetsOf(name).script.url), padded(watched(name, await buildLibrary(name)), libraries[name].size.script));
}

function stylesOf(name: ProviderName): File | undefined {
  const [url] = assetsOf(name).styles ?? [];
  if (!url) return undefined;
  return file(standInPath(url), 'text/css', padded(standInProviders[name].styles!, libraries[name].size.styles!));
}

function assetsOf(name: ProviderName): Assets & Required<Pick<Assets, 'script'>> {
  return builtInAssets[name].sandbox as Assets & Required<Pick<Assets, 'script'>>;
}

function standInPath(url: string): string {
  const { host, pathname } = new URL(url);
  return `/stand-in/${host}${pathname}`;
}

export function script(path: string, text: string): File {
  return file(path, 'text/javascript', text);
}

function file(path: string, type: File['type'], text: string): File {
  return { path, type, text, integrity: hashOf(text) };
}
