/**
 * Says something to the page in a frame's name. A page under a Content-Security-Policy lets no script of ours run in the frame,
 * so the event is made here; it has the frame's window as its source, as a posted one has.
 */
export function postFromFrame({ contentWindow }: HTMLIFrameElement, data: unknown, origin: string = location.origin): void {
  window.dispatchEvent(new MessageEvent('message', { data, origin, source: contentWindow }));
}
