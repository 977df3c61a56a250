import { OperationNotSupported, OperationRefused } from '../../../server/operations/operation-errors.js';
import type { IzipayRecord } from './izipay-record.js';
import type { KnownPayment } from './known-payment.js';

/** A payment with the numbers that an annulment and a capture require. */
export type ChargedPayment = KnownPayment & Required<Pick<KnownPayment, 'uniqueId' | 'authorizationCode' | 'payMethod' | 'paidAt'>>;

type MoneyOperationName = 'cancel' | 'capture';

/**
 * Requires the numbers that the call takes. A payment by Yape, Plin or QR may have no authorization code, and no merchant's code shows what
 * to send then.
 *
 * @throws {OperationNotSupported} {OperationRefused} `state`
 */
export function requireNumbers(operation: MoneyOperationName, payment: KnownPayment): ChargedPayment {
  const { authorizationCode, uniqueId, payMethod, paidAt } = payment;
  if (authorizationCode === undefined) {
    const reason = 'The call needs an authorization code, and Izipay reported none, as for some payments by Yape, Plin or QR.';
    throw new OperationNotSupported('izipay', operation, `${reason} Use Izipay's panel.`);
  }
  if (uniqueId !== undefined && payMethod !== undefined && paidAt !== undefined)
    return { ...payment, authorizationCode, uniqueId, payMethod, paidAt };
  const [missing] = Object.entries({ uniqueId, payMethod, paidAt }).find(([, value]) => value === undefined) as [string, undefined];
  const message = `pay.${operation}(): the payment should have \`${missing}\`, but Izipay reported none. Use Izipay's panel.`;
  throw new OperationRefused('state', message);
}

/** Refuses an operation on a payment in this state. */
export function refuseState(
  operation: MoneyOperationName,
  { outcome, reason }: Pick<IzipayRecord, 'outcome' | 'reason'>,
  expected: string,
): OperationRefused {
  const found = reason ? `${outcome} with the reason ${reason}` : outcome;
  return new OperationRefused(
    'state',
    `pay.${operation}(): the payment should be ${expected}, but its outcome is ${found}. Look it up in Izipay's panel.`,
  );
}
