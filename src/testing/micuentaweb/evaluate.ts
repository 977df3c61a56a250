import { createMicuentawebLibrary, type MicuentawebLibraryOptions } from './library.js';

const handlers = ['onerror', 'onunhandledrejection'] as const;

/**
 * Imitates the side effects of Lyra's script, as *measured in the 2022 build*. The script sets `window.KR`, a new one each time. It replaces
 * two handlers of `window` by ones that call the page's own, and adds an empty element to the body.
 */
export function evaluate(options: MicuentawebLibraryOptions): void {
  const library = createMicuentawebLibrary(options);
  Object.assign(window, { KR: library, KR_CLIENT_LOADED: true });
  for (const name of handlers) {
    const own = window[name] as ((...given: unknown[]) => unknown) | null;
    Object.assign(window, { [name]: (...given: unknown[]) => own?.apply(window, given) });
  }
  const container = Object.assign(document.createElement('div'), { className: 'kr-app-container' });
  const append = () => document.body.append(container);
  // A script in the head runs before there is a body.
  if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', append, { once: true, signal: options.signal });
  else append();
  options.signal?.addEventListener('abort', () => container.remove());
}
