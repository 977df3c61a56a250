import * as z from 'zod/mini';
import { parse, type Schema } from '../../../shared/schema.js';
import type { Payment } from '../../../server/payment.js';
import { formatMinorUnits } from './build-config.js';
import { stringOfLength, type TokenBinding } from './token-call.js';

/** The numbers of a payment at Izipay, as the merchant stored them. */
export interface KnownPayment {
  /** The order number. */
  readonly id: string;
  /** The one of the session token, to which Izipay binds each later call. */
  readonly transactionId: string;
  /** Minor units. */
  readonly amount: number;
  readonly currency: string;
  /** Absent until Izipay reported a result. */
  readonly uniqueId?: string;
  readonly referenceNumber?: string;
  readonly authorizationCode?: string;
  readonly payMethod?: string;
  /** ISO 8601 with the offset of Lima. Only an approved payment has it. */
  readonly paidAt?: string;
  /** `register` if the order only stored a card. */
  readonly action?: string;
  /** `PA` if the order requested a hold. */
  readonly processType?: string;
}

const knownPayment: Schema<KnownPayment> = z.lazy(() => {
  const text = z.optional(z.string());
  return z.object({
    id: stringOfLength(5, 15),
    transactionId: stringOfLength(5, 40),
    amount: z.int(),
    currency: z.string(),
    ...{ uniqueId: text, referenceNumber: text, authorizationCode: text, payMethod: text, paidAt: text, action: text, processType: text },
  });
});

/** @throws {ShapeError} names the number that the payment lacks. A result that Izipay did not sign has none */
export function readKnownPayment(payment: Payment): KnownPayment {
  return parse(knownPayment, payment, 'The payment of Izipay, as `onToken` received it');
}

/** Returns the values to which Izipay bound the payment. */
export function toBinding({ id, transactionId, amount }: KnownPayment): TokenBinding {
  return { orderNumber: id, transactionId, amount: formatMinorUnits(amount) };
}
