import type { ProviderName } from '../../src/testing/providers.js';

/** A provider's library that draws at once, as little as counts as a form, so that thousands of forms take seconds. */
export interface QuickLibrary {
  /** Is to stand under the provider's global. */
  readonly library: unknown;
  /** The token of each form that was opened. */
  readonly tokens: unknown[];
  /** The newest form's callbacks, by the names that the library has for them. */
  readonly callbacks: Map<string, (payload?: unknown) => unknown>;
  /** Called within the library's own call, once its callbacks are there. */
  onOpening: () => void;
}

export const quickLibraries: Record<ProviderName, () => QuickLibrary> = {
  payme: quickFlex,
  izipay: quickIzipay,
  payroc: quickHostedFields,
};

export const globals: Record<ProviderName, string> = { payme: 'FlexPaymentForms', izipay: 'Izipay', payroc: 'Payroc.hostedFields' };

function base(): Omit<QuickLibrary, 'library'> {
  return { tokens: [], callbacks: new Map(), onOpening: () => {} };
}

function quickFlex(): QuickLibrary {
  const quick = base();
  const library = class {
    #target?: Element;
    constructor({ nonce }: { nonce: unknown }) {
      quick.tokens.push(nonce);
    }
    init(target: Element, ...callbacks: ((payload?: unknown) => unknown)[]) {
      this.#target = target;
      ['responseCallback', 'trackingCallback', 'onErrorCallback'].forEach((name, n) => quick.callbacks.set(name, callbacks[n]!));
      quick.onOpening();
      target.append(part('div', 'payment-method-wrapper'));
    }
    terminate() {
      this.#target!.replaceChildren();
    }
  };
  return Object.assign(quick, { library });
}

const hooks = ['onReady', 'onCancel', 'onError', 'onSessionTimeout', 'onSubmit', 'onClick', 'onFormValid', 'onPaymentMethodSelected'];

function quickIzipay(): QuickLibrary {
  const quick = base();
  const library = class {
    readonly #container: string;
    constructor({ config }: { config: { render: { container: string } } }) {
      this.#container = config.render.container;
      quick.callbacks.clear();
      for (const name of hooks) Object.assign(this, { [name]: (callback: () => void) => this.#listen(name, callback) });
    }
    LoadForm({ authorization, callbackResponse }: { authorization: unknown; callbackResponse: (payload?: unknown) => unknown }) {
      quick.tokens.push(authorization);
      quick.callbacks.set('callbackResponse', callbackResponse);
      document.querySelector(this.#container)!.append(part('div', ''));
      quick.onOpening();
      return Promise.resolve();
    }
    #listen(name: string, callback: () => void) {
      quick.callbacks.set(name, callback);
      if (name === 'onReady') queueMicrotask(callback);
    }
  };
  return Object.assign(quick, { library });
}

function quickHostedFields(): QuickLibrary {
  const quick = base();
  const library = class {
    readonly #places: { target: string }[];
    constructor({ sessionToken, fields }: { sessionToken: unknown; fields: Record<string, Record<string, { target: string }>> }) {
      quick.tokens.push(sessionToken);
      this.#places = Object.values(fields).flatMap((places) => Object.values(places));
    }
    on(name: string, callback: (payload?: unknown) => unknown) {
      quick.callbacks.set(name, callback);
    }
    initialize() {
      quick.onOpening();
      for (const { target } of this.#places) document.querySelector(target)?.append(frame());
      return Promise.resolve();
    }
    destroy() {}
  };
  return Object.assign(quick, { library });
}

function part(name: string, className: string): HTMLElement {
  return Object.assign(document.createElement(name), { className, textContent: 'form' });
}

/** Passes for an iframe, without the page in it that takes its time. */
function frame(): Element {
  const frame = document.createElementNS<'svg'>('http://www.w3.org/2000/svg', 'iframe' as 'svg');
  frame.setAttribute('loading', 'lazy');
  frame.style.opacity = '1';
  return frame;
}
