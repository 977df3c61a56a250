import { isCardNumber, isExpiry } from '../cards.js';

/** One kind of field: how it is typed, and what is wrong with what was typed. */
export interface FieldKind {
  readonly attributes: Readonly<Record<string, string>>;
  readonly format?: (value: string) => string;
  /** Which of the texts applies, or none where the value is right. */
  complaint(value: string): keyof FieldTexts | undefined;
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

/** It takes the language's part of a locale, and falls back to English (*read in 1.7.0*). */
export function selectFieldTexts(locale = 'en'): FieldTexts {
  return locale.split('-')[0] === 'es' ? es : en;
}

const numeric = { type: 'text', inputmode: 'numeric', spellcheck: 'false' };

function digits(least: number, most: number, autocomplete: string): FieldKind {
  return {
    attributes: { ...numeric, autocomplete, maxlength: String(most) },
    complaint(value) {
      if (!value) return 'required';
      if (!/^\d+$/.test(value)) return 'digits';
      return value.length < least || value.length > most ? 'length' : undefined;
    },
  };
}

const name = (autocomplete: string): FieldKind => ({
  attributes: { type: 'text', autocomplete, maxlength: '60' },
  complaint: (value) => (value.trim() ? undefined : 'required'),
});

const cardNumber: FieldKind = {
  attributes: { ...numeric, autocomplete: 'cc-number', maxlength: '23' },
  format: (value) => value.replace(/(\d{4})(?=\d)/g, '$1 ').replace(/ {2,}/g, ' '),
  complaint(value) {
    const bare = value.replaceAll(' ', '');
    if (!bare) return 'required';
    if (!/^\d+$/.test(bare)) return 'digits';
    return isCardNumber(bare) ? undefined : 'number';
  },
};

const expiryDate: FieldKind = {
  attributes: { ...numeric, autocomplete: 'cc-exp', maxlength: '5' },
  format: (value) => value.replace(/[^\d/]/g, '').replace(/^(\d\d)(\d)/, '$1/$2'),
  complaint(value) {
    if (!value) return 'required';
    return isExpiry(value) ? undefined : 'date';
  },
};

const kinds: Readonly<Record<string, FieldKind>> = {
  cardNumber,
  expiryDate,
  cardholderName: name('cc-name'),
  nameOnAccount: name('name'),
  cvv: digits(3, 4, 'cc-csc'),
  routingNumber: digits(9, 9, 'off'),
  achAccountNumber: digits(4, 17, 'off'),
  institutionNumber: digits(3, 3, 'off'),
  transitNumber: digits(5, 5, 'off'),
  padAccountNumber: digits(4, 17, 'off'),
};

/** None for a key that is no field: its iframe never gets ready. */
export function findFieldKind(field: string): FieldKind | undefined {
  return Object.hasOwn(kinds, field) ? kinds[field] : undefined;
}
