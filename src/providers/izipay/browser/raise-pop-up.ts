import { findRenderedParent } from '../../../page/visibility.js';
import { findFrame } from './library-frame.js';

/**
 * Moves the frame of a pop-up from the body into the container, if the container is in a modal dialog or a popover: they cover the rest of
 * the page, and a modal dialog makes it inert. The frame also becomes a popover, so that the dialog cannot clip it.
 */
export function raisePopUp(container: HTMLElement): void {
  const frame = findFrame(container);
  if (!frame || frame.parentNode === container || !isInTopLayer(container)) return;
  // Without `moveBefore`, the frame loads again, and the library sends the config again (*measured in the September 2025 build*).
  if ('moveBefore' in container) container.moveBefore(frame, null);
  else (container as HTMLElement).append(frame);
  Object.assign(frame.style, { margin: '0', padding: '0', border: '0' });
  frame.popover = 'manual';
  frame.showPopover?.();
}

function isInTopLayer(element: Element): boolean {
  const parent = findRenderedParent(element);
  return element.matches(':modal, [popover]') || (parent !== null && isInTopLayer(parent));
}
