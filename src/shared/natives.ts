// The platform's objects that pages replace by accident, as a shop does with a class `Request`, or with `var URL` in an inline script. They
// are chosen when this module is evaluated, so that a later replacement has no effect. Fake clocks work: timers are the page's at each call.

let frame: HTMLIFrameElement | undefined;

/** Returns a window whose natives no script of the page has replaced. Its frame stays, because some natives stop working without it. */
export function getCleanWindow(): typeof globalThis {
  if (!frame?.contentWindow) {
    const { document } = globalThis;
    frame = document.createElement('iframe');
    frame.hidden = true;
    document.documentElement.append(frame);
  }
  return frame.contentWindow as unknown as typeof globalThis;
}

/** Chooses the page's own object if it does what the platform's does. */
function choose<Name extends keyof typeof globalThis>(
  name: Name,
  works: (candidate: (typeof globalThis)[Name]) => unknown,
): (typeof globalThis)[Name] {
  try {
    if (works(globalThis[name])) return globalThis[name];
  } catch {
    // It does not work.
  }
  return 'document' in globalThis ? getCleanWindow()[name] : globalThis[name];
}

export const URL = choose('URL', (Url) => new Url('b', 'https://a').href === 'https://a/b');
export type URL = InstanceType<typeof globalThis.URL>;

export const AbortController = choose('AbortController', (Controller) => {
  const { signal } = new Controller();
  // Throws for a signal that only imitates the platform's.
  new EventTarget().addEventListener('a', () => {}, { signal });
  return signal.aborted === false;
});
export type AbortController = InstanceType<typeof globalThis.AbortController>;

// A server has no need of it, and Node loads its `fetch` when it is first read.
export const Request = (
  'document' in globalThis ? choose('Request', (Candidate) => new Candidate('https://a/', { method: 'POST' }).method === 'POST') : undefined
) as typeof globalThis.Request;
export type Request = InstanceType<typeof globalThis.Request>;

export const MutationObserver = choose('MutationObserver', (Observer) => new Observer(() => {}).takeRecords());

export const JSON = choose('JSON', ({ parse, stringify }) => parse(stringify({ a: '1' }), (key, value: unknown) => value) as unknown);

/** Async functions return the platform's promises. An imitation may lack `finally`. */
export const Promise = (async () => {})().constructor as PromiseConstructor;
export type Promise<T> = globalThis.Promise<T>;

/** `dispatchEvent` only accepts the platform's events. */
export const Event = (globalThis.document?.createEvent?.('Event').constructor ?? globalThis.Event) as typeof globalThis.Event;
export type Event = InstanceType<typeof globalThis.Event>;

const platformTimeout = choose('setTimeout', (candidate) => typeof candidate === 'function');

/** Starts a timer of the page, which may be a fake clock. */
export function setTimeout(callback: () => void, ms?: number): ReturnType<typeof globalThis.setTimeout> {
  try {
    return globalThis.setTimeout(callback, ms);
  } catch {
    return platformTimeout(callback, ms);
  }
}

/** Milliseconds of the monotonic clock; of the wall clock if the page has replaced `performance`. */
export function getMonotonicTime(): number {
  return globalThis.performance?.now?.() ?? Date.now();
}
