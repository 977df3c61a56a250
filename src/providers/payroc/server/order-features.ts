import type { OrderFeatures } from '../../../server/order-features.js';
import type { Account } from './calls.js';

const noPayment =
  "payroc() has `scenario: 'tokenization'`, which takes no payment. Leave `scenario` out, and return `save: 'only'` for such orders.";

export const holdsCardsOnly = 'Payroc holds cards only. It charges a bank account at once.';

/** Describes what an order may request beside a payment. Payroc's form offers no saved card. */
export function describeFeatures({ scenario, form }: Pick<Account, 'scenario' | 'form'>): OrderFeatures {
  if (scenario === 'tokenization') return { hold: noPayment, save: noPayment, saveOnly: true };
  return { hold: form === 'card' || holdsCardsOnly, save: true, saveOnly: true };
}
