import type { OrderFeatures } from '../../../server/order-features.js';

const noCards = "Pay-me's documentation describes saved cards as in development. Request the order without `save`.";

/** Pay-me has neither holds nor saved cards (documentation, by omission and "Débito automático"). */
export const orderFeatures: OrderFeatures = {
  hold: 'Pay-me has no holds: each payment is charged at once. Request the order without `capture`.',
  save: noCards,
  saveOnly: noCards,
};
