import { onAbort } from '../shared/signals.js';
import { AbortController, Promise, setTimeout, getMonotonicTime } from '../shared/natives.js';

/** Milliseconds between two checks whether the element is hidden. */
const tick = 1_000;

export interface VisibleTimerOptions {
  readonly signal: AbortSignal;
  /** The timer also pauses while this element is off screen, or hidden in another way. */
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
  const box = element && findBox(element);
  let onScreen = true;
  const update = () => setRunning(onScreen && !document.hidden && !(box && isHidden(box)));
  const observer = new IntersectionObserver((entries) => {
    onScreen = entries.at(-1)?.isIntersecting !== false;
    update();
  });
  if (box) observer.observe(box);
  // Nothing reports that a modal was hidden by `visibility` or `transform`, or is shown again.
  const ticking = setInterval(update, tick);
  document.addEventListener('visibilitychange', update, { signal: listening.signal });
  listening.signal.addEventListener('abort', () => (clearInterval(ticking), setRunning(false), observer.disconnect()));
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

/** Whether the element has a box that cannot be seen, as in a modal with `visibility: hidden` or `transform: scale(0)`. */
function isHidden(element: Element): boolean {
  const { offsetWidth, offsetHeight } = element as HTMLElement;
  const { width, height } = element.getBoundingClientRect();
  return getComputedStyle(element).visibility !== 'visible' || (offsetWidth > 0 && !width) || (offsetHeight > 0 && !height);
}

/** Returns the parent in the tree that is rendered, in which a slot is the parent of what it shows. */
export function findRenderedParent(element: Element): Element | null {
  return element.assignedSlot ?? element.parentElement ?? (element.getRootNode() as Partial<ShadowRoot>).host ?? null;
}

/** Returns the element, or the next one around it that does not have `display: contents` and so may have a box. */
function findBox(element: Element): Element {
  const parent = getComputedStyle(element).display === 'contents' && findRenderedParent(element);
  return parent ? findBox(parent) : element;
}

/**
 * Whether the element is rendered, and not inside a closed dialog, `<details>` or tab panel. Rectangles alone do not show this: elements
 * inside closed `<details>` have one.
 */
export function isRendered(element: Element): boolean {
  const box = findBox(element);
  // Safari supports `checkVisibility` since 17.4.
  return box.checkVisibility?.() ?? box.getClientRects().length > 0;
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
    // An element with `display: contents` never gets a box, but changes the size of the one around it.
    const parent = findRenderedParent(element);
    if (parent) observer.observe(findBox(parent));
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
  observer.observe(findBox(element));
  onAbort(signal, () => observer.disconnect());
}
