import { showMount } from './slot-chain.js';
import { observeChanges } from './observe-changes.js';

let mounts = 0;

export interface MountOptions {
  /** Ends the observation of the mount. It does not remove the mount: the provider has to take its form down first. */
  readonly signal: AbortSignal;
  /** The title that screen readers announce for an iframe without a title. */
  readonly frameTitle: string;
  /** Called when the page removes the mount. */
  onRemoved(this: void): void;
}

/**
 * Creates the element that the provider draws in, and shows it in the host. Providers look their container up from `document` and inject
 * global CSS, so it must be in the light DOM. It is inert until the shopper can pay. Each attempt gets a new id.
 */
export function createMount(host: HTMLElement, { signal, frameTitle, onRemoved }: MountOptions): HTMLElement {
  const mount = document.createElement('div');
  // HTML that the page stored on an earlier visit may contain mounts of that visit.
  do mount.id = `pay-checkout-${++mounts}`;
  while (document.getElementById(mount.id));
  mount.inert = true;
  observeChanges([mount], () => prepareContents(mount, frameTitle), { signal });
  showMount(host, mount, { signal, onRemoved });
  return mount;
}

/** Finds the mount that the element shows, also if it is in an outer tree. */
export function findMount({ shadowRoot }: HTMLElement): Element | undefined {
  return shadowRoot?.querySelector<HTMLSlotElement>('slot[name=form]')?.assignedElements({ flatten: true })[0];
}

/** Makes the form that the element shows inert, or lifts that. A part of the form outside of the mount has the mount's id as a class. */
export function setFormInert(host: HTMLElement, inert: boolean): void {
  const id = findMount(host)?.id;
  if (id) for (const part of document.querySelectorAll<HTMLElement>(`#${id},.${id}`)) part.inert = inert;
}

/** Detaches controls from the merchant's `<form>`, whose submission would include card data, and gives every iframe a title. */
function prepareContents(mount: HTMLElement, frameTitle: string): void {
  for (const control of mount.querySelectorAll('button, input, select, textarea, output, object, fieldset')) {
    if (control.getAttribute('form') !== '') control.setAttribute('form', '');
  }
  for (const frame of mount.querySelectorAll('iframe:not([title]), iframe[title=""]')) frame.setAttribute('title', frameTitle);
}
