import type { PayrocField } from '../contract.js';
import type { PayrocConfig } from './config.js';
import { formatPrice } from './format-price.js';

type Texts = Readonly<Record<Exclude<PayrocField, 'submit'> | 'pay' | 'save' | 'invalid' | 'problem' | 'note', string>>;

/** Our texts around the fields, and the one on the button. `config.labels` replaces any of them. */
export type Labels = Texts & Readonly<Record<'submit', string>>;

const en: Texts = {
  cardNumber: 'Card number',
  cardholderName: 'Name on the card',
  expiryDate: 'Expires (MM/YY)',
  cvv: 'CVV',
  nameOnAccount: 'Account holder',
  accountType: 'Account type',
  routingNumber: 'Routing number',
  achAccountNumber: 'Account number',
  institutionNumber: 'Institution number',
  transitNumber: 'Transit number',
  padAccountNumber: 'Account number',
  pay: 'Pay',
  save: 'Save',
  invalid: 'Check this field.',
  problem: 'We could not send your details. Please try again.',
  note: 'Your details go straight to Payroc, encrypted. The shop never sees them.',
};

const es: Texts = {
  cardNumber: 'Número de tarjeta',
  cardholderName: 'Nombre en la tarjeta',
  expiryDate: 'Vence (MM/AA)',
  cvv: 'CVV',
  nameOnAccount: 'Titular de la cuenta',
  accountType: 'Tipo de cuenta',
  routingNumber: 'Número de ruta',
  achAccountNumber: 'Número de cuenta',
  institutionNumber: 'Número de institución',
  transitNumber: 'Número de tránsito',
  padAccountNumber: 'Número de cuenta',
  pay: 'Pagar',
  save: 'Guardar',
  invalid: 'Revisa este dato.',
  problem: 'No pudimos enviar tus datos. Inténtalo de nuevo.',
  note: 'Tus datos van directo a Payroc, cifrados. La tienda nunca los ve.',
};

const pt: Texts = {
  cardNumber: 'Número do cartão',
  cardholderName: 'Nome no cartão',
  expiryDate: 'Validade (MM/AA)',
  cvv: 'CVV',
  nameOnAccount: 'Titular da conta',
  accountType: 'Tipo de conta',
  routingNumber: 'Número de roteamento',
  achAccountNumber: 'Número da conta',
  institutionNumber: 'Número da instituição',
  transitNumber: 'Número de trânsito',
  padAccountNumber: 'Número da conta',
  pay: 'Pagar',
  save: 'Salvar',
  invalid: 'Confira este campo.',
  problem: 'Não foi possível enviar seus dados. Tente novamente.',
  note: 'Seus dados vão direto para a Payroc, criptografados. A loja nunca os vê.',
};

const labelsByLanguage: Readonly<Record<string, Texts>> = { en, es, pt };

export function getLanguage(locale: string): string {
  return locale.toLowerCase().split('-')[0] ?? '';
}

/**
 * Returns the texts in the shopper's language. The button of a payment names the price, unless the merchant has its own text.
 *
 * @param config its `labels` are the merchant's own texts, by key
 */
export function getLabels(locale: string, { mode, labels: own, amount, currency }: PayrocConfig): Labels {
  const labels = { ...(labelsByLanguage[getLanguage(locale)] ?? es), ...own };
  const price = own?.pay ? undefined : formatPrice(locale, amount, currency);
  const pay = price ? `${labels.pay} ${price}` : labels.pay;
  return { submit: mode === 'payment' ? pay : labels.save, ...labels };
}

/** Returns the language of the library's own texts, on its button and beside an invalid field. It has no others, and falls back to English (*read in 1.7.0*). */
export function getLibraryLocale(locale: string): string | undefined {
  const language = getLanguage(locale);
  return ['en', 'es', 'fr'].includes(language) ? language : undefined;
}
