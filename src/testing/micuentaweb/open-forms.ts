import { delay } from '../faults.js';
import { asObject, asText, tryParseJson } from '../http.js';
import type { PageFetch } from '../page-fetch.js';
import type { Callbacks } from './callbacks.js';
import { FormClient, type Answer } from './client.js';
import type { MicuentawebLibraryFaults } from './faults.js';
import { fillSmartForm, findForm, isInShadowRoot } from './find-form.js';
import { CardForm } from './form.js';
import { readFormToken } from './form-token.js';
import { createGhostFrame, removeGhostFrame, showChallenge } from './ghost-frame.js';
import { maskCode, reportError, reportPayment, type FormState, type Report } from './report-result.js';
import type { KrError, KrResult } from './types.js';

export interface FormsOptions {
  /** Sends a request to the stand-in's API. */
  readonly fetch: PageFetch;
  readonly faults: MicuentawebLibraryFaults;
  readonly callbacks: Callbacks;
  /** The merged config of all calls. It keeps the key (*measured in the 2022 build*). */
  readonly config: Readonly<Record<string, unknown>>;
  /** Called with the URL to which the real library navigates after a payment. By default, it navigates. */
  readonly leave?: (url: string) => void;
}

/** The beginning of every message of the library. */
export const messagePrefix = '/*krypton-client*/ ';

/** The message of a form token that has expired. */
const expiry = { _name: 'error', errorCode: 'PSP_108' };

/** Milliseconds (*measured in the 2022 build*) from `attachForm` to its result, and from there to `onFormReady`. */
const attachTime = 200;
const readyTime = 400;

/** The one form of a page, from `attachForm` to `removeForms`. */
export class OpenForms {
  readonly #options: FormsOptions;
  #form?: CardForm;
  #formId = '';
  #ghost?: HTMLIFrameElement;
  #state: FormState = 'open';
  #lastRefused?: KrResult;
  #isAttaching = false;
  #staleId?: string;
  #run = 0;

  constructor(options: FormsOptions) {
    this.#options = options;
  }

