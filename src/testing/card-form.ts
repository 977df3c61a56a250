import { createCardNumberError, extractDigits, formatExpiry, groupDigits, isCardNumber, isExpiry, sampleCard } from './cards.js';
import type { MakeElement } from './dom.js';
import type { FormTexts } from './form-texts.js';

/** The card that the shopper typed, in the words of Pay-me's API. */
export interface CardDetails {
  readonly pan: string;
  readonly expiry_month: string;
  readonly expiry_year: string;
  readonly security_code: string;
  readonly card_holder: string;
}

interface Field {
  /** The input with its label and its error. */
  readonly element: HTMLElement;
  /** Returns the value, or shows an error and returns `undefined` if the value is invalid. */
  read(): string | undefined;
}

interface FieldOptions {
  readonly label: string;
  readonly errorText: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly isValid: (value: string) => boolean;
  readonly format?: (value: string) => string;
}

let fieldCount = 0;

/** Creates plain inputs without a `<form>` and without names, so that no outer form submits them. */
export function createCardForm(make: MakeElement, texts: FormTexts, amount: string, onPay: (card: CardDetails) => void): HTMLElement {
  const fields = createFields(make, texts);
  const pay = make('button', 'payment-button', { 'data-action': 'pay' }, `${texts.pay} ${amount}`);
  const submit = (): void => {
    const card = readCard(fields);
    if (card) onPay(card);
  };
  const row = make('div', 'payment-row', {}, fields.expiry.element, fields.code.element);
  const form = make('div', 'payment-card-form', {}, fields.number.element, row, fields.holder.element, pay);
  pay.addEventListener('click', submit);
  form.addEventListener('keydown', (event) => {
    if (event.key === 'Enter' && event.target instanceof HTMLInputElement) submit();
  });
  return form;
}

function createFields(make: MakeElement, texts: FormTexts) {
  return {
    number: createNumberField(make, texts),
    expiry: createExpiryField(make, texts),
    code: createField(make, {
      label: texts.code,
      errorText: texts.badCode,
      attributes: { inputmode: 'numeric', type: 'password', autocomplete: 'cc-csc', maxlength: '4' },
      isValid: (value) => /^\d{3,4}$/.test(value),
    }),
    holder: createField(make, {
      label: texts.holder,
      errorText: texts.badHolder,
      attributes: { type: 'text', autocomplete: 'cc-name', maxlength: '60' },
      isValid: (value) => value.trim() !== '',
    }),
  };
}

function createNumberField(make: MakeElement, texts: FormTexts): Field {
  return createField(make, {
    label: texts.number,
    errorText: texts.badNumber,
    attributes: { inputmode: 'numeric', type: 'text', autocomplete: 'cc-number', maxlength: '23' },
    isValid: isCardNumber,
    format: (value) => groupDigits(extractDigits(value)),
  });
}

function createExpiryField(make: MakeElement, texts: FormTexts): Field {
  return createField(make, {
    label: texts.expiry,
    errorText: texts.badExpiry,
    attributes: { inputmode: 'numeric', type: 'text', autocomplete: 'cc-exp', maxlength: '5' },
    isValid: isExpiry,
    format: formatExpiry,
  });
}

function readCard(fields: ReturnType<typeof createFields>): CardDetails | undefined {
  const [pan, expiry, security_code, card_holder] = [fields.number, fields.expiry, fields.code, fields.holder].map((one) => one.read());
  return pan && expiry && security_code && card_holder ? toCardDetails(pan, expiry, security_code, card_holder) : undefined;
}

function toCardDetails(pan: string, expiry: string, security_code: string, card_holder: string): CardDetails {
  const [expiry_month = '', expiry_year = ''] = expiry.split('/');
  return { pan: pan.replaceAll(' ', ''), expiry_month, expiry_year, security_code, card_holder };
}

/**
 * Creates the card that the form reads after a shopper has typed this number.
 *
 * @throws {Error} if the form would reject the number
 */
export function createCardDetails(number: string): CardDetails {
  if (!isCardNumber(number)) throw createCardNumberError();
  return toCardDetails(number, sampleCard.expiry, sampleCard.code, sampleCard.holder);
}

function createField(make: MakeElement, { label, errorText, attributes, isValid, format }: FieldOptions): Field {
  const id = `card-field-${++fieldCount}`;
  const input = make('input', 'payment-input', { ...attributes, id, 'aria-describedby': `${id}-error` });
  const error = make('span', 'payment-error', { id: `${id}-error` });
  const showError = (text: string): void => {
    error.textContent = text;
    if (text) input.setAttribute('aria-invalid', 'true');
    else input.removeAttribute('aria-invalid');
  };
  input.addEventListener('input', () => {
    if (format) input.value = format(input.value);
    showError('');
  });
  const read = (): string | undefined => {
    const valid = isValid(input.value);
    showError(valid ? '' : errorText);
    return valid ? input.value : undefined;
  };
  return { element: make('div', 'payment-field', {}, make('label', 'payment-label', { for: id }, label), input, error), read };
}
