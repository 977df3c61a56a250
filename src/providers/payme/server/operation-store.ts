import type { ProviderContext } from '../../../server/provider.js';

/** Milliseconds: 35 days. A voucher is paid within days, and Pay-me repeats a notification for as long as the merchant has configured. */
const lifetime = 35 * 24 * 60 * 60 * 1000;

const createKey = (environment: string, operation: string) => `pay-checkout:payme:operation:${environment}:${operation}`;

/** Remembers the order of an operation, because a notification may arrive without the fields that name it. */
export function rememberOrder({ environment, store }: ProviderContext, operation: string, reference: string): Promise<void> {
  return store.set(createKey(environment, operation), reference, lifetime);
}

/** Returns the reference of the order that an operation number was created for, if the merchant's cache still has it. */
export function recallOrder({ environment, store }: ProviderContext, operation: string): Promise<string | undefined> {
  return store.get(createKey(environment, operation));
}