  /** Returns the id of the form, or `undefined` if `removeForms` was called meanwhile: the real promise then never settles. */
  async attach(selector: string): Promise<string | undefined> {
    const run = ++this.#run;
    const stale = this.#staleId;
    this.#staleId = undefined;
    const formId = stale ?? `F${100_000 + Math.floor(Math.random() * 900_000)}`;
    this.#formId = formId;
    this.#isAttaching = true;
    await delay(attachTime + (this.#options.faults.slow ?? 0));
    if (run !== this.#run) return undefined;
    this.#isAttaching = false;
    if (stale === undefined) this.#open(selector);
    return formId;
  }

  #open(selector: string): void {
    const { callbacks, faults, config } = this.#options;
    const place = document.querySelector(selector);
    if (!place && isInShadowRoot(selector)) return void callbacks.call('onLoaded');
    if (!place) rejectWith('CLIENT_500');
    const element = findForm(place);
    if (!element) rejectWith('CLIENT_709');
    if (!config.publicKey) this.reportError('CLIENT_501');
    fillSmartForm(element);
    element.setAttribute('kr-form-id', this.#formId);
    this.#state = 'open';
    this.#ghost = createGhostFrame();
    const onFocus = (field: string) => void callbacks.call('onFocus', { field, _type: 'krypton/focus' });
    this.#form = new CardForm(element, asText(config.language) || asText(config['kr-language']), { onPay: () => this.pay(), onFocus });
    if (faults.emptyForms) faults.emptyForms--;
    else this.#form.draw();
    this.showToken();
    void this.#announce();
  }

  async #announce(): Promise<void> {
    const run = this.#run;
    const { callbacks, faults } = this.#options;
    callbacks.call('onFormCreated');
    callbacks.call('onLoaded');
    await delay(readyTime);
    if (run === this.#run && !faults.neverReady) callbacks.call('onFormReady');
  }

  /** Removes the form and the overlay of 3DS. The next form after an early removal has the old id, and no iframes (*measured in the 2022 build*). */
  remove(): void {
    this.#run++;
    if (this.#isAttaching) this.#staleId = this.#formId;
    this.#isAttaching = false;
    this.#form?.remove();
    this.#form = undefined;
    removeGhostFrame();
  }

  /** Shows the amount of the token in the open form, which stays otherwise as it is. */
  showToken(): void {
    const content = readFormToken(this.#options.config.formToken);
    if (!content) return;
    this.#state = 'open';
    this.#lastRefused = undefined;
    this.#form?.showToken(content);
    this.#form?.disable(false);
  }

  validate(): KrError | undefined {
    const card = this.#form?.read();
    return card && 'errorCode' in card ? card : undefined;
  }

  /** Reads the card and pays. After a success, more clicks do nothing (*measured in the 2022 build*). */
  pay(): void {
    const { callbacks, config, fetch } = this.#options;
    const form = this.#form;
    const ghost = this.#ghost;
    if (!form || !ghost || form.isDisabled || this.#state !== 'open') return;
    if (!config.formToken) return this.reportError('CLIENT_305');
    const card = form.read();
    form.showError('errorCode' in card ? card.errorCode : '');
    if ('errorCode' in card) return void callbacks.call('onError', { ...card, formId: this.#formId });
    form.disable(true);
    const client = new FormClient(fetch, asText(config.formToken));
    void client.pay(asText(config.publicKey), card).then((answer) => this.#handle(answer, client, ghost));
  }

  async #handle(answer: Answer, client: FormClient, ghost: HTMLIFrameElement): Promise<void> {
    if ('payment' in answer) return this.#post(ghost, { _name: 'payment', ...this.#spoil(answer.payment) });
    if ('errorCodes' in answer) return answer.errorCodes.forEach((errorCode) => this.#post(ghost, { _name: 'error', errorCode }));
    if ((await showChallenge(ghost)) === 'authenticate') return this.#handle(await client.finish(answer.challenge), client, ghost);
    this.#options.callbacks.call('on3dSecureAbort');
    this.#post(ghost, { _name: 'error', errorCode: 'CLIENT_101' });
  }

  #spoil(payment: KrResult): KrResult {
    const { withoutHash, withoutRawAnswer } = this.#options.faults;
    return { ...payment, ...(withoutHash && { hash: null }), ...(withoutRawAnswer && { rawClientAnswer: undefined }) };
  }

  /**
   * Delivers a message of the iframe. One that was removed sends no more. It is not dispatched to the window, because its origin would be the
   * page's own instead of the static host's, and a guard against forged messages would stop it.
   */
  #post(ghost: HTMLIFrameElement, message: object): void {
    const { lateMessages, talksOn } = this.#options.faults;
    if (!ghost.isConnected && !lateMessages) return;
    const texts = [message, ...(talksOn ? [message, expiry] : [])].map((one) => `${messagePrefix}${JSON.stringify(one)}`);
    for (const text of texts) this.receive(text);
  }

  /** Handles a message of any sender. */
  receive(data: unknown): void {
    const text = asText(data);
    const { _name, ...message } = asObject(text.startsWith(messagePrefix) && tryParseJson(text.slice(messagePrefix.length))) ?? {};
    if (_name === 'error') this.reportError(asText(message.errorCode));
    if (_name === 'payment') this.#finish(reportPayment(message, this.#report), message);
  }

  reportError(errorCode: string): void {
    this.#finish(reportError(maskCode(errorCode, asText(this.#options.config.publicKey)), this.#report));
  }

  get #report(): Report {
    const { callbacks, config, faults } = this.#options;
    const lastRefused = faults.lastRefused ? this.#lastRefused : undefined;
    return { callbacks, formToken: asText(config.formToken), formId: this.#formId, lastRefused };
  }

  #finish(state: FormState, result?: KrResult): void {
    const url = asText(this.#options.config['kr-post-url-success']);
    this.#state = state;
    this.#lastRefused = result ?? this.#lastRefused;
    this.#form?.disable(state === 'closed');
    if (state === 'left' && url) (this.#options.leave ?? ((target) => location.assign(target)))(url);
  }
}

function rejectWith(reason: string): never {
  throw reason as unknown;
}
