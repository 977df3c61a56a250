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
const cancellableMethods: readonly PaymentMethod[] = ['CARD', 'CUOTEALO', 'QR', 'BANK_TRANSFER', 'PAGOEFECTIVO'];

/** What a merchant does for a paid payment that neither call returns. */
export const otherWay = "Return the money by a bank transfer of your own, or ask Pay-me's support.";

/** What Pay-me does with payments by some methods only. */
interface MethodRule {
  /** As in `Pay-me reverses only paid payments by CARD or YAPE`. */
  readonly does: string;
  readonly by: readonly PaymentMethod[];
  /** What a merchant does instead, as a sentence. */
  readonly instead: string;
}

export const cancelRule: MethodRule = {
  does: 'cancels only pending payments',
  by: cancellableMethods,
  instead: 'Wait until Pay-me has decided the payment.',
};

/** For `pay.refund()`, and for `pay.cancel()` of a settled payment. */
export const refundRule: MethodRule = { does: 'refunds only payments', by: refundableMethods, instead: otherWay };

/** @throws {OperationNotSupported} unless Pay-me documents it for the payment's method */
export function requireMethod(operation: 'cancel' | 'refund', { method }: PaymeRecord, { does, by, instead }: MethodRule): void {
  const known = methods.find((one) => one === method);
  if (known && by.includes(known)) return;
  const list = new Intl.ListFormat('en', { type: 'disjunction' }).format(by);
  const message = `Pay-me ${does} by ${list}, and this one is by ${known ?? 'another method'}. ${instead}`;
  throw new OperationNotSupported('payme', operation, message);
}
