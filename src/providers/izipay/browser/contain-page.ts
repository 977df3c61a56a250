import { onAbort, unlessAborted } from '../../../shared/signals.js';
import { sleep } from '../../../shared/retries.js';
import { observeChanges } from '../../../page/observe-changes.js';
import type { MountContext } from '../../provider.js';
import type { IzipayConfig } from '../contract.js';

/** The id of the library's frame, of which there is one per page (*measured in the September 2025 build*). */
const frameId = 'izipay-checkout-web';
/** Milliseconds after which nobody waits any longer for a frame that may never come: not every way to load the script brings one. */
const preloadLimit = 1_000;
/** Libraries whose own preparations are over. */
const prepared = new WeakSet<object>();

/** The library's frame: in the container, or anywhere for a pop-up. */
export function findFrame(container: Element): HTMLIFrameElement | undefined {
  return container.querySelector('iframe') ?? (document.getElementById(frameId) as HTMLIFrameElement | null) ?? undefined;
}

export function hasBox(element: Element | undefined): boolean {
  return element !== undefined && element.clientWidth * element.clientHeight > 0;
}

/**
 * Resolves once a library that has just been evaluated has put its frame on the page, about 100 ms later; before that it would
 * lose the form (*measured in the September 2025 build*).
 */
export async function preloaded(library: unknown, signal: AbortSignal): Promise<void> {
  if (prepared.has(library as object)) return;
  const waiting = new AbortController();
  await unlessAborted(signal, Promise.race([framed(waiting.signal), sleep(preloadLimit, waiting.signal)])).finally(() => waiting.abort());
  prepared.add(library as object);
}

function framed(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => observeChanges([document], () => document.getElementById(frameId) && resolve(), { signal }));
}

/** Undoes on abort what the library does to the page. */
export function containPage(context: MountContext<IzipayConfig>, typeForm: string): void {
  Object.defineProperty(context.container, 'innerHTML', emptying);
  if (typeForm === 'pop-up') restorePage(context);
  if (typeForm === 'redirect') hearReturn(context);
}

/**
 * The library empties its container by `innerHTML`, which Trusted Types forbid (*measured in the September 2025 build*). One
 * descriptor for all containers, as the library keeps them for ever.
 */
const emptying: PropertyDescriptor & ThisType<HTMLElement> = {
  get() {
    return Reflect.get<Element, 'innerHTML'>(Element.prototype, 'innerHTML', this);
  },
  set(html: unknown) {
    if (html) Reflect.set(Element.prototype, 'innerHTML', html, this);
    else this.replaceChildren();
  },
};

/** A pop-up is a frame over the page, and leaves `overflow: hidden` on the body (*measured in the September 2025 build*). */
function restorePage({ container, signal }: MountContext<IzipayConfig>): void {
  const { overflow } = document.body.style;
  onAbort(signal, () => {
    findFrame(container)?.remove();
    document.body.style.overflow = overflow;
  });
}

/** Who comes back from the provider's page by the browser's own button finds this page as it was left. */
function hearReturn({ signal, report }: MountContext<IzipayConfig>): void {
  window.addEventListener('pageshow', ({ persisted }) => persisted && report({ status: 'cancelled' }), { signal });
}
