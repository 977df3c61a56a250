import { publicKeyPattern } from '../../providers/micuentaweb/contract.js';
import { delay, takeNextFault } from '../faults.js';
import { asText } from '../http.js';
import { Callbacks } from './callbacks.js';
import type { MicuentawebLibraryFaults } from './faults.js';
import { readFormToken } from './form-token.js';
import { removeGhostFrame } from './ghost-frame.js';
import { OpenForms, type FormsOptions } from './open-forms.js';
import { events, type Krypton, type KrReturned } from './types.js';

export interface MicuentawebLibraryOptions extends Pick<FormsOptions, 'fetch' | 'leave'> {
  faults?: MicuentawebLibraryFaults;
  /** The script's own tag, which must stay in the document. Without it, the library needs none. */
  tag?: Element;
  /** Ends the library, for tests: its listeners, and its elements outside of the form. */
  signal?: AbortSignal;
}

export interface MicuentawebLibrary extends Krypton {
  /** The faults to simulate. They may be changed at any time. */
  readonly faults: MicuentawebLibraryFaults;
}

/** Milliseconds (*measured in the 2022 build*): the first call of `setFormConfig` loads the rest of the library. */
const configTimes = { first: 300, later: 50 };

/** What the methods of the real library do when it hangs. */
const forever = new Promise<never>(() => {});

/** Creates an imitation of `window.KR`, with the methods, events and habits that were *measured in the 2022 build*. */
export function createMicuentawebLibrary(options: MicuentawebLibraryOptions): MicuentawebLibrary {
  const library = new Library(options);
  const registrars = events.map((event) => [event, library.register(event)]);
  return Object.assign(library, Object.fromEntries(registrars)) as MicuentawebLibrary & typeof library;
}

class Library {
  readonly faults: MicuentawebLibraryFaults;
  readonly #options: MicuentawebLibraryOptions;
  readonly #callbacks = new Callbacks();
  readonly #forms: OpenForms;
  readonly #config: Record<string, unknown> = {};
  #pendingConfigs = 0;
  #isFirst = true;
  #isHung = false;

  constructor(options: MicuentawebLibraryOptions) {
    const { faults = {}, signal, fetch, leave } = options;
    this.faults = faults;
    this.#options = options;
    this.#forms = new OpenForms({ callbacks: this.#callbacks, config: this.#config, faults, fetch, leave });
    // It checks neither origin nor source, so any script can forge a payment (measured in the 2022 build).
    window.addEventListener('message', ({ data }) => this.#forms.receive(data), { signal });
    signal?.addEventListener('abort', removeGhostFrame);
  }

  get ready(): boolean {
    return document.readyState !== 'loading';
  }

  get #returned() {
    return { KR: this as unknown as Krypton };
  }

  register(event: (typeof events)[number]): Krypton[typeof event] {
    return (callback) => {
      this.#callbacks.add(event, callback);
      return Promise.resolve(this.#returned);
    };
  }

  /** Rejects with a string, or with `undefined` for a token that is null (*measured in the 2022 build*). */
  async setFormConfig(given: Readonly<Record<string, unknown>>): Promise<{ readonly KR: Krypton }> {
    if (this.#isHung || this.faults.configHangs) return forever;
    this.#pendingConfigs++;
    await delay(this.#isFirst ? configTimes.first : configTimes.later);
    if (this.#isHung) return forever;
    this.#isFirst = false;
    this.#pendingConfigs--;
    this.#requireTag();
    const refusal = takeNextFault(this.faults.configRejects);
    if (refusal) rejectWith(refusal);
    this.#applyConfig(given);
    return this.#returned;
  }

  setFormToken(formToken: unknown): Promise<{ readonly KR: Krypton }> {
    return this.setFormConfig({ formToken });
  }

  async attachForm(selector: string): Promise<KrReturned> {
    if (this.#isHung || this.#isTagGone) return forever;
    if (this.faults.attachRejects) rejectWith('CLIENT_999');
    const formId = await this.#forms.attach(selector);
    return formId === undefined ? forever : { ...this.#returned, result: { formId } };
  }

  renderElements(target: string | Element): Promise<KrReturned> {
    if (typeof target === 'string') return this.attachForm(target);
    target.id ||= `kr-${crypto.randomUUID()}`;
    return this.attachForm(`#${target.id}`);
  }

  /** Hangs the library for good while `setFormConfig` is pending (*measured in the 2022 build*). */
  removeForms(): Promise<{ readonly KR: Krypton }> {
    if (this.faults.removeThrows) throw new Error('The library of the stand-in throws, because of `removeThrows`.');
    this.#isHung ||= this.#pendingConfigs > 0;
    this.#forms.remove();
    this.#callbacks.clear();
    return Promise.resolve(this.#returned);
  }

  async validateForm(): Promise<{ readonly KR: Krypton; readonly result: null }> {
    const error = await Promise.resolve(this.#forms.validate());
    if (error) rejectWith({ ...this.#returned, result: { ...error, doOnError: () => this.#callbacks.call('onError', error) } });
    return { ...this.#returned, result: null };
  }

  submit(): Promise<{ readonly KR: Krypton }> {
    this.#forms.pay();
    return Promise.resolve(this.#returned);
  }

  get #isTagGone(): boolean {
    return this.#options.tag?.isConnected === false;
  }

  #requireTag(): void {
    if (this.#isTagGone) rejectWith('CLIENT_999');
  }

  #applyConfig(given: Readonly<Record<string, unknown>>): void {
    const { 'kr-form-token': attribute, formToken = attribute, 'kr-public-key': keyAttribute, publicKey = keyAttribute, ...others } = given;
    if (formToken === null) rejectWith(undefined);
    if (formToken !== undefined && !readFormToken(formToken)) rejectWith('CLIENT_100');
    Object.assign(this.#config, others, formToken !== undefined && { formToken }, publicKey !== undefined && { publicKey });
    if (publicKey !== undefined && !publicKeyPattern.test(asText(publicKey))) this.#forms.reportError('CLIENT_004');
    if (formToken !== undefined) this.#forms.showToken();
  }
}

/** Throws what the real library rejects with, which is no error. */
function rejectWith(reason: unknown): never {
  throw reason;
}
