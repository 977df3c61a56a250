import { onAbort } from '../../../shared/signals.js';
import type { MountContext } from '../../provider.js';
import type { IzipayConfig } from '../contract.js';
import { findFrame } from './library-frame.js';

/** Limits what the library does to the page, and undoes it when the signal aborts. */
export function containPage(context: MountContext<IzipayConfig>, typeForm: string): void {
  Object.defineProperty(context.container, 'innerHTML', innerHTMLDescriptor);
  if (typeForm === 'pop-up') restorePage(context);
  if (typeForm === 'redirect') reportReturn(context);
}

/**
 * The library empties its container by `innerHTML`, which Trusted Types forbid (*measured in the September 2025 build*). All
 * containers share one descriptor, because the library never releases its containers.
 */
const innerHTMLDescriptor: PropertyDescriptor & ThisType<HTMLElement> = {
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

/** The back button of the browser restores this page from its cache, without a new load. */
function reportReturn({ signal, report }: MountContext<IzipayConfig>): void {
  window.addEventListener('pageshow', ({ persisted }) => persisted && report({ status: 'cancelled' }), { signal });
}
