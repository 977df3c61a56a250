import { CheckoutError, type ErrorReason } from '../state/errors.js';
import { keepWindowHandlers } from './keep-window-handlers.js';
import { unlessAborted } from '../shared/signals.js';
import { waitForLoad, createHint, createTag, findTag, discardTag, createIntegrityError, type Tag, type TagElement } from './tags.js';
import { getBackOffDelay, callWithRetries } from '../shared/retries.js';
import type { Assets } from '../providers/provider.js';

const triesPerAsset = 3;
const finalReasons: readonly (ErrorReason | undefined)[] = ['blocked', 'integrity', 'missing-global'];
/** Loads are shared, so that no single caller's signal ends them. */
const everybody = new AbortController().signal;
const nothing = Symbol('nothing');

export interface LoadOptions {
  /** The CSP nonce of the tags. */
  readonly nonce: string;
  /** Ends this caller's wait; the load itself goes on for the others. */
  readonly signal: AbortSignal;
  onTry?(n: number): void;
}

export interface AssetState {
  readonly url: string;
  readonly state: 'loading' | 'loaded';
}

interface Load extends AssetState {
  state: AssetState['state'];
  readonly arrived: Promise<unknown>;
}

/** What is loading or has loaded, by URL and integrity. What failed is forgotten, so that the next call starts clean. */
const loads = new Map<string, Load>();
/** Which script a global belongs to: evaluating another one would replace it under a living form. */
const owners = new Map<string, string>();

/**
 * Puts a provider's script and style sheets on the page, each once however many ask.
 *
 * @returns what the script left at `assets.global`, captured when it had loaded
 * @throws {CheckoutError} code `asset`, or `config` / `environment-conflict`
 */
export async function loadAssets(assets: Assets, options: LoadOptions): Promise<unknown> {
  claimGlobal(assets);
  const styles = (assets.styles ?? []).map((url) => loadOnce({ kind: 'style', url }, options, () => undefined));
  const { script, global } = assets;
  const library = script
    ? loadOnce({ kind: 'script', ...script }, options, () => globalOf(global, script.url)).catch(disclaim(global))
    : Promise.resolve().then(() => globalOf(global, 'the page'));
  const [found] = await unlessAborted(options.signal, Promise.all([library, ...styles]));
  return found;
}

/** @throws {CheckoutError} if the other environment of this provider was loaded on this page before */
export function claimGlobal(assets: Assets): void {
  const { global, script } = assets;
  const owner = otherOwner(assets);
  if (owner) {
    const message = `\`${global}\` was loaded from ${owner} on this page; reload the page to load it from ${script?.url}.`;
    throw new CheckoutError('config', 'environment-conflict', message);
  }
  if (script) owners.set(global, script.url);
}

/** The script that the global belongs to, if it is not this one. */
function otherOwner({ global, script }: Assets): string | undefined {
  const owner = owners.get(global);
  return !script || owner === script.url ? undefined : owner;
}

/** What never ran owns nothing. */
function disclaim(global: string): (error: unknown) => never {
  return (error) => {
    owners.delete(global);
    throw error;
  };
}

/** Fetches what will be needed and evaluates nothing; nor what could not be loaded beside another environment. */
export function preloadAssets(assets: Assets): void {
  if (otherOwner(assets)) return;
  const { script, styles = [] } = assets;
  if (script) hint({ kind: 'script', ...script });
  for (const url of styles) hint({ kind: 'style', url });
}

/** Everything that the loader has put, or is putting, on the page. */
export function getAssetStates(): AssetState[] {
  return [...loads.values()].map(({ url, state }) => ({ url, state }));
}

function loadOnce(tag: Tag, options: LoadOptions, arrived: () => unknown): Promise<unknown> {
  const key = [tag.kind, tag.url, tag.integrity].join(' ');
  const running = loads.get(key);
  if (running) return running.arrived;
  const load: Load = { url: tag.url, state: 'loading', arrived: loadTag(tag, options, arrived) };
  loads.set(key, load);
  load.arrived.then(
    () => (load.state = 'loaded'),
    () => loads.delete(key),
  );
  return load.arrived;
}

async function loadTag(tag: Tag, { nonce, onTry }: LoadOptions, arrived: () => unknown): Promise<unknown> {
  const standing = findTag(tag);
  const live = standing && isLive(standing, arrived);
  if (live) return arrived();
  // Not trusted blindly: while it may yet come it gets one try's time, then ours takes its place.
  if (standing && live === false) {
    const library = await arrivalOf(standing, arrived).catch(() => nothing);
    if (library !== nothing) return library;
  }
  const insert = (n: number) => {
    onTry?.(n);
    const element = createTag(tag, nonce);
    const release = keepWindowHandlers(tag.keeps ?? [], element);
    document.head.append(element);
    return arrivalOf(element, arrived).finally(release);
  };
  try {
    return await callWithRetries(insert, { count: triesPerAsset, signal: everybody, delay: waitAfter });
  } catch (error) {
    throw (await isAnotherFile(tag, error)) ? createIntegrityError(tag.url) : error;
  }
}

/**
 * Checks whether a file that never loads with its hash loads without it: then it is not the file that the hash promises. This replaces
 * the content type in browsers that do not report one (WebKit, Chromium 147). It runs after the last try only, because a server that
 * recovers would look the same.
 */
async function isAnotherFile(tag: Tag, error: unknown): Promise<boolean> {
  const isUnknown =
    error instanceof CheckoutError && error.reason === 'unreachable' && !('contentType' in PerformanceResourceTiming.prototype);
  if (!tag.integrity || !isUnknown) return false;
  const look = Object.assign(createHint(tag), { integrity: '' });
  document.head.append(look);
  const isThere = waitForLoad(look).then(() => true);
  return isThere.catch(() => false).finally(() => look.remove());
}

/** Leaves nothing of a failed tag on the page. */
async function arrivalOf(element: TagElement, arrived: () => unknown): Promise<unknown> {
  try {
    await waitForLoad(element);
    return arrived();
  } catch (error) {
    discardTag(element);
    throw error;
  }
}

function isLive(element: TagElement, arrived: () => unknown): boolean | undefined {
  if (element instanceof HTMLLinkElement) return element.sheet ? hasRules(element.sheet) : false;
  try {
    return arrived() !== undefined;
  } catch {
    return false;
  }
}

/** `undefined` where that cannot be told: a sheet of another host that failed looks like one that is there. */
function hasRules(sheet: CSSStyleSheet): true | undefined {
  try {
    return sheet.cssRules.length > 0 || undefined;
  } catch {
    return undefined;
  }
}

function waitAfter(n: number, error: unknown): number | undefined {
  const final = error instanceof CheckoutError && finalReasons.includes(error.reason);
  return final ? undefined : getBackOffDelay(n);
}

/** @throws {CheckoutError} `missing-global`, as under a module loader that keeps the global for itself */
function globalOf(path: string, origin: string): unknown {
  const found = path.split('.').reduce<unknown>((value, key) => (value as Record<string, unknown> | undefined)?.[key], window);
  if (found !== undefined) return found;
  const message = `The script of ${origin} left no \`${path}\` on window: load the checkout without an AMD loader such as RequireJS, which hides it.`;
  throw new CheckoutError('asset', 'missing-global', message);
}

function hint(tag: Tag): void {
  if (document.head.querySelector(`link[rel="preload"][href="${CSS.escape(tag.url)}"]`)) return;
  document.head.append(createHint(tag));
}
