import { setTimeout } from '../shared/natives.js';

/**
 * Calls back when the window loses the focus, with the element that has it now. This is the only way to see that the shopper entered an
 * iframe. The callback is deferred: in Firefox the iframe gets the focus after the event.
 */
export function onWindowBlur(callback: (focused: Element | null) => void, signal: AbortSignal): void {
  window.addEventListener('blur', () => setTimeout(() => callback(document.activeElement)), { signal });
}
