import { extractOrigin, onCspViolation } from '../page/csp-violations.js';
import { CheckoutError } from '../state/errors.js';
import { onAbort } from '../shared/signals.js';
import { createTrustedScriptUrl } from './trusted-script-url.js';
import { URL, AbortController, Promise, setTimeout } from '../shared/natives.js';

/** Milliseconds that one try may take. */
const tryLimit = 15_000;

/** A script or style sheet of a provider. */
export interface Tag {
  readonly kind: 'script' | 'style';
  readonly url: string;
  readonly integrity?: string;
  /** Event handlers of `window` that the script must not replace, such as `onload`. */
  readonly keeps?: readonly string[];
}

/** A response as the browser reports it. TypeScript's own type lacks `contentType`. */
type Fetched = PerformanceResourceTiming & { readonly contentType?: string };

export type TagElement = HTMLScriptElement | HTMLLinkElement;

/** The CSP nonce of our own script tag. It is the fallback for a page that sets none on the element. */
const scriptNonce = globalThis.document?.currentScript?.nonce ?? '';

/**
 * URLs of discarded tags. In Chromium, a second tag for the same URL joins the pending request of the first. Until the page has loaded, it
 * also gets the first tag's failed response.
 */
const discardedUrls = new Set<string>();

/** Creates a tag for the file. Its URL gets a query if a tag for the plain URL was discarded before. */
export function createTag({ kind, url, integrity }: Tag, nonce: string): TagElement {
  const href = findUnusedUrl(resolveUrl(url));
  return applyAttributes(kind === 'script' ? createScript(href) : createLink({ rel: 'stylesheet', href }), integrity, nonce);
}

/** Creates a preload hint that fetches the file from the same URL as its tag, without evaluating it. */
export function createHint({ kind, url, integrity }: Tag): HTMLLinkElement {
  return applyAttributes(createLink({ rel: 'preload', as: kind, href: findUnusedUrl(resolveUrl(url)) }), integrity);
}

function createScript(url: string): HTMLScriptElement {
  const script = document.createElement('script');
  script.src = createTrustedScriptUrl(url);
  return script;
}

function createLink(properties: { rel: string; href: string; as?: string }): HTMLLinkElement {
  return Object.assign(document.createElement('link'), properties);
}

function applyAttributes<T extends TagElement>(element: T, integrity?: string, nonce = ''): T {
  element.nonce = nonce || scriptNonce;
  return integrity ? Object.assign(element, { integrity, crossOrigin: 'anonymous' }) : element;
}

function findUnusedUrl(url: string): string {
  let unused = url;
  for (let n = 2; discardedUrls.has(unused); n++) unused = `${url}${url.includes('?') ? '&' : '?'}pay-checkout-try=${n}`;
  return unused;
}

/** Finds a tag for the same file that another script put on the page. If `integrity` is set, the tag must have the same. */
export function findTag({ kind, url, integrity }: Tag): TagElement | undefined {
  const selector = kind === 'script' ? 'script[src]' : 'link[rel="stylesheet"]';
  const href = resolveUrl(url);
  const matches = (element: TagElement) => getUrl(element) === href && (!integrity || element.integrity === integrity);
  return [...document.querySelectorAll<TagElement>(selector)].find(matches);
}

/**
 * Resolves when the tag has loaded.
 *
 * @throws {CheckoutError} code `asset`: `blocked`, `timeout`, `offline`, `integrity`, `http` or `unreachable`
 */
export function waitForLoad(element: TagElement): Promise<void> {
  const listening = new AbortController();
  const { signal } = listening;
  const url = getUrl(element);
  const fetched = observeFetch(url, signal);
  return new Promise<void>((resolve, reject) => {
    const timer = setTimeout(() => reject(createTimeoutError(url)), tryLimit);
    onAbort(signal, () => clearTimeout(timer));
    element.addEventListener('load', () => resolve(), { signal });
    // The browser reports a CSP violation in a separate task, which may run after this event.
    element.addEventListener('error', () => setTimeout(() => reject(explainFailure(element, fetched()))), { signal });
    const isOurs = ({ blockedURI }: SecurityPolicyViolationEvent) => blockedURI === url || blockedURI === extractOrigin(url);
    onCspViolation(isOurs, (message) => reject(new CheckoutError('asset', 'blocked', message)), signal);
  }).finally(() => listening.abort());
}

/**
 * Removes a tag so that its script can never run later. Removal alone does not stop a script, but a script that belongs to an inert
 * document when it loads is not evaluated.
 */
export function discardTag(element: TagElement): void {
  discardedUrls.add(getUrl(element));
  document.implementation.createHTMLDocument('').adoptNode(element);
}

function createTimeoutError(url: string): CheckoutError {
  return new CheckoutError('asset', 'timeout', `${url} did not load within ${tryLimit / 1000} s.`);
}

function explainFailure(element: TagElement, fetched?: Fetched): CheckoutError {
  const url = getUrl(element);
  if (!navigator.onLine) return new CheckoutError('asset', 'offline', `${url} cannot be loaded: the browser is offline.`);
  // Browsers report both only for requests with CORS.
  const { responseStatus = 0, contentType }: Partial<Fetched> = (element.crossOrigin && fetched) || {};
  if (responseStatus >= 400) return new CheckoutError('asset', 'http', `${url} returned ${responseStatus}.`);
  // Chromium reports the status even when the connection drops mid-response, but then no content type (156). Chromium 147 never reports
  // a content type. WebKit reports neither. Firefox 153 reports both, also for a response that broke off.
  if (contentType && element.integrity) return createIntegrityError(url);
  return new CheckoutError('asset', 'unreachable', `${url} cannot be loaded: a wrong address, a broken connection or an ad blocker.`);
}

export function createIntegrityError(url: string): CheckoutError {
  return new CheckoutError('asset', 'integrity', `${url} is not the file that its integrity hash promises.`);
}

/**
 * Observes how the browser reports the request for the URL. `performance.getEntriesByName` would not be enough: its list has an end, which a
 * page with many files exceeds.
 */
function observeFetch(url: string, signal: AbortSignal): () => Fetched | undefined {
  let entry: PerformanceEntry | undefined;
  const update = (entries: PerformanceEntryList) => (entry = entries.findLast(({ name }) => name === url) ?? entry);
  const observer = new PerformanceObserver((list) => update(list.getEntries()));
  observer.observe({ type: 'resource', buffered: true });
  onAbort(signal, () => observer.disconnect());
  return () => update(observer.takeRecords()) as Fetched | undefined;
}

function getUrl(element: TagElement): string {
  return element instanceof HTMLScriptElement ? element.src : element.href;
}

function resolveUrl(url: string): string {
  return new URL(url, document.baseURI).href;
}
