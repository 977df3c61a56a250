import type { PaymeEnvironment } from '../../providers/payme/contract.js';
import type { PageFetch } from '../page-fetch.js';
import { readEnvironment, FlexClient } from './client.js';
import type { PaymeLibraryFaults } from './faults.js';
import { FlexFlow, ignore, type FlexListeners } from './flow.js';
import type { FlexOptions, FlexPaymentForms } from './types.js';

export interface FlexPaymentFormsConstructor {
  new (options: FlexOptions): FlexPaymentForms;
  /** What goes wrong; change it at any time. */
  readonly faults: PaymeLibraryFaults;
}

export interface FlexLibraryOptions {
  /** Leads to the stand-in's API. */
  fetch: PageFetch;
  faults?: PaymeLibraryFaults;
  /**
   * The environment that is compiled in, as in Pay-me's two bundles: a nonce of the other one opens nothing.
   * Without it, the stand-in follows each nonce.
   */
  environment?: PaymeEnvironment;
  /** Writes the whole configuration to the console, nonce and buyer included, as the real one does. Default false. */
  logs?: boolean;
  /** Overwrites `window.React`, as the real one does when it loads. Default false. */
  overwritesReact?: boolean;
}

type Target = Element | DocumentFragment;

/**
 * Pay-me's browser library, imitated: it has the global's constructor, callbacks, class names and habits, as *measured in the
 * March 2026 bundle*. The style sheet is apart, as with the real one: `flexStyles`.
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
    if (library.faults.constructorThrows) throw new Error('Pay-me stand-in: the constructor was asked to throw.');
    options.settings = { display_result_screen: true, show_close_button: true, ...options.settings };
    this.#library = library;
    this.#options = JSON.parse(JSON.stringify(options)) as FlexOptions;
    // eslint-disable-next-line no-console -- the habit of the real one, for who asks for it
    if (library.logs) console.log(options);
  }

  init(target: Target, onResponse?: FlexListeners['onResponse'], _onTracking?: unknown, onError?: FlexListeners['onError']): void {
    const { fetch, faults, environment = readEnvironment(this.#options.nonce) } = this.#library;
    const client = new FlexClient(fetch, environment, this.#options);
    const redeemed = client.redeem();
    redeemed.catch(ignore);
    if (faults.initThrows) throw new Error('Pay-me stand-in: init was asked to throw.');
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

/** Draws after the caller is done, as React does. What it gives back takes the drawing away; once, whoever emptied the target first. */
function renderSoon(target: Target, root: HTMLElement, faults: PaymeLibraryFaults): () => void {
  let isDrawn = false;
  const timer = setTimeout(() => {
    isDrawn = !faults.empty;
    if (isDrawn) target.replaceChildren(root);
  });
  return () => {
    clearTimeout(timer);
    // Throws NotFoundError where the target was emptied before.
    if (isDrawn) target.removeChild(root);
    isDrawn = false;
  };
}
