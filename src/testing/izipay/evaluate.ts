import { createIzipayLibrary, preloadFrame, type IzipayLibraryOptions } from './library.js';
import { CustomError } from './validate.js';

/** Milliseconds after which the script inserts its iframe (*measured in the September 2025 build*). */
export const preloadDelay = 100;

/**
 * Imitates the side effects of Izipay's script, as *measured in the September 2025 build*. The script sets `window.onload` to null,
 * sets two globals to one class, and inserts an iframe about 100 ms later. A form that `LoadForm` opened before that is lost.
 *
 * @param src the script's own URL. With `?mode=embedded&container=<id>` the iframe is inserted there, and with an unknown mode nowhere
 */
export function evaluate(src: string, options: IzipayLibraryOptions): void {
  const { searchParams } = new URL(src);
  window.onload = null;
  const library = createIzipayLibrary(options);
  Object.assign(window, { Izipay: library, iziCheckout: library });
  const mode = searchParams.get('mode') ?? 'pop-up';
  if (mode === 'pop-up') setTimeout(() => preloadFrame(document.body), preloadDelay);
  if (mode === 'embedded') setTimeout(() => preloadFrame(findContainer(searchParams.get('container') ?? '')), preloadDelay);
}

/** @throws {CustomError} which stays uncaught, as in the real script */
function findContainer(name: string): Element {
  const container = document.getElementById(name) ?? (/^[#.]/.test(name) ? document.querySelector(name) : null);
  if (!container) throw new CustomError('No se encontró el contenedor.', { name: 'container', value: name });
  Reflect.set(container, 'innerHTML', '');
  return container;
}
