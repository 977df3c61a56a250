import { createCardForm, type CardDetails } from '../card-form.js';
import { createElementMaker, type MakeElement } from '../dom.js';
import type { FlexSession } from './client.js';
import { formatAmount, translateMethod, type Texts } from './texts.js';
import type { FlexMethod } from './types.js';

export interface ViewOptions {
  readonly texts: Texts;
  readonly closable: boolean;
  readonly renamedClasses: boolean;
  readonly onClose: () => void;
  readonly onPay: (method: FlexMethod, card?: CardDetails) => void;
}

/** The DOM of the form, with the class names of the real library. */
export class FlexView {
  readonly root: HTMLElement;
  #options: ViewOptions;
  #make: MakeElement;
  #overlay: HTMLElement;
  #wrapper: HTMLElement;
  #session: FlexSession | undefined;
  #loadingClass: string;

  constructor(options: ViewOptions) {
    const nameClass = (name: string): string => (options.renamedClasses ? `pmx-${name}` : name);
    this.#options = options;
    this.#make = createElementMaker(nameClass);
    const spinner = this.#make('div', 'loading-spinner', {});
    this.#overlay = this.#make('div', 'loading-overlay is-loading', { role: 'status', 'aria-label': options.texts.loading }, spinner);
    this.#wrapper = this.#make('div', 'payment-method-wrapper');
    this.root = this.#make('div', 'payment-gateway-ui', { lang: options.texts.locale }, this.#overlay);
    this.#loadingClass = nameClass('is-loading');
  }

  set busy(busy: boolean) {
    this.#overlay.hidden = !busy;
    this.#overlay.classList.toggle(this.#loadingClass, busy);
  }

  /** Draws the form. Until then only the spinner is visible. */
  open(session: FlexSession): void {
    this.#session = session;
    const note = this.#make('p', 'payment-note', {}, this.#options.texts.note);
    this.root.prepend(
      this.#make('div', 'payment-gateway-container', {}, this.#header(session), ...this.#selector(session), this.#wrapper, note),
    );
    this.reset();
  }

  /** Draws the form as when it opened, with an optional message to the shopper. */
  reset(message = ''): void {
    const [first] = this.#session?.methods ?? [];
    if (first) this.#choose(first);
    if (message) this.#wrapper.prepend(this.#make('p', 'payment-message', { role: 'alert' }, message));
    this.busy = false;
  }

  /** Shows how to pay elsewhere: a picture to scan or a code to type. */
  showPending({ image, code }: { image?: string | undefined; code?: string | undefined }): void {
    const { texts } = this.#options;
    const picture = image ? [this.#make('img', 'payment-qr', { src: image, alt: 'QR' })] : [];
    const reference = code ? [this.#make('strong', 'payment-code', {}, code)] : [];
    const waiting = this.#make('p', 'payment-waiting', { role: 'status' }, texts.waiting);
    this.#wrapper.replaceChildren(this.#make('p', '', {}, image ? texts.scan : texts.reference), ...picture, ...reference, waiting);
    this.busy = false;
  }

  showResult(onReturn: () => void): void {
    const { approved, countdown, back } = this.#options.texts;
    const button = this.#make('button', 'payment-button return-button', { type: 'button' }, back);
    button.addEventListener('click', onReturn);
    const title = this.#make('p', 'payment-result', { role: 'status' }, approved);
    this.#wrapper.replaceChildren(title, this.#make('p', '', {}, countdown), button);
    this.busy = false;
  }

  #header({ amount, currency }: FlexSession): HTMLElement {
    const { texts, closable, onClose } = this.#options;
    const header = this.#make('div', 'payment-gateway-header');
    // A `div` as in the real library, because a merchant's style sheet or test may select it.
    const close = this.#make('div', 'back-to-merchant', { role: 'button', tabindex: '0', 'aria-label': texts.close }, '←');
    close.addEventListener('click', onClose);
    close.addEventListener('keydown', ({ key }) => (key === 'Enter' || key === ' ') && onClose());
    if (closable) header.append(close);
    const total = this.#make('strong', 'payment-amount', {}, formatAmount(amount, currency, texts.locale));
    header.append(this.#make('span', 'payment-total', {}, texts.total), total);
    return header;
  }

  #selector({ methods }: FlexSession): HTMLElement[] {
    if (methods.length < 2) return [];
    const buttons = methods.map((method) => {
      const button = this.#make(
        'button',
        'payment-method',
        { type: 'button', 'data-method': method },
        translateMethod(method, this.#options.texts),
      );
      button.addEventListener('click', () => this.#choose(method));
      return button;
    });
    return [this.#make('div', 'payment-methods', { role: 'group', 'aria-label': this.#options.texts.methods }, ...buttons)];
  }

  #choose(method: FlexMethod): void {
    for (const button of this.root.querySelectorAll<HTMLElement>('[data-method]'))
      button.setAttribute('aria-pressed', String(button.dataset.method === method));
    this.#wrapper.replaceChildren(method === 'CARD' ? this.#cardForm() : this.#payElsewhere(method));
  }

  /** Plain inputs in the merchant's page (*measured in the March 2026 bundle*). */
  #cardForm(): HTMLElement {
    const { texts, onPay } = this.#options;
    const { amount = '', currency = '' } = this.#session ?? {};
    return createCardForm(this.#make, texts, formatAmount(amount, currency, texts.locale), (card) => onPay('CARD', card));
  }

  #payElsewhere(method: FlexMethod): HTMLElement {
    const { texts, onPay } = this.#options;
    const button = this.#make('button', 'payment-button', {}, method === 'QR' ? texts.makeQr : texts.continue);
    button.addEventListener('click', () => onPay(method));
    return button;
  }
}
