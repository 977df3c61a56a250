import type { PayrocField } from '../contract.js';

/** Our texts around the fields. `config.labels` replaces any of them. */
export type Labels = Readonly<Record<Exclude<PayrocField, 'submit'> | 'pay' | 'save' | 'invalid' | 'problem' | 'note', string>>;

const en: Labels = {
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

const es: Labels = {
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

const pt: Labels = {
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

const labelsByLanguage: Readonly<Record<string, Labels>> = { en, es, pt };

export function getLanguage(locale: string): string {
  return locale.toLowerCase().split('-')[0] ?? '';
}

/** @param own the merchant's own texts, by key */
export function getLabels(locale: string, own: Readonly<Record<string, string>> = {}): Labels {
  return { ...(labelsByLanguage[getLanguage(locale)] ?? es), ...own };
}

/** Returns the language of the library's own texts, on its button and beside an invalid field. It has no others, and falls back to English (*read in 1.7.0*). */
export function getLibraryLocale(locale: string): string | undefined {
  const language = getLanguage(locale);
  return ['en', 'es', 'fr'].includes(language) ? language : undefined;
}
