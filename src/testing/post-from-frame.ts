/**
 * Dispatches a message to the page as if an iframe had posted it. A Content Security Policy can block scripts in the iframe, so
 * the page dispatches the event itself, with the iframe's window as its source.
 */
export function postFromFrame({ contentWindow }: HTMLIFrameElement, data: unknown, origin: string = location.origin): void {
  window.dispatchEvent(new MessageEvent('message', { data, origin, source: contentWindow }));
}
