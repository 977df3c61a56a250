import { onWindowBlur } from './window-blur.js';

/** Calls back once, when the shopper first types or clicks in the container; in an iframe only the focus can be seen. */
export function onFirstInteraction(container: HTMLElement, callback: () => void, signal: AbortSignal): void {
  const touching = new AbortController();
  const touched = () => {
    touching.abort();
    callback();
  };
  for (const type of ['input', 'keydown', 'pointerdown']) container.addEventListener(type, touched, { signal: touching.signal });
  onWindowBlur((focused) => focused instanceof HTMLIFrameElement && container.contains(focused) && touched(), touching.signal);
  signal.addEventListener('abort', () => touching.abort(), { signal: touching.signal });
}
