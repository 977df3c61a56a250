import { CheckoutError } from '../state/errors.js';
import { unlessAborted } from '../shared/signals.js';
import { loadTag, type LoadOptions as TagOptions, type ReadResult } from './load-tag.js';
import { createHint, createOfflineError, isApplied, type Tag } from './tags.js';
import type { Assets } from '../providers/provider.js';
import { Promise } from '../shared/natives.js';

export interface LoadOptions extends TagOptions {
  /** Ends this caller's wait. The load continues for other callers. */
  readonly signal: AbortSignal;
}

export interface AssetState {
  readonly url: string;
  readonly state: 'loading' | 'loaded';
}

interface Load extends AssetState {
  state: AssetState['state'];
  readonly result: Promise<unknown>;
  /** What has loaded: the library of a script, or the tag of a style sheet. */
  loaded?: unknown;
}

/** Loads in progress and completed loads, by kind, URL and integrity. Failed loads are removed, so that the next call starts again. */
const loads = new Map<string, Load>();
/** The script URL that each global was loaded from. Evaluating another script would replace the global while a form uses it. */
const owners = new Map<string, string>();

/**
 * Loads a provider's script and style sheets. Concurrent callers share one tag for each file.
 *
 * @returns the value of `assets.global`, read when the script has loaded
 * @throws {CheckoutError} code `asset`, or `config` / `environment-conflict`
 */
export async function loadAssets(assets: Assets, options: LoadOptions): Promise<unknown> {
  claimGlobal(assets);
  const styles = (assets.styles ?? []).map((url) => loadOnce({ kind: 'style', url }, options, (link) => link));
  const { script, global } = assets;
  const loading = script
    ? loadOnce({ kind: 'script', ...script, global }, options, () => readGlobal(global, script.url)).catch(releaseGlobal(global))
    : Promise.resolve().then(() => readGlobal(global));
  const [library] = await unlessAborted(options.signal, Promise.all([loading, ...styles]));
  return library;
}

/**
 * Reserves the provider's global for this script.
 *
 * @throws {CheckoutError} `config` / `environment-conflict`, if the page has loaded the provider's other environment
 */
export function claimGlobal(assets: Assets): void {
  const { global, script } = assets;
  const owner = findOtherOwner(assets);
  if (owner) {
    const message = `\`${global}\` was loaded from ${owner} on this page; reload the page to load it from ${script?.url}.`;
    throw new CheckoutError('config', 'environment-conflict', message);
  }
  if (script) owners.set(global, script.url);
}

/** Returns the URL of the script that owns the global, unless it is this one. */
function findOtherOwner({ global, script }: Assets): string | undefined {
  const owner = owners.get(global);
  return !script || owner === script.url ? undefined : owner;
}

/** A script that failed to load does not own its global. */
function releaseGlobal(global: string): (error: unknown) => never {
  return (error) => {
    owners.delete(global);
    throw error;
  };
}

/** Fetches the files without evaluating them. Skips files that conflict with another environment. */
export function preloadAssets(assets: Assets): void {
  if (findOtherOwner(assets)) return;
  const { script, styles = [] } = assets;
  if (script) insertHint({ kind: 'script', ...script });
  for (const url of styles) insertHint({ kind: 'style', url });
}

/** Lists the files that are loading or have loaded. */
export function getAssetStates(): AssetState[] {
  return [...loads.values()].map(({ url, state }) => ({ url, state }));
}

function loadOnce(tag: Tag, options: LoadOptions, readResult: ReadResult): Promise<unknown> {
  const key = [tag.kind, tag.url, tag.integrity].join(' ');
  const running = loads.get(key);
  // A script of the page, such as a head manager of a framework, may have removed or disabled the style sheet since.
  if (running && !(running.loaded instanceof HTMLLinkElement && !isApplied(running.loaded))) return running.result;
  const load: Load = { url: tag.url, state: 'loading', result: loadTag(tag, options, readResult) };
  loads.set(key, load);
  load.result.then(
    (loaded) => Object.assign(load, { state: 'loaded', loaded }),
    () => loads.delete(key),
  );
  return load.result;
}

/** @throws {CheckoutError} `asset` / `missing-global`, for example if the library reports to a module loader that arrived meanwhile */
function readGlobal(path: string, url?: string): unknown {
  const found = path.split('.').reduce<unknown>((value, key) => (value as Record<string, unknown> | undefined)?.[key], window);
  if (found !== undefined) return found;
  // A service worker may have answered with the shop's offline page.
  if (url && !navigator.onLine) throw createOfflineError(url);
  const message = `The script of ${url ?? 'the page'} left no \`${path}\` on window: check the console for an error of that script.`;
  throw new CheckoutError('asset', 'missing-global', message);
}

function insertHint(tag: Tag): void {
  if (document.head.querySelector(`link[rel="preload"][href="${CSS.escape(tag.url)}"]`)) return;
  document.head.append(createHint(tag));
}
