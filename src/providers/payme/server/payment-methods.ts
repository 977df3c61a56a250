import { OperationNotSupported } from '../../../server/operations/operation-errors.js';
import type { PaymeRecord } from './query-charge.js';

/** The payment methods that Pay-me documents. */
const methods = ['CARD', 'YAPE', 'QR', 'BANK_TRANSFER', 'CUOTEALO', 'PAGOEFECTIVO'] as const;

export type PaymentMethod = (typeof methods)[number];

/** The methods whose settled payments Pay-me refunds (documentation, "Devoluciones"). */
export const refundableMethods: readonly PaymentMethod[] = ['CARD', 'YAPE', 'CUOTEALO'];
/** The methods whose payments Pay-me reverses before it settles them (documentation, "Extornar o cancelar"). */
export const reversibleMethods: readonly PaymentMethod[] = ['CARD', 'YAPE'];
/** The methods whose pending payments Pay-me cancels, `CARD` with a redirect (documentation, "Extornar o cancelar"). */
export const cancellableMethods: readonly PaymentMethod[] = ['CARD', 'CUOTEALO', 'QR', 'BANK_TRANSFER', 'PAGOEFECTIVO'];

/** What a merchant does for a paid payment that neither call returns. */
export const otherWay = "Return the money by a bank transfer of your own, or ask Pay-me's support.";

/** @throws {OperationNotSupported} unless Pay-me documents the call for the payment's method */
export function requireMethod(
  operation: 'cancel' | 'refund',
  { method }: PaymeRecord,
  allowed: readonly PaymentMethod[],
  instead: string,
): void {
  const known = methods.find((one) => one === method);
  if (known && allowed.includes(known)) return;
  const list = new Intl.ListFormat('en', { type: 'conjunction' }).format(allowed);
  throw new OperationNotSupported(
    'payme',
    operation,
    `Pay-me documents it for ${list} only, not for ${known ?? 'this method'}. ${instead}`,
  );
}
