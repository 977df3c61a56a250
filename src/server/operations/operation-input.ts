import * as z from 'zod/mini';
import { parse, type Schema } from '../../shared/schema.js';
import { nonEmptyString } from '../../shared/zod-schemas.js';
import type { Payment, SavedCard } from '../payment.js';
import { savedCardSchema } from '../saved-card.js';
import type { OperationName } from './provider-operations.js';

const paymentSchema = z.lazy(() =>
  z.looseObject({
    provider: nonEmptyString(),
    environment: nonEmptyString(),
    order: nonEmptyString(),
    amount: z.int(),
    currency: nonEmptyString(),
  }),
);

const moveSchema = z.lazy(() =>
  z.object({
    amount: z.optional(z.int('should be an integer of minor units').check(z.positive('should be more than 0'))),
    key: nonEmptyString(),
  }),
);

const chargeSchema: Schema<{ readonly card: SavedCard; readonly key: string }> = z.lazy(() =>
  z.object({ card: savedCardSchema, key: nonEmptyString() }),
);

/** @throws {ShapeError} names the field, without its value */
export function parsePayment(operation: OperationName | 'settle', payment: unknown): Payment {
  return parse(paymentSchema, payment, `pay.${operation}(): the payment`) as unknown as Payment;
}

/** @throws {ShapeError} names the field, without its value */
export function parseMoveRequest(operation: 'refund' | 'capture', request: unknown): { readonly key: string; readonly amount?: number } {
  return parse(moveSchema, request, `pay.${operation}()`);
}

/** @throws {ShapeError} names the field, without its value */
export function parseCharge(request: unknown): { readonly card: SavedCard; readonly key: string } {
  return parse(chargeSchema, request, 'pay.charge()');
}
