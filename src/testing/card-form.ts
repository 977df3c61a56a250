import { isCardNumber, isExpiry } from './cards.js';
import type { MakeElement } from './dom.js';
import type { FormTexts } from './form-texts.js';
import { typed } from './typed.js';

/** What the shopper typed. */
export interface CardDetails {
  readonly pan: string;
  readonly expiry_month: string;
  readonly expiry_year: string;
  readonly security_code: string;
  readonly card_holder: string;
}

interface Field {
  readonly part: HTMLElement;
  /** What was typed, or nothing where it cannot be right; then the field says so. */
  read(): string | undefined;
}

interface FieldOptions {
  readonly label: string;
  readonly complaint: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly isValid: (value: string) => boolean;
  readonly format?: (value: string) => string;
}

let made = 0;

/** Plain inputs, without a `<form>` of their own and without names, so that no outer form ever sends them. */
export function createCardForm(make: MakeElement, texts: FormTexts, amount: string, onPay: (card: CardDetails) => void): HTMLElement {
  const fields = cardFields(make, texts);
  const pay = make('button', 'payment-button', { 'data-action': 'pay' }, `${texts.pay} ${amount}`);
  const submit = (): void => {
    const card = readCard(fields);
    if (card) onPay(card);
  };
  const row = make('div', 'payment-row', {}, fields.expiry.part, fields.code.part);
  const form = make('div', 'payment-card-form', {}, fields.number.part, row, fields.holder.part, pay);
  pay.addEventListener('click', submit);
  form.addEventListener('keydown', (event) => {
    if (event.key === 'Enter' && event.target instanceof HTMLInputElement) submit();
  });
  return form;
}

function cardFields(make: MakeElement, texts: FormTexts) {
  return {
    number: numberField(make, texts),
    expiry: expiryField(make, texts),
    code: field(make, {
      label: texts.code,
      complaint: texts.badCode,
      attributes: { inputmode: 'numeric', type: 'password', autocomplete: 'cc-csc', maxlength: '4' },
      isValid: (value) => /^\d{3,4}$/.test(value),
    }),
    holder: field(make, {
      label: texts.holder,
      complaint: texts.badHolder,
      attributes: { type: 'text', autocomplete: 'cc-name', maxlength: '60' },
      isValid: (value) => value.trim() !== '',
    }),
  };
}

function numberField(make: MakeElement, texts: FormTexts): Field {
  return field(make, {
    label: texts.number,
    complaint: texts.badNumber,
    attributes: { inputmode: 'numeric', type: 'text', autocomplete: 'cc-number', maxlength: '23' },
    isValid: isNumber,
    format: (value) => value.replace(/\D/g, '').replace(/(\d{4})(?=\d)/g, '$1 '),
  });
}

function expiryField(make: MakeElement, texts: FormTexts): Field {
  return field(make, {
    label: texts.expiry,
    complaint: texts.badExpiry,
    attributes: { inputmode: 'numeric', type: 'text', autocomplete: 'cc-exp', maxlength: '5' },
    isValid: isExpiry,
    format: (value) => value.replace(/\D/g, '').replace(/^(\d\d)(\d)/, '$1/$2'),
  });
}

function readCard(fields: ReturnType<typeof cardFields>): CardDetails | undefined {
  const [pan, expiry, security_code, card_holder] = [fields.number, fields.expiry, fields.code, fields.holder].map((one) => one.read());
  return pan && expiry && security_code && card_holder ? cardOf(pan, expiry, security_code, card_holder) : undefined;
}

function cardOf(pan: string, expiry: string, security_code: string, card_holder: string): CardDetails {
  const [expiry_month = '', expiry_year = ''] = expiry.split('/');
  return { pan: pan.replaceAll(' ', ''), expiry_month, expiry_year, security_code, card_holder };
}

/**
 * A card as the form reads it where a shopper types its number.
 *
 * @throws {Error} where the form would complain of the number
 */
export function createCardDetails(number: string): CardDetails {
  if (!isNumber(number)) throw new Error('The card number should be one that a form takes, such as those of the stand-ins.');
  return cardOf(number, typed.expiry, typed.code, typed.holder);
}

function isNumber(value: string): boolean {
  return isCardNumber(value.replaceAll(' ', ''));
}

function field(make: MakeElement, { label, complaint, attributes, isValid, format }: FieldOptions): Field {
  const id = `card-field-${++made}`;
  const input = make('input', 'payment-input', { ...attributes, id, 'aria-describedby': `${id}-error` });
  const error = make('span', 'payment-error', { id: `${id}-error` });
  const complain = (text: string): void => {
    error.textContent = text;
    if (text) input.setAttribute('aria-invalid', 'true');
    else input.removeAttribute('aria-invalid');
  };
  input.addEventListener('input', () => {
    if (format) input.value = format(input.value);
    complain('');
  });
  const read = (): string | undefined => {
    const fine = isValid(input.value);
    complain(fine ? '' : complaint);
    return fine ? input.value : undefined;
  };
  return { part: make('div', 'payment-field', {}, make('label', 'payment-label', { for: id }, label), input, error), read };
}
