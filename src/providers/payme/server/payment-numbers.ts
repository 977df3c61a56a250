import type { Order } from '../../../server/order.js';
import type { PaymentNumbers } from '../../../server/payment.js';
import type { Charge } from './charge-record.js';
import { toCurrencyLetters } from './currencies.js';

interface PaymentSource {
  readonly operation: string;
  readonly order: Order;
  /** Absent until Pay-me reports one. Its documented query needs it. */
  readonly transactionId?: string;
  /** Pay-me's record. Until there is one, the price is the order's. */
  readonly charge?: Charge | null;
}

/** Collects the numbers that Pay-me wants to see for a query, a reversal or a refund. */
export function createNumbers({ operation, order, transactionId, charge }: PaymentSource): PaymentNumbers {
  const amount = charge ? Number(charge.operation.amount) : order.amount;
  const currency = charge ? toCurrencyLetters(charge.operation.currency) : order.currency;
  return {
    id: operation,
    operationNumber: operation,
    ...(transactionId !== undefined && { transactionId }),
    amount,
    ...(currency !== undefined && { currency }),
  };
}
