// What the pages load: the built files, the providers' stand-ins at the size of the real ones, and scripts of our size that
// stand in our place.
import { readFileSync } from 'node:fs';
import { hashOf } from '../../scripts/classic/build.mjs';
import { buildLibrary } from '../../demo/library.js';
import { findListing } from '../../src/providers/index.js';
import { flexStyles } from '../../src/testing/payme/styles.js';
import { forEachProvider, providerNames, type ProviderName } from '../../src/testing/providers.js';
import { padded, realSizes, watched, zippedSize } from './library.js';

/** A file of a page, by the path that it is served at. */
export interface File {
  readonly path: string;
  readonly type: 'text/javascript' | 'text/css';
  readonly text: string;
  readonly integrity: string;
}

export interface ProviderFiles {
  readonly library: File;
  /** Whether the page asks for it by its hash. */
  readonly isPinned: boolean;
  readonly styles?: File;
  /** Ours, and a script of its size that does nothing. */
  readonly adapter: File;
  readonly inertAdapter: File;
}

export interface Files {
  readonly core: File;
  /** A script that does nothing takes as many bytes. */
  readonly coreSize: number;
  readonly of: Readonly<Record<ProviderName, ProviderFiles>>;
}

/** @param origin of the server that stands for all hosts */
export async function createFiles(origin: string): Promise<Files> {
  const libraries = await Promise.all(providerNames.map(async (name) => [name, await libraryOf(name)] as const));
  const library = Object.fromEntries(libraries) as Record<ProviderName, File>;
  const core = script('/dist/pay-checkout.min.js', coreWith(origin, library));
  const of = forEachProvider((name) => {
    const path = `/dist/pay-checkout-${name}.min.js`;
    const adapter = script(path, readFileSync(`.${path}`, 'utf8'));
    const inertAdapter = script(`/inert/${name}.js`, padded('', zippedSize(adapter.text)));
    return { library: library[name], isPinned: !!assetsOf(name).script!.integrity, styles: stylesOf(name), adapter, inertAdapter };
  });
  return { core, coreSize: zippedSize(core.text), of };
}

/** The built core, which finds the providers' hosts on this machine, and the hash of what they serve here. */
function coreWith(origin: string, libraries: Readonly<Record<ProviderName, File>>): string {
  let code = readFileSync('dist/pay-checkout.min.js', 'utf8');
  for (const name of providerNames) {
    const { url, integrity } = assetsOf(name).script!;
    const host = new URL(url).origin;
    if (!code.includes(host)) throw new Error(`The built script does not know ${host}.`);
    code = code.replaceAll(host, `${origin}/stand-in/${new URL(url).host}`);
    if (integrity) code = code.replaceAll(integrity, libraries[name].integrity);
  }
  return code;
}

async function libraryOf(name: ProviderName): Promise<File> {
  return script(standInPath(assetsOf(name).script!.url), padded(watched(name, await buildLibrary(name)), realSizes[name].script));
}

function stylesOf(name: ProviderName): File | undefined {
  const [url] = assetsOf(name).styles ?? [];
  if (!url) return undefined;
  return file(standInPath(url), 'text/css', padded(flexStyles, realSizes[name].styles!));
}

function assetsOf(name: ProviderName) {
  return findListing(name)!.assets.sandbox!;
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
