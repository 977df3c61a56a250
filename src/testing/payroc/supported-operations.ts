import type { Json } from '../http.js';
import type { Sale } from './account.js';

/** A part of `supportedOperations`: those that change the batch or move money. */
export type SupportedOperation = 'capture' | 'refund' | 'fullyReverse' | 'partiallyReverse' | 'incrementAuthorization' | 'setAsPending';

/**
 * Lists what may be done with a sale now: a hold is captured or released; a sale in the open batch is reversed, and one in a closed batch is
 * refunded (documentation).
 */
export function listOperations({ transactionResult: { type, status, responseCode } }: Sale): readonly SupportedOperation[] {
  if (type === 'preAuthorization' && status === 'pending') return ['capture', 'fullyReverse', 'incrementAuthorization'];
  if (status === 'pending') return ['fullyReverse'];
  if (responseCode !== 'A' && responseCode !== 'P') return [];
  // A bank transfer is reversed as a whole only.
  if (status === 'ready') return type === 'payment' ? ['fullyReverse'] : ['fullyReverse', 'partiallyReverse', 'setAsPending'];
  return status === 'complete' ? ['refund'] : [];
}

/** Describes a sale as the API returns it. Only a card payment has `supportedOperations` (Payroc's OpenAPI). */
export function describeSale(sale: Sale): Json {
  return 'card' in sale ? { ...sale, supportedOperations: listOperations(sale) } : sale;
}
