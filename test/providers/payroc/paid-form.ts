import { payrocCards } from '../../../src/testing.js';
import type { PaidForm } from '../../testing/paid-form.js';

export const paidForm: PaidForm = {
  cards: { paid: payrocCards.approved, declined: payrocCards.declined, pending: payrocCards.pending },
  requests: ['GET configuration', 'POST fields', 'POST fields', 'POST fields', 'POST fields', 'POST single-use-tokens'],
  fieldsIn: (raw) => ({ singleUseToken: (raw as { token: string }).token }),
};
