import type { Order } from '../../../server/order.js';
import type { Account } from './account.js';
import type { Attempt } from './read-answer.js';

/** `own`: of this shop, environment and order. `foreign`: one of them is another. `unknown`: Lyra does not name all of them. */
export type Identity = 'own' | 'foreign' | 'unknown';

/** Compares the names that Lyra gives with those of the merchant. A missing name proves nothing. */
export function identifyAttempt(
  { shopId, details }: Pick<Attempt, 'shopId' | 'details'>,
  account: Account,
  { reference }: Pick<Order, 'reference'>,
): Identity {
  const names = [
    [shopId, account.shopId],
    [details?.mode, account.environment === 'sandbox' ? 'TEST' : 'PRODUCTION'],
    [details?.orderId, reference],
  ] as const;
  if (names.some(([found, expected]) => (found ?? expected) !== expected)) return 'foreign';
  return names.every(([found]) => found !== undefined) ? 'own' : 'unknown';
}
