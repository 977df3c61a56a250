import { CheckoutError } from '../state/errors.js';
import { onAbort, unlessAborted } from '../shared/signals.js';
import { startVisibleTimer } from './visibility.js';
import { observeChanges } from './observe-changes.js';

export interface WatchdogOptions {
  /** Milliseconds, counted while the page is visible and the container on screen. */
  readonly limit: number;
  /** Known to appear with the form. Unofficial, so it only makes `ready` come earlier. */
  readonly selector?: string;
  /** Asked at every change, where a selector cannot tell that the form is there. */
  readonly isReady?: () => boolean;
  /** What the shopper can use, at the limit; by default any control. */
  readonly operable?: string;
  /** Where the form is drawn; by default in the container. */
  readonly roots?: readonly Element[];
  readonly signal: AbortSignal;
}

const controls = 'input:not([type=hidden]), select, textarea, button, a[href], iframe, [role=button], [tabindex], [contenteditable]';

/**
 * Resolves when the shopper can use what the provider drew. No provider tells that its form came up, or that it never will.
 * At the limit anything that can be operated will do: a renamed class must never end a working checkout.
 *
 * @throws {CheckoutError} `provider` / `timeout`, if there is nothing or a bare spinner
 */
export function waitUntilOperable(container: HTMLElement, options: WatchdogOptions): Promise<void> {
  const { limit, selector, signal, roots = [container], operable = controls } = options;
  const isReady = options.isReady ?? (() => selector !== undefined && hasVisible(roots, selector));
  const watching = new AbortController();
  const drawn = new Promise<void>((resolve, reject) => {
    const settle = () => (hasVisible(roots, operable) ? resolve() : reject(neverReady(limit)));
    startVisibleTimer(limit, settle, { signal: watching.signal, element: roots[0] ?? container });
    const look = () => isReady() && resolve();
    observeChanges(roots, look, { signal: watching.signal, attributes: true });
    watchSizes(roots, look, watching.signal);
  });
  return unlessAborted(signal, drawn).finally(() => watching.abort());
}

/** What was drawn in a dialog that was closed meanwhile is there when it opens. */
function watchSizes(places: readonly Element[], look: () => void, signal: AbortSignal): void {
  const observer = new ResizeObserver(look);
  for (const place of places) observer.observe(place);
  onAbort(signal, () => observer.disconnect());
}

function hasVisible(places: readonly Element[], selector: string): boolean {
  return places.some((place) => [...place.querySelectorAll(selector)].some(isVisible));
}

/** By its rectangle, as links and other inline elements have no client width; and whatever its opacity, which is ours until `ready`. */
function isVisible(element: Element): boolean {
  const { width, height } = element.getBoundingClientRect();
  return width * height > 0 && getComputedStyle(element).visibility === 'visible';
}

function neverReady(limit: number): CheckoutError {
  return new CheckoutError('provider', 'timeout', `The provider's form did not come up within ${limit / 1000} s of being on screen.`);
}
