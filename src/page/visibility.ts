import { onAbort } from '../shared/signals.js';

interface VisibleTimerOptions {
  readonly signal: AbortSignal;
  /** Counts only while this is on screen, too. */
  readonly element?: Element;
}

/** Calls back once, after `ms` in which the page was visible. A shopper in another tab is not kept waiting. */
export function startVisibleTimer(ms: number, callback: () => void, { signal, element }: VisibleTimerOptions): void {
  if (signal.aborted) return;
  const listening = new AbortController();
  const run = pausableTimer(ms, () => {
    listening.abort();
    callback();
  });
  let onScreen = true;
  const update = () => run(onScreen && !document.hidden);
  const observer = new IntersectionObserver((entries) => {
    onScreen = entries.at(-1)?.isIntersecting !== false;
    update();
  });
  if (element) observer.observe(element);
  document.addEventListener('visibilitychange', update, { signal: listening.signal });
  listening.signal.addEventListener('abort', () => (run(false), observer.disconnect()));
  signal.addEventListener('abort', () => listening.abort(), { signal: listening.signal });
  update();
}

/** @returns lets the time run, or stand still */
function pausableTimer(ms: number, callback: () => void): (running: boolean) => void {
  let left = ms;
  let since: number | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  return (running) => {
    clearTimeout(timer);
    if (since !== undefined) left -= performance.now() - since;
    since = running ? performance.now() : undefined;
    if (running) timer = setTimeout(callback, left);
  };
}

/** Whether it is drawn: not inside a closed dialog or `<details>`, nor a hidden tab. What lies within closed `<details>` has a rectangle all the same. */
export function isRendered(element: Element): boolean {
  // Safari has it since 17.4.
  return element.checkVisibility?.() ?? element.getClientRects().length > 0;
}

/** Resolves once the element has a box: at once on an ordinary page, later inside a closed dialog or a hidden tab. */
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

/** Calls back once, when the element comes near the viewport. */
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
