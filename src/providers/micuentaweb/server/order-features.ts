import type { OrderFeatures } from '../../../server/order-features.js';

/**
 * A hold is a payment with `manualValidation`, and a saved card is a `paymentMethodToken` (documentation, `formAction`). No source shows how
 * the form offers a saved card, so it is left out.
 */
export const orderFeatures: OrderFeatures = { hold: true, save: true, saveOnly: true };
