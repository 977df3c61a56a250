import { createIzipayLibrary, preloadFrame, type IzipayLibraryOptions } from './library.js';
import { CustomError } from './validate.js';

/** Milliseconds after which the script prepares its frame (*measured in the September 2025 build*). */
export const preloadDelay = 100;

/**
 * Does what evaluating Izipay's script does, as *measured in the September 2025 build*: it nulls `window.onload`, leaves two
 * names for one class, and prepares a frame about 100 ms later. What `LoadForm` opened before that is lost.
 *
 * @param src the script's own URL, whose query says how it prepares: `?mode=embedded&container=<id>`, any other mode not at all
 */
export function evaluate(src: string, options: IzipayLibraryOptions): void {
  const { searchParams } = new URL(src);
  window.onload = null;
  const library = createIzipayLibrary(options);
  Object.assign(window, { Izipay: library, iziCheckout: library });
  const mode = searchParams.get('mode') ?? 'pop-up';
  if (mode === 'pop-up') setTimeout(() => preloadFrame(document.body), preloadDelay);
  if (mode === 'embedded') setTimeout(() => preloadFrame(containerOf(searchParams.get('container') ?? '')), preloadDelay);
}

/** @throws {CustomError} which nobody catches */
function containerOf(name: string): Element {
  const container = document.getElementById(name) ?? (/^[#.]/.test(name) ? document.querySelector(name) : null);
  if (!container) throw new CustomError('No se encontró el contenedor.', { name: 'container', value: name });
  Reflect.set(container, 'innerHTML', '');
  return container;
}
