import { AbortController, Promise } from '../shared/natives.js';
import { callWithRetries, getBackOffDelay, sleep } from '../shared/retries.js';
import { CheckoutError, type ErrorReason } from '../state/errors.js';
import { hideModuleLoader } from './hide-module-loader.js';
import { keepWindowHandlers } from './keep-window-handlers.js';
import { createHint, createIntegrityError, createTag, discardTag, findTag, waitForLoad, type Tag, type TagElement } from './tags.js';

const triesPerAsset = 3;
const finalReasons: readonly (ErrorReason | undefined)[] = ['blocked', 'integrity', 'missing-global'];
/** Callers share a load, so no caller's signal may end it. */
const neverAborted = new AbortController().signal;
const notLoaded = Symbol();
/** Milliseconds after which a tag of the page that has not loaded is checked. */
const checkDelay = 2_000;
/** Milliseconds that such a tag gets once its file is here: its event may follow in another task. */
const eventDelay = 500;

export interface LoadOptions {
  /** The CSP nonce of the tags. */
  readonly nonce: string;
  /** The maximum number of tries, 3 by default. */
  readonly tries?: number;
  onTry?(n: number): void;
}

/** Reads what a tag that has loaded provides. Throws if it does not. */
export type ReadResult = (element: TagElement) => unknown;

/**
 * Loads a file by a tag of the page, or else by our own.
 *
 * @throws {CheckoutError} code `asset`
 */
export async function loadTag(tag: Tag, { nonce, tries = triesPerAsset, onTry }: LoadOptions, readResult: ReadResult): Promise<unknown> {
  const existing = findTag(tag);
  const loaded = existing && isLoaded(existing, readResult);
  if (loaded) return readResult(existing);
  // The page's own tag may still load, or may have failed before. It gets the time of one try at most, then our tag replaces it.
  if (existing && loaded === false) {
    const waiting = new AbortController();
    const ended = Promise.race([loadElement(existing, tag, readResult), untilStale(tag, waiting.signal)]);
    const result = await ended.catch(() => notLoaded).finally(() => waiting.abort());
    if (result !== notLoaded) return result;
    discardTag(existing);
  }
  const insert = (n: number) => {
    onTry?.(n);
    const element = createTag(tag, nonce);
    const loading = loadElement(element, tag, readResult);
    document.head.append(element);
    return loading;
  };
  try {
    return await callWithRetries(insert, { count: tries, signal: neverAborted, delay: getDelay });
  } catch (error) {
    throw (await isAnotherFile(tag, error)) ? createIntegrityError(tag.url) : error;
  }
}

/** Waits for the tag to load, and removes it if it fails. Meanwhile, a script cannot change what it should leave alone. */
async function loadElement(element: TagElement, { global, keeps = [] }: Tag, readResult: ReadResult): Promise<unknown> {
  const restores = global ? [keepWindowHandlers(keeps, element), hideModuleLoader(element, global)] : [];
  try {
    await waitForLoad(element).finally(() => restores.forEach((restore) => restore()));
    return readResult(element);
  } catch (error) {
    discardTag(element);
    throw error;
  }
}

/** Resolves when a tag of the page should have loaded: its file can be fetched, or has failed, and the tag has had no event. */
async function untilStale(tag: Tag, signal: AbortSignal): Promise<typeof notLoaded> {
  await sleep(checkDelay, signal);
  await waitForHint(createHint(tag));
  await sleep(eventDelay, signal);
  return notLoaded;
}

/** @returns whether the file could be fetched */
async function waitForHint(hint: HTMLLinkElement): Promise<boolean> {
  document.head.append(hint);
  const fetched = waitForLoad(hint).then(() => true);
  return fetched.catch(() => false).finally(() => hint.remove());
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
  return waitForHint(Object.assign(createHint(tag), { integrity: '' }));
}

function isLoaded(element: TagElement, readResult: ReadResult): boolean | undefined {
  if (element instanceof HTMLLinkElement) return element.sheet ? hasRules(element.sheet) : false;
  try {
    return readResult(element) !== undefined;
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
