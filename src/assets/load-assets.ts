import { CheckoutError, type ErrorReason } from '../state/errors.js';
import { keepWindowHandlers } from './keep-window-handlers.js';
import { unlessAborted } from '../shared/signals.js';
import { waitForLoad, createHint, createTag, findTag, discardTag, createIntegrityError, type Tag, type TagElement } from './tags.js';
import { getBackOffDelay, callWithRetries } from '../shared/retries.js';
import type { Assets } from '../providers/provider.js';
import { AbortController, Promise } from '../shared/natives.js';

const triesPerAsset = 3;
const finalReasons: readonly (ErrorReason | undefined)[] = ['blocked', 'integrity', 'missing-global'];
/** Callers share a load, so no caller's signal may end it. */
const neverAborted = new AbortController().signal;
const notLoaded = Symbol();

export interface LoadOptions {
  /** The CSP nonce of the tags. */
  readonly nonce: string;
  /** Ends this caller's wait. The load continues for other callers. */
  readonly signal: AbortSignal;
  onTry?(n: number): void;
}

export interface AssetState {
  readonly url: string;
  readonly state: 'loading' | 'loaded';
}

interface Load extends AssetState {
  state: AssetState['state'];
  readonly result: Promise<unknown>;
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
  const styles = (assets.styles ?? []).map((url) => loadOnce({ kind: 'style', url }, options, () => undefined));
  const { script, global } = assets;
  const loading = script
    ? loadOnce({ kind: 'script', ...script }, options, () => readGlobal(global, script.url)).catch(releaseGlobal(global))
    : Promise.resolve().then(() => readGlobal(global, 'the page'));
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

function loadOnce(tag: Tag, options: LoadOptions, readResult: () => unknown): Promise<unknown> {
  const key = [tag.kind, tag.url, tag.integrity].join(' ');
  const running = loads.get(key);
  if (running) return running.result;
  const load: Load = { url: tag.url, state: 'loading', result: loadTag(tag, options, readResult) };
  loads.set(key, load);
  load.result.then(
    () => (load.state = 'loaded'),
    () => loads.delete(key),
  );
  return load.result;
}

async function loadTag(tag: Tag, { nonce, onTry }: LoadOptions, readResult: () => unknown): Promise<unknown> {
  const existing = findTag(tag);
  const loaded = existing && isLoaded(existing, readResult);
  if (loaded) return readResult();
  // The page's own tag may still load, or may have failed before. It gets the time of one try, then our tag replaces it.
  if (existing && loaded === false) {
    const result = await loadElement(existing, readResult).catch(() => notLoaded);
    if (result !== notLoaded) return result;
  }
  const insert = (n: number) => {
    onTry?.(n);
    const element = createTag(tag, nonce);
    const restore = keepWindowHandlers(tag.keeps ?? [], element);
    document.head.append(element);
    return loadElement(element, readResult).finally(restore);
  };
  try {
    return await callWithRetries(insert, { count: triesPerAsset, signal: neverAborted, delay: getDelay });
  } catch (error) {
    throw (await isAnotherFile(tag, error)) ? createIntegrityError(tag.url) : error;
  }
}

/**
 * Whether a file that fails to load with its hash loads without it. Then its content does not match the hash. This replaces the content
 * type in browsers that do not report one (WebKit, Chromium 147). It runs only after the last try, because a server that recovers would
 * look the same.
 */
async function isAnotherFile(tag: Tag, error: unknown): Promise<boolean> {
  const isUnknown =
    error instanceof CheckoutError && error.reason === 'unreachable' && !('contentType' in PerformanceResourceTiming.prototype);
  if (!tag.integrity || !isUnknown) return false;
  const probe = Object.assign(createHint(tag), { integrity: '' });
  document.head.append(probe);
  const loads = waitForLoad(probe).then(() => true);
  return loads.catch(() => false).finally(() => probe.remove());
}

/** Waits for the tag to load, and removes it if it fails. */
async function loadElement(element: TagElement, readResult: () => unknown): Promise<unknown> {
  try {
    await waitForLoad(element);
    return readResult();
  } catch (error) {
    discardTag(element);
    throw error;
  }
}

function isLoaded(element: TagElement, readResult: () => unknown): boolean | undefined {
  if (element instanceof HTMLLinkElement) return element.sheet ? hasRules(element.sheet) : false;
  try {
    return readResult() !== undefined;
  } catch {
    return false;
  }
}

/** Returns `undefined` for an empty or cross-origin sheet: whether it has failed cannot be determined. */
function hasRules(sheet: CSSStyleSheet): true | undefined {
  try {
    return sheet.cssRules.length > 0 || undefined;
  } catch {
    return undefined;
  }
}

function getDelay(n: number, error: unknown): number | undefined {
  const isFinal = error instanceof CheckoutError && finalReasons.includes(error.reason);
  return isFinal ? undefined : getBackOffDelay(n);
}

/** @throws {CheckoutError} `asset` / `missing-global`, for example if an AMD loader such as RequireJS captured the library */
function readGlobal(path: string, origin: string): unknown {
  const found = path.split('.').reduce<unknown>((value, key) => (value as Record<string, unknown> | undefined)?.[key], window);
  if (found !== undefined) return found;
  const message = `The script of ${origin} left no \`${path}\` on window: load the checkout without an AMD loader such as RequireJS, which hides it.`;
  throw new CheckoutError('asset', 'missing-global', message);
}

function insertHint(tag: Tag): void {
  if (document.head.querySelector(`link[rel="preload"][href="${CSS.escape(tag.url)}"]`)) return;
  document.head.append(createHint(tag));
}
