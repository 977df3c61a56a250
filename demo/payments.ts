import type { IssuedToken, OutcomeName, OutcomeReason, Payment, PaymentDetails, PaymentOutcome, Refund } from '../src/server.js';

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
  forgetUnused(payment);
  update(payment, {});
}

/** Keeps the outcome of a payment, with its refunds if the provider was asked for them. */
export function recordPayment({ payment, outcome, reason, details, refunds }: PaymentOutcome): void {
  forgetUnused(payment);
  update(payment, { outcome, reason, details, ...(refunds && { refunds }) });
}

/** Keeps the refunds of a payment, and its newest numbers. */
export function recordRefunds(payment: Payment, refunds: readonly Refund[]): void {
  update(payment, { refunds });
}

/** Lists the payments of a visitor's orders, newest first. */
export function listPayments(visitor: string): readonly ShopPayment[] {
  return [...payments.values()].filter(({ payment }) => ownerOf(payment) === visitor).toReversed();
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

function update(payment: Payment, changes: Partial<ShopPayment>): void {
  const key = keyOf(payment);
  const known = payments.get(key) ?? { number: String(++lastNumber), refunds: [], createdAt: new Date() };
  payments.set(key, { ...known, ...changes, payment });
}

/** Removes the earlier forms of an order that no shopper used: each token of an order is another payment. */
function forgetUnused({ provider, order }: Payment): void {
  for (const [key, { payment, outcome }] of payments) {
    if (!outcome && payment.order === order && payment.provider === provider) payments.delete(key);
  }
}

function keyOf({ provider, environment, id, order }: Payment): string {
  return JSON.stringify([provider, environment, id ?? order]);
}

/** The reference of each order begins with the visitor who placed it. */
function ownerOf({ order }: Payment): string {
  return order.slice(0, order.lastIndexOf('/'));
}
