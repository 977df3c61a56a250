import { paymeCards } from '../../../src/testing.js';
import type { PaidForm } from '../../testing/paid-form.js';

export const paidForm: PaidForm = {
  cards: { paid: paymeCards.approved, declined: paymeCards.declined, pending: paymeCards.pending },
  requests: ['POST token', 'POST flex-session', 'POST charges'],
  spentToken: 'answered 401',
  fieldsIn: (raw) => ({ reference: (raw as { transaction: { transaction_id: string } }).transaction.transaction_id }),
};
