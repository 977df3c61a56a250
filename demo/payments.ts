import type { IssuedToken, OutcomeName, OutcomeReason, Payment, PaymentDetails, PaymentOutcome, Refund } from '../src/server.js';
import { visitorIn } from './order-reference.js';

/** A payment in the merchant's own records. The demo keeps them in memory. */
export interface ShopPayment {
  /** The shop's own number of it. */
  readonly number: string;
  /** Identifies it at its provider. */
  readonly payment: Payment;
  /** Absent until an outcome arrives. */
  readonly outcome?: OutcomeName;
  readonly reason?: OutcomeReason;
  readonly details?: PaymentDetails;
  readonly refunds: readonly Refund[];
  /** When the shop issued the form, or first learned of the payment. */
  readonly createdAt: Date;
}

/** By the number of the provider, in the order of their creation. */
const payments = new Map<string, ShopPayment>();

let lastNumber = 0;

/** Keeps what identifies a payment before the shopper sees its form. */
export function recordToken({ payment }: IssuedToken): void {
  update(payment, {});
}

/** Keeps the outcome of a payment, with its refunds if the provider was asked for them. */
export function recordPayment({ payment, outcome, reason, details, refunds }: PaymentOutcome): void {
  if (outcome !== 'forged') forgetUnidentified(payment);
  update(payment, { outcome, reason, details, ...(refunds && { refunds }) });
}

/** Keeps the refunds of a payment, and its newest numbers. */
export function recordRefunds(payment: Payment, refunds: readonly Refund[]): void {
  update(payment, { refunds });
}

/** Lists the payments of a visitor's orders, newest first. */
export function listPayments(visitor: string): readonly ShopPayment[] {
  return [...payments.values()].filter(({ payment }) => visitorIn(payment.order) === visitor).toReversed();
}

/** Returns a payment of this visitor's orders. Other visitors cannot find out that it exists. */
export function findPayment(visitor: string, number: string): ShopPayment | undefined {
  return listPayments(visitor).find((one) => one.number === number);
}

/** Returns what can still be refunded, in minor units. What is asked counts as returned. */
export function findRefundable({ details, refunds }: ShopPayment): number {
  const returned = refunds.filter(({ state }) => state !== 'rejected').reduce((sum, { amount }) => sum + amount, 0);
  return Math.max(0, (details?.amount ?? 0) - returned);
}

/** Identifies a payment among those of all providers. */
export function identifyPayment({ provider, environment, id, orderId, order }: Payment): string {
  return JSON.stringify([provider, environment, id ?? orderId ?? order]);
}

/** Changes the row of a payment. A payment without numbers replaces none. */
function update(payment: Payment, changes: Partial<ShopPayment>): void {
  // A forged report can name the payment of another order.
  const key = changes.outcome === 'forged' ? JSON.stringify(['forged', payment.order]) : identifyPayment(payment);
  const known = payments.get(key) ?? { number: String(++lastNumber), refunds: [], createdAt: new Date() };
  payments.set(key, { payment, ...known, ...changes, ...(hasNumbers(payment) && { payment }) });
}

/** Removes the row of the form once its payment has an id: a payment with Payroc gets it from the sale. */
function forgetUnidentified({ id, provider, environment, order }: Payment): void {
  if (id === undefined) return;
  const key = identifyPayment({ provider, environment, order });
  if (!payments.get(key)?.outcome) payments.delete(key);
}

/** Whether the provider reported any numbers of the payment. A result without a signature has none. */
export function hasNumbers({ amount }: Payment): boolean {
  return amount !== undefined;
}
