import { onAbort } from '../shared/signals.js';
import { onRemoval } from './removal.js';
import { AbortController } from '../shared/natives.js';

/** Marks a child of the element that the mount goes into: a framework that renders the element does not touch its contents. */
export const formContainerAttribute = 'data-pay-checkout-form';

const rebuilds = new WeakMap<Element, () => void>();
/** The mounts and slots that are in use. */
const shown = new WeakSet<Element>();

interface ShowOptions {
  readonly signal: AbortSignal;
  /** Called when the page removes the mount, or a slot of its chain. */
  onRemoved(this: void): void;
}

/**
 * Inserts the mount where `document` finds it, and shows it in the `form` slot of the element until the signal aborts. Outside shadow
 * roots, the mount is a child of the element. Inside shadow roots, it is a child of the outermost host, and a chain of slots, one in each
 * root, leads it to the element.
 */
export function showMount(element: Element, mount: HTMLElement, { signal, onRemoved }: ShowOptions): void {
  let slots: Element[] = [];
  let watching = new AbortController();
  const clear = () => {
    watching.abort();
    for (const slot of slots) slot.remove();
  };
  const rebuild = () => {
    clear();
    slots = buildSlotChain(element, mount);
    watching = new AbortController();
    watch([mount, ...slots], onRemoved, watching.signal);
  };
  rebuild();
  rebuilds.set(element, rebuild);
  onAbort(signal, () => {
    clear();
    shown.delete(mount);
    rebuilds.delete(element);
  });
}

function watch(nodes: readonly Element[], onRemoved: () => void, signal: AbortSignal): void {
  const places = nodes.map((node) => node.parentElement as Element);
  const handle = () => {
    places.forEach(removeCopies);
    onRemoved();
  };
  onRemoval(nodes, handle, { signal, isTop: (place) => !(place as Element).hasAttribute(formContainerAttribute) });
}

/** Removes copied mounts and slots from the element. They are in HTML that the page has copied or stored, and their forms are dead. */
export function removeCopies(element: Element): void {
  for (const child of [...findPlace(element).children]) {
    if (!shown.has(child) && /^pay-checkout-\d+$/.test(child.id || (child as HTMLSlotElement).name)) child.remove();
  }
}

function findPlace(host: Element): Element {
  return host.querySelector(`:scope > [${formContainerAttribute}]`) ?? host;
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
  const parent = findPlace(host);
  shown.add(node);
  removeCopies(host);
  if (node.parentNode === parent) return;
  if (node.isConnected) parent.moveBefore(node, parent.firstChild);
  else parent.prepend(node);
}
