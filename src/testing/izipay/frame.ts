export const frameId = 'izipay-checkout-web';

/** Milliseconds that the frame's page takes to load: longer than the script's own preparations are late. */
const loadTime = 120;

/** What the frame and the page tell each other. The names of the four results are the real ones; their envelope is ours. */
export interface FrameMessage {
  readonly key: string;
  readonly data?: unknown;
}

/** The frame as the library makes it, without a page in it (*measured in the September 2025 build*). */
export function createFrame(id = frameId): HTMLIFrameElement {
  const frame = document.createElement('iframe');
  Object.assign(frame, { id, name: id, allow: 'payment *; autoplay', loading: 'lazy' });
  Object.assign(frame.style, { width: '0', height: '0', border: '0' });
  return frame;
}

/** There is one per page: a new one takes the place of whichever stands. */
export function removeFrames(): void {
  for (const frame of document.querySelectorAll(`iframe#${frameId}`)) frame.remove();
}

/** Fills the container, whose inline style is overwritten now and whenever the window is resized (*measured in the September 2025 build*). */
export function embed(frame: HTMLIFrameElement, container: HTMLElement): void {
  const size = (): void => {
    const minWidth = innerWidth > 600 ? 'min-width: 380px;' : '';
    // Not by its attribute: no `unsafe-inline` is needed (*measured in the September 2025 build*).
    container.style.cssText = `width: 100%; height: 584px; min-height: 420px; ${minWidth}`;
  };
  size();
  window.addEventListener('resize', size);
  // By name, since nothing in this house writes HTML; the real one empties its container so, and Trusted Types object.
  Reflect.set(container, 'innerHTML', '');
  Object.assign(frame.style, { width: '100%', height: '100%' });
  container.append(frame);
}

/** A frame over the page, not a window (*measured in the September 2025 build*). */
export function popUp(frame: HTMLIFrameElement): void {
  Object.assign(frame.style, { position: 'fixed', inset: '0', width: '100vw', height: '100vh', zIndex: '9999999', background: 'Canvas' });
  document.body.append(frame);
  document.body.style.overflow = 'hidden';
  scrollTo(0, 0);
}

/** Calls back whenever the frame's page has loaded: once it is near the viewport and has a box, and again when it was moved. */
export function whenLoaded(frame: HTMLIFrameElement, callback: () => void): void {
  frame.addEventListener('load', () => {
    const page = frame.contentDocument;
    const load = (): void => {
      setTimeout(() => frame.isConnected && frame.contentDocument === page && callback(), loadTime);
    };
    if (isNear(frame)) load();
    else whenNear(frame, load);
  });
}

function isNear(frame: HTMLIFrameElement): boolean {
  const [box] = frame.getClientRects();
  return box !== undefined && box.top < innerHeight + 1000 && box.bottom > -1000;
}

function whenNear(frame: HTMLIFrameElement, callback: () => void): void {
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

/**
 * Says something in the frame's name. A page under a Content-Security-Policy lets no script of ours run in the frame, so the
 * event is made here; it has the frame's window as its source, as a posted one has.
 */
export function postFrom(frame: HTMLIFrameElement, message: FrameMessage): void {
  if (!frame.isConnected) return;
  const { origin } = location;
  window.dispatchEvent(new MessageEvent('message', { data: message, origin, source: frame.contentWindow }));
}
