import { formatExpiry, groupDigits, isCardNumber, isExpiry } from '../cards.js';

/** One kind of field: its input's attributes, its format and its validation. */
export interface FieldKind {
  readonly attributes: Readonly<Record<string, string>>;
  readonly format?: (value: string) => string;
  /** Returns the key of the error text, or `undefined` if the value is valid. */
  findError(value: string): keyof FieldTexts | undefined;
}

export interface FieldTexts {
  readonly required: string;
  readonly digits: string;
  readonly number: string;
  readonly date: string;
  readonly length: string;
  readonly checking: string;
  readonly savings: string;
}

const en: FieldTexts = {
  required: 'This field is required',
  digits: 'This field must contain numbers only',
  number: 'Card number is invalid',
  date: 'Expiry date is invalid',
  length: 'This number is too short or too long',
  checking: 'Checking',
  savings: 'Savings',
};

const es: FieldTexts = {
  required: 'Este campo es obligatorio',
  digits: 'Este campo solo admite números',
  number: 'El número de tarjeta no es válido',
  date: 'La fecha de vencimiento no es válida',
  length: 'Este número es demasiado corto o demasiado largo',
  checking: 'Corriente',
  savings: 'Ahorros',
};

/** The library uses the language of a locale, and falls back to English (*read in 1.7.0*). */
export function selectFieldTexts(locale = 'en'): FieldTexts {
  return locale.split('-')[0] === 'es' ? es : en;
}

const numeric = { type: 'text', inputmode: 'numeric', spellcheck: 'false' };

function createDigitsKind(least: number, most: number, autocomplete: string): FieldKind {
  return {
    attributes: { ...numeric, autocomplete, maxlength: String(most) },
    findError(value) {
      if (!value) return 'required';
      if (!/^\d+$/.test(value)) return 'digits';
      return value.length < least || value.length > most ? 'length' : undefined;
    },
  };
}

const createNameKind = (autocomplete: string): FieldKind => ({
  attributes: { type: 'text', autocomplete, maxlength: '60' },
  findError: (value) => (value.trim() ? undefined : 'required'),
});

const cardNumber: FieldKind = {
  attributes: { ...numeric, autocomplete: 'cc-number', maxlength: '23' },
  format: groupDigits,
  findError(value) {
    const bare = value.replaceAll(' ', '');
    if (!bare) return 'required';
    if (!/^\d+$/.test(bare)) return 'digits';
    return isCardNumber(bare) ? undefined : 'number';
  },
};

const expiryDate: FieldKind = {
  attributes: { ...numeric, autocomplete: 'cc-exp', maxlength: '5' },
  format: formatExpiry,
  findError(value) {
    if (!value) return 'required';
    return isExpiry(value) ? undefined : 'date';
  },
};

const kinds: Readonly<Record<string, FieldKind>> = {
  cardNumber,
  expiryDate,
  cardholderName: createNameKind('cc-name'),
  nameOnAccount: createNameKind('name'),
  cvv: createDigitsKind(3, 4, 'cc-csc'),
  routingNumber: createDigitsKind(9, 9, 'off'),
  achAccountNumber: createDigitsKind(4, 17, 'off'),
  institutionNumber: createDigitsKind(3, 3, 'off'),
  transitNumber: createDigitsKind(5, 5, 'off'),
  padAccountNumber: createDigitsKind(4, 17, 'off'),
};

/** Returns `undefined` for an unknown field, whose iframe never becomes ready. */
export function findFieldKind(field: string): FieldKind | undefined {
  return Object.hasOwn(kinds, field) ? kinds[field] : undefined;
}
