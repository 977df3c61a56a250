import type { PaymeEnvironment } from '../../providers/payme/contract.js';
import type { PageFetch } from '../page-fetch.js';
import { readEnvironment, FlexClient } from './client.js';
import type { PaymeLibraryFaults } from './faults.js';
import { FlexFlow, ignore, type FlexListeners } from './flow.js';
import type { FlexOptions, FlexPaymentForms } from './types.js';

export interface FlexPaymentFormsConstructor {
  new (options: FlexOptions): FlexPaymentForms;
  /** The faults to simulate. They may be changed at any time. */
  readonly faults: PaymeLibraryFaults;
}

export interface FlexLibraryOptions {
  /** Sends a request to the stand-in's API. */
  fetch: PageFetch;
  faults?: PaymeLibraryFaults;
  /**
   * The environment that is compiled in, as in Pay-me's two bundles: a nonce of the other environment opens no form.
   * Without it, each nonce decides.
   */
  environment?: PaymeEnvironment;
  /** Logs the whole configuration to the console, including the nonce and the buyer, as the real library does. Default false. */
  logs?: boolean;
  /** Overwrites `window.React`, as the real library does when it loads. Default false. */
  overwritesReact?: boolean;
}

type Target = Element | DocumentFragment;

/**
 * Creates an imitation of Pay-me's browser library, with the constructor, callbacks, class names and side effects that were
 * *measured in the March 2026 bundle*. Its style sheet is separate, as for the real library: `flexStyles`.
 */
export function createFlexLibrary(library: FlexLibraryOptions): FlexPaymentFormsConstructor {
  const { faults = {}, overwritesReact } = library;
  if (overwritesReact) Object.assign(globalThis, { React: { version: '18.2.0' } });
  return class extends Flex {
    static readonly faults = faults;

    constructor(options: FlexOptions) {
      super({ ...library, faults }, options);
    }
  };
}

class Flex implements FlexPaymentForms {
  #library: FlexLibraryOptions & { faults: PaymeLibraryFaults };
  #options: FlexOptions;
  #mounted: { readonly flow: FlexFlow; readonly unmount: () => void } | undefined;

  constructor(library: FlexLibraryOptions & { faults: PaymeLibraryFaults }, options: FlexOptions) {
    if (library.faults.constructorThrows) throw new Error('Pay-me stand-in: the constructor throws, as its faults say.');
    options.settings = { display_result_screen: true, show_close_button: true, ...options.settings };
    this.#library = library;
    this.#options = JSON.parse(JSON.stringify(options)) as FlexOptions;
    // eslint-disable-next-line no-console -- imitates the real library if `logs` is set
    if (library.logs) console.log(options);
  }

  init(target: Target, onResponse?: FlexListeners['onResponse'], _onTracking?: unknown, onError?: FlexListeners['onError']): void {
    const { fetch, faults, environment = readEnvironment(this.#options.nonce) } = this.#library;
    const client = new FlexClient(fetch, environment, this.#options);
    const redeemed = client.redeem();
    redeemed.catch(ignore);
    if (faults.initThrows) throw new Error('Pay-me stand-in: init throws, as its faults say.');
    if (!isContainer(target)) throw new Error('Minified React error #299: the target container is not a DOM element.');
    const flow = new FlexFlow(client, this.#options, { onResponse, onError }, faults);
    this.#mounted = { flow, unmount: renderSoon(target, flow.view.root, faults) };
    void flow.open(redeemed).catch(ignore);
  }

  terminate(): void {
    if (!this.#mounted) throw new TypeError("Cannot read properties of undefined (reading 'unmount')");
    this.#mounted.flow.unmount();
    this.#mounted.unmount();
  }
}

function isContainer(target: unknown): target is Target {
  return target instanceof Element || target instanceof DocumentFragment;
}

/** Renders in a later task, as React does. Returns a function that removes the rendered form once. */
function renderSoon(target: Target, root: HTMLElement, faults: PaymeLibraryFaults): () => void {
  let isDrawn = false;
  const timer = setTimeout(() => {
    isDrawn = !faults.empty;
    if (isDrawn) target.replaceChildren(root);
  });
  return () => {
    clearTimeout(timer);
    // Throws a NotFoundError if the page has emptied the target.
    if (isDrawn) target.removeChild(root);
    isDrawn = false;
  };
}
