import { showMount } from './slot-chain.js';
import { observeChanges } from './observe-changes.js';

let mounts = 0;

export interface MountOptions {
  /** Ends the watch over what the provider draws; the mount itself goes when the provider has taken its form down. */
  readonly signal: AbortSignal;
  /** What an iframe without a title of its own is called to a screen reader. */
  readonly frameTitle: string;
}

/**
 * What a provider draws in, in the light DOM of the page: providers look their container up from `document` and inject
 * global CSS, so a shadow root is no place for it. Inert until the shopper can pay; its id is new for every attempt.
 */
export function createMount(host: HTMLElement, { signal, frameTitle }: MountOptions): HTMLElement {
  const mount = document.createElement('div');
  mount.id = `pay-checkout-${++mounts}`;
  mount.inert = true;
  observeChanges([mount], () => contain(mount, frameTitle), { signal });
  showMount(host, mount, signal);
  return mount;
}

/** No control joins a merchant's `<form>`, whose submission would carry card data; every iframe has a name. */
function contain(mount: HTMLElement, frameTitle: string): void {
  for (const control of mount.querySelectorAll('button, input, select, textarea, output, object, fieldset')) {
    if (control.getAttribute('form') !== '') control.setAttribute('form', '');
  }
  for (const frame of mount.querySelectorAll('iframe:not([title]), iframe[title=""]')) frame.setAttribute('title', frameTitle);
}
