import type { PaymentContext } from '../../../server/operations/provider-operations.js';
import type { Account } from './calls.js';
import type { PayrocRecord } from './read-record.js';
import { createSavedCall, describeSave } from './secure-token.js';

/** Requests the card or account that an order with `save: 'only'` stored. */
export async function querySavedCard(account: Account, { order, payment, send }: PaymentContext, bearer: string): Promise<PayrocRecord> {
  const nothing = { charged: 0, held: 0, refunds: [], isIdentified: true, isBank: account.form !== 'card' } as const;
  const unknown = { status: undefined, supportedOperations: [] };
  // Payroc lists saved cards by their own ids only.
  if (payment.id === undefined) return { outcome: 'pending', reason: 'not-found', ...nothing, ...unknown };
  const saved = await send(createSavedCall(account, payment.id, bearer));
  return { ...describeSave(saved, account, order), numbers: { id: payment.id, save: 'only' }, ...nothing, ...unknown };
}
