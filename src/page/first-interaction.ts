import { onWindowBlur } from './window-blur.js';
import { AbortController } from '../shared/natives.js';

/** Calls back once, when the shopper first types or clicks in the container. Inside an iframe, the page only sees that it gets the focus. */
export function onFirstInteraction(container: HTMLElement, callback: () => void, signal: AbortSignal): void {
  const listening = new AbortController();
  const finish = () => {
    listening.abort();
    callback();
  };
  for (const type of ['input', 'keydown', 'pointerdown']) container.addEventListener(type, finish, { signal: listening.signal });
  onWindowBlur((focused) => focused instanceof HTMLIFrameElement && container.contains(focused) && finish(), listening.signal);
  signal.addEventListener('abort', () => listening.abort(), { signal: listening.signal });
}
