import { onAbort } from '../shared/signals.js';

/** What leads an element's mount back to it. */
const chains = new WeakMap<Element, () => void>();

/**
 * Puts the mount where `document` finds it, and shows it in the `form` slot of the element until the signal aborts. On a plain page it
 * is the element's child. Inside shadow roots it is a child of the outermost host, and a slot in each of them leads it back.
 */
export function showMount(element: Element, mount: HTMLElement, signal: AbortSignal): void {
  let slots: Element[] = [];
  const clear = () => slots.forEach((slot) => slot.remove());
  const lay = () => {
    clear();
    slots = layChain(element, mount);
  };
  lay();
  chains.set(element, lay);
  onAbort(signal, () => {
    clear();
    chains.delete(element);
  });
}

/** Shows the mount in its element again after `moveBefore()`, which may have taken them to other shadow roots. */
export function rebuildSlotChain(element: Element): void {
  chains.get(element)?.();
}

function layChain(element: Element, mount: HTMLElement): Element[] {
  const slots: Element[] = [];
  let place = element;
  mount.slot = 'form';
  for (let root = place.getRootNode(); root instanceof ShadowRoot; root = place.getRootNode()) {
    const slot = document.createElement('slot');
    slot.slot = mount.slot;
    slot.name = mount.slot = mount.id;
    put(slot, place);
    slots.push(slot);
    place = root.host;
  }
  if (mount.parentNode !== place) put(mount, place);
  return slots;
}

/** Comes first: what a template draws behind it may be cleared up to the end of its parent. What is in the page keeps its frames. */
function put(node: Element, place: Element): void {
  if (node.isConnected) place.moveBefore(node, place.firstChild);
  else place.prepend(node);
}
