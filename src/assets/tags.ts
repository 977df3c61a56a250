import { extractOrigin, onCspViolation } from '../page/csp-violations.js';
import { CheckoutError } from '../state/errors.js';
import { onAbort } from '../shared/signals.js';
import { createTrustedScriptUrl } from './trusted-script-url.js';

/** Milliseconds that one try may take. */
const tryLimit = 15_000;

/** A script or a style sheet that a provider needs on the page. */
export interface Tag {
  readonly kind: 'script' | 'style';
  readonly url: string;
  readonly integrity?: string;
  /** Event handlers of `window` that the page keeps, whatever the script assigns to them. */
  readonly keeps?: readonly string[];
}

/** A response as the browser reports it. TypeScript does not know `contentType` yet. */
type Fetched = PerformanceResourceTiming & { readonly contentType?: string };

export type TagElement = HTMLScriptElement | HTMLLinkElement;

/** Of our own script tag, for a page that gives the element none. */
const ownNonce = globalThis.document?.currentScript?.nonce ?? '';

/**
 * Addresses that were given up. In Chromium a second tag for an address joins the first one's hanging request,
 * and before the page has loaded gets its failed answer, too.
 */
const spent = new Set<string>();

/** A tag for the file, by an address that was not given up on this page: the URL itself, or else with a query added. */
export function createTag({ kind, url, integrity }: Tag, nonce: string): TagElement {
  const address = unspent(absolute(url));
  return dress(kind === 'script' ? createScript(address) : createLink({ rel: 'stylesheet', href: address }), integrity, nonce);
}

/** Fetches the file as its tag will, from the same URL, without evaluating it. */
export function createHint({ kind, url, integrity }: Tag): HTMLLinkElement {
  return dress(createLink({ rel: 'preload', as: kind, href: unspent(absolute(url)) }), integrity);
}

function createScript(url: string): HTMLScriptElement {
  const script = document.createElement('script');
  script.src = createTrustedScriptUrl(url);
  return script;
}

function createLink(properties: { rel: string; href: string; as?: string }): HTMLLinkElement {
  return Object.assign(document.createElement('link'), properties);
}

function dress<T extends TagElement>(element: T, integrity?: string, nonce = ''): T {
  element.nonce = nonce || ownNonce;
  return integrity ? Object.assign(element, { integrity, crossOrigin: 'anonymous' }) : element;
}

function unspent(url: string): string {
  let address = url;
  for (let n = 2; spent.has(address); n++) address = `${url}${url.includes('?') ? '&' : '?'}pay-checkout-try=${n}`;
  return address;
}

/** A tag for the same file that somebody else put on the page, with the integrity that we ask for. */
export function findTag({ kind, url, integrity }: Tag): TagElement | undefined {
  const selector = kind === 'script' ? 'script[src]' : 'link[rel="stylesheet"]';
  const address = absolute(url);
  const fits = (element: TagElement) => urlOf(element) === address && (!integrity || element.integrity === integrity);
  return [...document.querySelectorAll<TagElement>(selector)].find(fits);
}

/**
 * Resolves when the tag has loaded.
 *
 * @throws {CheckoutError} code `asset`: `blocked`, `timeout`, `offline`, `integrity`, `http` or `unreachable`
 */
export function waitForLoad(element: TagElement): Promise<void> {
  const listening = new AbortController();
  const { signal } = listening;
  const url = urlOf(element);
  const fetched = observeFetch(url, signal);
  return new Promise<void>((resolve, reject) => {
    const timer = setTimeout(() => reject(timedOut(url)), tryLimit);
    onAbort(signal, () => clearTimeout(timer));
    element.addEventListener('load', () => resolve(), { signal });
    // The violation is reported in a task of its own, which may come after this one.
    element.addEventListener('error', () => setTimeout(() => reject(failureOf(element, fetched()))), { signal });
    const isOurs = ({ blockedURI }: SecurityPolicyViolationEvent) => blockedURI === url || blockedURI === extractOrigin(url);
    onCspViolation(isOurs, (message) => reject(new CheckoutError('asset', 'blocked', message)), signal);
  }).finally(() => listening.abort());
}

/**
 * Takes a tag away so that it can never run late: removing a script does not stop it,
 * but a script that belongs to an inert document by the time it arrives is not evaluated.
 */
export function discardTag(element: TagElement): void {
  spent.add(urlOf(element));
  document.implementation.createHTMLDocument('').adoptNode(element);
}

function timedOut(url: string): CheckoutError {
  return new CheckoutError('asset', 'timeout', `${url} did not arrive within ${tryLimit / 1000} s.`);
}

function failureOf(element: TagElement, fetched?: Fetched): CheckoutError {
  const url = urlOf(element);
  if (!navigator.onLine) return new CheckoutError('asset', 'offline', `${url} cannot be loaded: the browser is offline.`);
  // Browsers report both for requests with CORS only.
  const { responseStatus = 0, contentType }: Partial<Fetched> = (element.crossOrigin && fetched) || {};
  if (responseStatus >= 400) return new CheckoutError('asset', 'http', `${url} answered ${responseStatus}.`);
  // Chromium reports the status even when the connection drops mid-response, but then no content type (156). Chromium 147 never reports
  // a content type. WebKit reports neither. Firefox 153 reports both, also for a response that broke off.
  if (contentType && element.integrity) return createIntegrityError(url);
  return new CheckoutError('asset', 'unreachable', `${url} cannot be loaded: a wrong address, a broken connection or an ad blocker.`);
}

export function createIntegrityError(url: string): CheckoutError {
  return new CheckoutError('asset', 'integrity', `${url} is not the file that its integrity hash promises.`);
}

/** What the browser tells of a fetch. It is observed, as a page with many files has more than the list of them holds. */
function observeFetch(url: string, signal: AbortSignal): () => Fetched | undefined {
  let entry: PerformanceEntry | undefined;
  const note = (entries: PerformanceEntryList) => (entry = entries.findLast(({ name }) => name === url) ?? entry);
  const observer = new PerformanceObserver((list) => note(list.getEntries()));
  observer.observe({ type: 'resource', buffered: true });
  onAbort(signal, () => observer.disconnect());
  return () => note(observer.takeRecords()) as Fetched | undefined;
}

function urlOf(element: TagElement): string {
  return element instanceof HTMLScriptElement ? element.src : element.href;
}

function absolute(url: string): string {
  return new URL(url, document.baseURI).href;
}
