import { onAbort } from '../shared/signals.js';
import { AbortController, Promise, setTimeout, getMonotonicTime } from '../shared/natives.js';

interface VisibleTimerOptions {
  readonly signal: AbortSignal;
  /** The timer also pauses while this element is off screen. */
  readonly element?: Element;
}

/** Calls back once, after the page was visible for `ms` milliseconds. Time in another tab does not count against the shopper. */
export function startVisibleTimer(ms: number, callback: () => void, { signal, element }: VisibleTimerOptions): void {
  if (signal.aborted) return;
  const listening = new AbortController();
  const setRunning = createPausableTimer(ms, () => {
    listening.abort();
    callback();
  });
  let onScreen = true;
  const update = () => setRunning(onScreen && !document.hidden);
  const observer = new IntersectionObserver((entries) => {
    onScreen = entries.at(-1)?.isIntersecting !== false;
    update();
  });
  if (element) observer.observe(element);
  document.addEventListener('visibilitychange', update, { signal: listening.signal });
  listening.signal.addEventListener('abort', () => (setRunning(false), observer.disconnect()));
  signal.addEventListener('abort', () => listening.abort(), { signal: listening.signal });
  update();
}

/** @returns starts and pauses the timer */
function createPausableTimer(ms: number, callback: () => void): (running: boolean) => void {
  let left = ms;
  let since: number | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  return (running) => {
    clearTimeout(timer);
    if (since !== undefined) left -= getMonotonicTime() - since;
    since = running ? getMonotonicTime() : undefined;
    if (running) timer = setTimeout(callback, left);
  };
}

/**
 * Whether the element is rendered, and not inside a closed dialog, `<details>` or tab panel. Rectangles alone do not show this: elements
 * inside closed `<details>` have one.
 */
export function isRendered(element: Element): boolean {
  // Safari supports `checkVisibility` since 17.4.
  return element.checkVisibility?.() ?? element.getClientRects().length > 0;
}

/** Resolves when the element is rendered: immediately, or when the dialog or tab panel around it opens. */
export function waitUntilRendered(element: Element, signal: AbortSignal): Promise<void> {
  if (isRendered(element)) return Promise.resolve();
  return new Promise((resolve) => {
    const observer = new ResizeObserver(() => {
      if (!isRendered(element)) return;
      observer.disconnect();
      resolve();
    });
    observer.observe(element);
    onAbort(signal, () => observer.disconnect());
  });
}

/** Calls back once, when the element is within 300 px of the viewport. */
export function onNearViewport(element: Element, callback: () => void, signal: AbortSignal): void {
  const observer = new IntersectionObserver(
    (entries) => {
      if (!entries.some((entry) => entry.isIntersecting)) return;
      observer.disconnect();
      callback();
    },
    { rootMargin: '300px' },
  );
  observer.observe(element);
  onAbort(signal, () => observer.disconnect());
}
