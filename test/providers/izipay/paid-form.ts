import { izipayCards } from '../../../src/testing.js';
import type { PaidForm } from '../../testing/paid-form.js';

export const paidForm: PaidForm = {
  cards: { paid: izipayCards.approved, declined: izipayCards.declined, pending: izipayCards.undecided },
  requests: ['POST session', 'POST charge'],
  spentToken: 'Izipay reported a technical error with code A02.',
  fieldsIn: (raw) => ({ reference: (raw as { response: { order: [{ uniqueId: string }] } }).response.order[0].uniqueId }),
};
