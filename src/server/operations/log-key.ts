import type { Payment } from '../payment.js';
import type { ProviderOperations } from './provider-operations.js';

/** Returns the key of a payment in the ledger, or `undefined` for a payment without the number that the provider gave it. */
export function createLogKey(payment: Payment, { identify }: Pick<ProviderOperations, 'identify'>): string | undefined {
  const id = identify ? identify(payment) : payment.id;
  return id === undefined ? undefined : JSON.stringify([payment.provider, payment.environment, String(id)]);
}
