import { formatExpiry, extractDigits, groupDigits, isCardNumber, isExpiry, sampleCard } from '../cards.js';
import type { CardDetails } from '../card-form.js';
import { formTexts, type FormTexts } from '../form-texts.js';
import { createField, type Field } from './field.js';
import type { TokenContent } from './form-token.js';
import type { KrError } from './types.js';

export interface FormEvents {
  onPay(): void;
  onFocus(field: string): void;
}

/** The places of the fields in the page's markup, by the library's name of the field. */
const places = { pan: '.kr-pan', expiryDate: '.kr-expiry', securityCode: '.kr-security-code' } as const;

type FieldName = keyof typeof places;

/** The real library brings its own styles. */
const buttonStyle = {
  width: '100%',
  height: '44px',
  border: '0',
  borderRadius: '8px',
  background: '#1d4ed8',
  color: '#fff',
  font: '16px system-ui',
};

/** A card form in the page's own markup: an iframe in the place of each field, and the page's button and error. */
export class CardForm {
  readonly element: Element;
  readonly #fields = new Map<FieldName, Field>();
  readonly #texts: FormTexts;
  readonly #events: FormEvents;
  readonly #leaving = new AbortController();

  constructor(element: Element, language: string, events: FormEvents) {
    this.element = element;
    this.#texts = formTexts[language.startsWith('es') ? 'es' : 'en'];
    this.#events = events;
    this.#button?.addEventListener('click', () => events.onPay(), this.#leaving);
  }

  get #button(): HTMLButtonElement | null {
    return this.element.querySelector<HTMLButtonElement>('.kr-payment-button');
  }

  draw(): void {
    const { number, expiry, code } = this.#texts;
    this.#addField('pan', number, { autocomplete: 'cc-number', inputmode: 'numeric' }, (value) => groupDigits(extractDigits(value)));
    this.#addField('expiryDate', expiry, { autocomplete: 'cc-exp', inputmode: 'numeric' }, formatExpiry);
    this.#addField('securityCode', code, { autocomplete: 'cc-csc', inputmode: 'numeric', maxlength: '4' });
  }

  /** Shows the amount of the token, and clears the error. */
  showToken({ amount, currency }: TokenContent): void {
    const format = new Intl.NumberFormat(this.#texts.locale, { style: 'currency', currency });
    const price = format.format(amount / 10 ** (format.resolvedOptions().maximumFractionDigits ?? 2));
    this.#button?.setAttribute('data-action', 'pay');
    if (this.#button) Object.assign(this.#button.style, buttonStyle);
    this.#button?.replaceChildren(`${this.#texts.pay} ${price}`);
    this.showError('');
  }

  showError(text: string): void {
    this.element.querySelector('.kr-form-error')?.replaceChildren(text);
  }

  disable(disabled: boolean): void {
    if (!this.#button) return;
    this.#button.disabled = disabled;
    this.#button.style.opacity = disabled ? '0.6' : '1';
  }

  get isDisabled(): boolean {
    return this.#button?.disabled ?? false;
  }

  /** Returns the card, or the errors of its fields. */
  read(): CardDetails | KrError {
    const [pan, expiry, security_code] = (Object.keys(places) as FieldName[]).map((name) => this.#fields.get(name)?.read() ?? '');
    const children = findErrors({ pan, expiryDate: expiry, securityCode: security_code });
    if (children.length > 0) return { errorCode: 'CLIENT_300', errorMessage: 'Invalid form data', children, _type: 'krypton/error' };
    const [expiry_month = '', expiry_year = ''] = (expiry ?? '').split('/');
    const number = extractDigits(pan ?? '');
    return { pan: number, expiry_month, expiry_year, security_code: security_code ?? '', card_holder: sampleCard.holder };
  }

  /** Removes the iframes. The library's attributes stay on the page's element (*measured in the 2022 build*). */
  remove(): void {
    this.#leaving.abort();
    for (const { frame } of this.#fields.values()) frame.remove();
  }

  #addField(name: FieldName, label: string, attributes: Readonly<Record<string, string>>, format?: (value: string) => string): void {
    const place = this.element.querySelector(places[name]);
    const { onFocus } = this.#events;
    if (place) this.#fields.set(name, createField(place, { name, label, attributes, format, onFocus }));
  }
}

const rules: Readonly<Record<FieldName, { readonly code: string; readonly isValid: (value: string) => boolean }>> = {
  pan: { code: 'CLIENT_301', isValid: isCardNumber },
  expiryDate: { code: 'CLIENT_302', isValid: isExpiry },
  securityCode: { code: 'CLIENT_303', isValid: (value) => /^\d{3,4}$/.test(value) },
};

function findErrors(values: Readonly<Record<FieldName, string | undefined>>): KrError[] {
  return (Object.keys(rules) as FieldName[]).flatMap((field) => {
    const { code, isValid } = rules[field];
    const value = values[field] ?? '';
    if (isValid(value)) return [];
    return [{ errorCode: value ? code : 'CLIENT_304', field, _type: 'krypton/error' }];
  });
}
