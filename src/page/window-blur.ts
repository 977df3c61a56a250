/**
 * Calls back with what has the focus when the window loses it: an iframe, if the shopper went into one. A page sees no more of that;
 * and in Firefox the iframe has the focus only after the event.
 */
export function onWindowBlur(left: (focused: Element | null) => void, signal: AbortSignal): void {
  window.addEventListener('blur', () => setTimeout(() => left(document.activeElement)), { signal });
}
