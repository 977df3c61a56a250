import { hosts, type IzipayEnvironment } from '../../providers/izipay/contract.js';
import { createCardForm, type CardDetails } from '../card-form.js';
import { adoptStyles, createElementMaker, type MakeElement } from '../dom.js';
import { delay } from '../faults.js';
import { formStyles } from '../form-styles.js';
import { formTexts, type FormTexts } from '../form-texts.js';
import { asObject } from '../http.js';
import type { PageFetch } from '../page-fetch.js';
import { postFromFrame } from '../post-from-frame.js';
import { readEnvironment, selectEvent, FrameClient, type Opened } from './client.js';
import type { IzipayLibraryFaults } from './faults.js';
import type { FrameMessage } from './frame.js';
import type { IzipayLibraryConfig } from './types.js';

export interface AppOptions {
  readonly fetch: PageFetch;
  readonly faults: IzipayLibraryFaults;
  /** The environment that is compiled in. Without it, each token decides. */
  readonly environment?: IzipayEnvironment;
}

const frameStyles = `${formStyles}
:root { color-scheme: light dark; } body { margin: 0; }
.back-to-merchant { border: 0; background: none; color: inherit; }
.payment-gateway-ui { min-height: 100vh; }`;

/** The app in the iframe: a card form that reports to the page by messages only. */
export class FrameApp {
  readonly #frame: HTMLIFrameElement;
  readonly #options: AppOptions;
  #received?: { readonly authorization: string; readonly config: IzipayLibraryConfig };

  constructor(frame: HTMLIFrameElement, options: AppOptions) {
    this.#frame = frame;
    this.#options = options;
  }

  get #environment(): IzipayEnvironment {
    return this.#options.environment ?? readEnvironment(this.#received?.authorization ?? '');
  }

  /** Receives a config. Every instance of the library sends its own, the newest one last, and the last one is opened. */
  receive(authorization: string, config: IzipayLibraryConfig): void {
    if (!this.#received) queueMicrotask(() => void this.#open());
    this.#received = { authorization, config };
  }

  async #open(): Promise<void> {
    if (!this.#received) return;
    const { authorization, config } = this.#received;
    const { fetch, faults } = this.#options;
    const client = new FrameClient(fetch, this.#environment);
    const opened = await client.open(authorization, config);
    if (faults.slow) await delay(faults.slow);
    const session = opened.response?.session;
    if (!session) return this.#post('IZIPAY_EVENT_RESPONSE_ERROR', opened);
    this.#draw(config, opened, (card) => void this.#pay(client, session, card));
    if (!faults.renamedIds) this.#post('IZIPAY_EVENT_READY');
  }

  close(): void {
    this.#post('IZIPAY_EVENT_CLOSE', { code: 'P54', message: 'Formulario cerrado por el usuario.' });
  }

  submit(): void {
    this.#frame.contentDocument?.querySelector<HTMLElement>('[data-action="pay"]')?.click();
  }

  async #pay(client: FrameClient, session: string, card?: CardDetails): Promise<void> {
    this.#post('IZIPAY_EVENT_SUBMIT');
    const result = await client.pay(session, card);
    this.#post(selectEvent(result), result);
    if (this.#options.faults.talksOn && result.signature) this.#reportAgain(result);
  }

  /** Simulates a shopper who closes the screen that shows the result. */
  #reportAgain(result: unknown): void {
    this.#post('IZIPAY_EVENT_RESPONSE', result);
    this.close();
  }

  #draw(config: IzipayLibraryConfig, { response }: Opened, onPay: (card?: CardDetails) => void): void {
    const page = this.#frame.contentDocument;
    if (!page) return;
    const texts = formTexts[asObject(config.language)?.init === 'ENG' ? 'en' : 'es'];
    const make = createElementMaker((name) => name);
    const { amount = '', currency = 'PEN', savedCard } = response ?? {};
    const price = new Intl.NumberFormat(texts.locale, { style: 'currency', currency }).format(Number(amount));
    const card = savedCard ? createSavedCardForm(make, texts, `${savedCard} ${price}`, onPay) : createCardForm(make, texts, price, onPay);
    const form = make('div', 'payment-method-wrapper', {}, card);
    const note = make('p', 'payment-note', {}, texts.note);
    const inside = make('div', 'payment-gateway-container', {}, this.#header(make, texts, price), form, note);
    page.documentElement.lang = texts.locale;
    page.title = 'Izipay';
    adoptStyles(page, frameStyles);
    page.body.replaceChildren(make('main', 'payment-gateway-ui', {}, inside));
    page.body.addEventListener('pointerdown', () => this.#post('IZIPAY_EVENT_CLICK'));
  }

  #header(make: MakeElement, texts: FormTexts, price: string): HTMLElement {
    const close = make('button', 'back-to-merchant', { type: 'button', 'aria-label': texts.close, 'data-action': 'close' }, '×');
    close.addEventListener('click', () => this.close());
    const amount = make('strong', 'payment-amount', {}, price);
    return make('div', 'payment-gateway-header', {}, make('span', 'payment-total', {}, texts.total), amount, close);
  }

  #post(key: string, data?: unknown): void {
    const message: FrameMessage = { key, data };
    if (this.#frame.isConnected) postFromFrame(this.#frame, message);
    else if (this.#options.faults.lateMessages) postFromFrame(this.#frame, message, hosts[this.#environment].checkout);
  }
}

/** Creates the form for a saved card: a button only, because the fields of Izipay's own form are unknown. */
function createSavedCardForm(make: MakeElement, texts: FormTexts, label: string, onPay: () => void): HTMLElement {
  const pay = make('button', 'payment-button', { 'data-action': 'pay' }, `${texts.pay} ${label}`);
  pay.addEventListener('click', () => onPay());
  return make('div', 'payment-card-form', {}, pay);
}
