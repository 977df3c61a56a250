import { CheckoutError } from '../state/errors.js';
import { onAbort, unlessAborted } from '../shared/signals.js';
import { startVisibleTimer } from './visibility.js';
import { observeChanges } from './observe-changes.js';
import { AbortController, Promise } from '../shared/natives.js';

export interface WaitOptions {
  /** Milliseconds. They only count while the page is visible and the first root is on screen. */
  readonly limit: number;
  /** Matches an element that appears with the form. Such selectors are undocumented, so this one only makes `ready` earlier. */
  readonly selector?: string;
  /** Called at every change. Replaces `selector` where no selector identifies the form. */
  readonly isReady?: () => boolean;
  /** Matches what the shopper can use. Checked at the limit; by default any control. */
  readonly operable?: string;
  /** The elements that the form is drawn in. By default the container. */
  readonly roots?: readonly Element[];
  readonly signal: AbortSignal;
}

const controls = 'input:not([type=hidden]), select, textarea, button, a[href], iframe, [role=button], [tabindex], [contenteditable]';

/**
 * Resolves when the shopper can use the provider's form. No provider reports that its form was drawn, or that it failed. At the limit any
 * operable element is enough: a class that the provider renames must never end a working checkout.
 *
 * @throws {CheckoutError} `provider` / `timeout`, if the roots are empty or only show a spinner
 */
export function waitUntilOperable(container: HTMLElement, options: WaitOptions): Promise<void> {
  const { limit, selector, signal, roots = [container], operable = controls } = options;
  const isReady = options.isReady ?? (() => selector !== undefined && containsVisible(roots, selector));
  const listening = new AbortController();
  const drawn = new Promise<void>((resolve, reject) => {
    const settle = () => (containsVisible(roots, operable) ? resolve() : reject(createTimeoutError(limit)));
    startVisibleTimer(limit, settle, { signal: listening.signal, element: roots[0] ?? container });
    const check = () => isReady() && resolve();
    observeChanges(roots, check, { signal: listening.signal, attributes: true });
    observeSizes(roots, check, listening.signal);
  });
  return unlessAborted(signal, drawn).finally(() => listening.abort());
}

/** A form that was drawn inside a closed dialog becomes visible when the dialog opens, which only changes its size. */
function observeSizes(roots: readonly Element[], check: () => void, signal: AbortSignal): void {
  const observer = new ResizeObserver(check);
  for (const root of roots) observer.observe(root);
  onAbort(signal, () => observer.disconnect());
}

function containsVisible(roots: readonly Element[], selector: string): boolean {
  return roots.some((root) => {
    const { visibility } = getComputedStyle(root);
    return [...root.querySelectorAll(selector)].some((element) => isShown(element as HTMLElement, visibility));
  });
}

/**
 * Whether the element would be visible if its root were. The page may hide the form by `visibility` or `transform` until it is ready. Ignores
 * the opacity: the element sets it until then.
 */
function isShown(element: HTMLElement, visibilityOfRoot: string): boolean {
  const { visibility } = getComputedStyle(element);
  return element.offsetWidth * element.offsetHeight > 0 && (visibility === 'visible' || visibility === visibilityOfRoot);
}

function createTimeoutError(limit: number): CheckoutError {
  return new CheckoutError('provider', 'timeout', `The provider's form did not appear within ${limit / 1000} s on screen.`);
}
