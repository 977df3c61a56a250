import { asObject, asText } from '../http.js';
import { postFromFrame } from '../post-from-frame.js';
import { FrameApp, type AppOptions } from './app.js';
import { createFrame, embedFrame, frameId, observeLoad, openPopUp, removeFrames, type FrameMessage } from './frame.js';
import type { IzipayLibraryFaults } from './faults.js';
import { MessageListeners } from './listeners.js';
import type { IzipayCheckout, IzipayFormEvents, IzipayLibraryConfig, IzipayLoadOptions } from './types.js';
import { CustomError, validateConfig } from './validate.js';

export interface IzipayConstructor {
  new (options: { config: object }): IzipayCheckout;
  readonly enums: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** The faults to simulate. They may be changed at any time. */
  readonly faults: IzipayLibraryFaults;
}

export interface IzipayLibraryOptions extends Omit<AppOptions, 'faults'> {
  faults?: IzipayLibraryFaults;
  /** Called with the URL of a redirect. By default nothing happens, because the real library gives no signal either. */
  leave?: (url: string) => void;
}

type Library = IzipayLibraryOptions & { readonly faults: IzipayLibraryFaults };

const enums = {
  payActions: { PAY: 'pay', REGISTER: 'register', PAY_REGISTER: 'pay_register', PAY_TOKEN: 'pay_token' },
  processType: { AUTHORIZATION: 'AT', PRE_AUTHORIZATION: 'PA' },
  currency: { PER: 'PEN', USA: 'USD' },
  typeForm: { POP_UP: 'pop-up', EMBEDDED: 'embedded', REDIRECT: 'redirect' },
  langInit: { ESP: 'ESP', ENG: 'ENG' },
};

/** The app in each iframe. */
const apps = new WeakMap<HTMLIFrameElement, FrameApp>();

/**
 * Creates an imitation of Izipay's browser library, with the constructor, methods, messages and side effects that were *measured
 * in the September 2025 build*. `evaluate` imitates the side effects of its script.
 */
export function createIzipayLibrary(options: IzipayLibraryOptions): IzipayConstructor {
  const library = { ...options, faults: options.faults ?? {} };
  return class extends Checkout {
    static readonly enums = Object.freeze(enums);
    static readonly faults = library.faults;

    constructor(given: { config: object }) {
      super(library, given);
    }
  };
}

/** Replaces every iframe of the library by one without a size, as the script does some time after it was evaluated. */
export function preloadFrame(place: Element): void {
  removeFrames();
  place.append(createFrame());
}

class Checkout implements IzipayCheckout {
  form?: { events: IzipayFormEvents | null };
  readonly LoadForm: (options: IzipayLoadOptions) => Promise<void>;
  readonly #library: Library;
  readonly #config: IzipayLibraryConfig;

  constructor(library: Library, { config }: { config: object }) {
    if (library.faults.constructorThrows) throw new Error('Izipay stand-in: the constructor throws, as its faults say.');
    this.#library = library;
    this.#config = validateConfig(config);
    this.LoadForm = (options) => this.#load(options);
  }

  async #load({ authorization, keyRSA, callbackResponse }: IzipayLoadOptions): Promise<void> {
    requireText('authorization', authorization);
    requireText('keyRSA', keyRSA);
    if (this.#library.faults.initThrows) throw new Error('Izipay stand-in: LoadForm rejects, as its faults say.');
    const { typeForm = 'pop-up', container } = asObject(this.#config.render) ?? {};
    if (typeForm === 'redirect') return this.#leave();
    this.form = { events: null };
    const listeners = new MessageListeners(this, callbackResponse);
    listeners.listen((frame, message) => this.#handle(frame, message, authorization));
    this.#open(typeForm === 'embedded' ? document.querySelector<HTMLElement>(asText(container)) : null);
    return Promise.resolve();
  }

  #leave(): void {
    this.#library.leave?.(`/payments/v1/controller/redirect?source=${crypto.randomUUID()}`);
  }

  #open(container: HTMLElement | null): void {
    const { faults } = this.#library;
    removeFrames();
    const frame = createFrame(faults.renamedIds ? 'izipay-web-core' : frameId);
    observeLoad(frame, () => this.#start(frame));
    if (container) embedFrame(frame, container);
    else openPopUp(frame);
    if (faults.neverReady) Object.assign(frame.style, { width: '0', height: '0' });
    if (!faults.lostForms) return;
    faults.lostForms--;
    preloadFrame(document.body);
  }

  #start(frame: HTMLIFrameElement): void {
    if (this.#library.faults.neverReady) return;
    apps.set(frame, new FrameApp(frame, this.#library));
    const init: FrameMessage = { key: 'IZIPAY_EVENT_INIT' };
    postFromFrame(frame, init);
  }

  /** Every instance sends its config to the one iframe. */
  #handle(frame: HTMLIFrameElement, { key }: FrameMessage, authorization: string): void {
    const app = apps.get(frame);
    if (key === 'IZIPAY_EVENT_INIT') app?.receive(authorization, this.#config);
    if (key === 'IZIPAY_EVENT_READY' && this.form) this.form.events = eventsOf(frame, app);
  }
}

function eventsOf(frame: HTMLIFrameElement, app: FrameApp | undefined): IzipayFormEvents {
  return {
    open() {
      frame.hidden = false;
    },
    close() {
      frame.remove();
    },
    response: () => undefined,
    submit: () => app?.submit(),
  };
}

function requireText(name: string, value: unknown): void {
  if (asText(value).trim()) return;
  throw new CustomError(`${name} es requerido.`, { name });
}
