import * as z from 'zod/mini';
import { parse } from '../../../shared/schema.js';
import type { Order } from '../../../server/order.js';
import type { Payment, PaymentNumbers } from '../../../server/payment.js';
import { operationNumber, transactionId, type ChargeNumbers } from './reported-charge.js';

interface PaymentSource {
  readonly operation: string;
  readonly order: Order;
  /** Absent until Pay-me reports one. Its documented query needs it. */
  readonly transactionId?: string;
}

/** Collects the numbers that Pay-me wants to see for a query, a reversal or a refund, and the price that the payment should have. */
export function createNumbers({ operation, order, transactionId }: PaymentSource): PaymentNumbers {
  return {
    id: operation,
    operationNumber: operation,
    ...(transactionId !== undefined && { transactionId }),
    amount: order.amount,
    currency: order.currency,
  };
}

const numbers = z.lazy(() => z.object({ operationNumber: operationNumber(), transactionId: transactionId() }));
const numbersAtFirst = z.lazy(() => z.object({ operationNumber: operationNumber(), transactionId: z.nullish(transactionId()) }));

/**
 * Reads Pay-me's numbers from a payment that the merchant stored.
 *
 * @returns `undefined` for a payment without a transaction id: Pay-me documents no query without it
 * @throws {ShapeError} names the field, without its value
 */
export function readNumbers(payment: Payment): ChargeNumbers | undefined {
  const { operationNumber: operation, transactionId } = parse(numbersAtFirst, payment, 'The payment');
  return transactionId ? { operation, transactionId } : undefined;
}

/**
 * Reads the numbers of a payment whose transaction id is known.
 *
 * @throws {ShapeError} names the field, without its value
 */
export function requireNumbers(payment: Payment): ChargeNumbers {
  const { operationNumber: operation, transactionId } = parse(numbers, payment, 'The payment');
  return { operation, transactionId };
}
