import { micuentawebCards } from '../../../src/testing.js';
import type { PaidForm } from '../../testing/paid-form.js';

export const paidForm: PaidForm = {
  cards: { paid: micuentawebCards.approved, declined: micuentawebCards.declined, pending: micuentawebCards.pending },
  requests: ['POST ProcessPayment'],
  fieldsIn: (raw) => ({ reference: (JSON.parse((raw as { rawClientAnswer: string }).rawClientAnswer) as Payment).transactions[0].uuid }),
};

interface Payment {
  readonly transactions: readonly [{ readonly uuid: string }];
}
