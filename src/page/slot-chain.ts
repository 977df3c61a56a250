import { onAbort } from '../shared/signals.js';

/** Marks a child of the element that the mount goes into: a framework that renders the element does not touch its contents. */
export const formContainerAttribute = 'data-pay-checkout-form';

const rebuilds = new WeakMap<Element, () => void>();

/**
 * Inserts the mount where `document` finds it, and shows it in the `form` slot of the element until the signal aborts. Outside shadow
 * roots, the mount is a child of the element. Inside shadow roots, it is a child of the outermost host, and a chain of slots, one in each
 * root, leads it to the element.
 */
export function showMount(element: Element, mount: HTMLElement, signal: AbortSignal): void {
  let slots: Element[] = [];
  const clear = () => slots.forEach((slot) => slot.remove());
  const rebuild = () => {
    clear();
    slots = buildSlotChain(element, mount);
  };
  rebuild();
  rebuilds.set(element, rebuild);
  onAbort(signal, () => {
    clear();
    rebuilds.delete(element);
  });
}

/** Shows the mount in its element again after `moveBefore()`, which may have moved them to other shadow roots. */
export function rebuildSlotChain(element: Element): void {
  rebuilds.get(element)?.();
}

function buildSlotChain(element: Element, mount: HTMLElement): Element[] {
  const slots: Element[] = [];
  let host = element;
  mount.slot = 'form';
  for (let root = host.getRootNode(); root instanceof ShadowRoot; root = host.getRootNode()) {
    const slot = document.createElement('slot');
    slot.slot = mount.slot;
    slot.name = mount.slot = mount.id;
    insert(slot, host);
    slots.push(slot);
    host = root.host;
  }
  insert(mount, host);
  return slots;
}

/**
 * Inserts the node as the first child: when a template renders anew, it may clear everything after its own start. `moveBefore` keeps the
 * iframes of a mount that is already connected.
 */
function insert(node: Element, host: Element): void {
  const parent = host.querySelector(`:scope > [${formContainerAttribute}]`) ?? host;
  if (node.parentNode === parent) return;
  if (node.isConnected) parent.moveBefore(node, parent.firstChild);
  else parent.prepend(node);
}
