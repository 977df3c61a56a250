import type { PaymentContext } from '../../../server/operations/provider-operations.js';
import { forms } from '../contract.js';
import { createBearerGrant, type Account } from './calls.js';
import { findPayment, readPaymentId } from './find-payment.js';
import { createOrderIdPrefix, isOrderIdOf } from './order-id.js';
import { querySavedCard } from './query-saved-card.js';
import { chooseOutcome } from './rank-outcomes.js';
import { readRecord, type PayrocRecord, type StoredTerms } from './read-record.js';
import type { Sale } from './sale.js';

/**
 * Requests Payroc's record of a payment.
 *
 * @throws {Problem} `upstream-…`
 */
export async function queryPayment(merchantAccount: Account, context: PaymentContext): Promise<PayrocRecord> {
  const account = chooseForm(merchantAccount, context.payment);
  const { payment, send, withBearer } = context;
  return withBearer(createBearerGrant(account), async (bearer) => {
    if (payment.save === 'only') return querySavedCard(account, context, bearer);
    const sales = await findPayment({ account, bearer, send }, context);
    const records = await Promise.all(sales.map(async (sale) => readRecord(sale, await createTerms(account, context, sale))));
    return chooseOutcome(records) ?? describeMissing(account, context);
  });
}

/** Returns the account with the form of the payment, which may be of another provider instance. */
export function chooseForm(account: Account, payment: PaymentContext['payment']): Account {
  return { ...account, form: forms.find((form) => form === payment.form) ?? account.form };
}

/** Creates the terms of the sale, as far as the merchant's `payment` has them. */
export async function createTerms(account: Account, { order, payment, moves }: PaymentContext, sale: Sale): Promise<StoredTerms> {
  const prefix = await createOrderIdPrefix(order.reference);
  const orderId = String(payment.orderId ?? sale.order.orderId ?? prefix);
  return {
    // A payment of another order matches no order id of this one.
    terms: { account, order, orderId: isOrderIdOf(prefix, orderId) ? orderId : prefix, isHoldRequested: payment.capture === 'later' },
    isIdentified: readPaymentId(payment) !== undefined,
    price: Number(payment.amount),
    moves,
  };
}

/** Describes a payment that Payroc does not list. */
export function describeMissing({ form }: Account, { payment }: PaymentContext): PayrocRecord {
  return {
    outcome: 'pending',
    reason: payment.orderId === undefined ? 'not-found' : 'unanswered',
    ...{ charged: 0, held: 0, refunds: [] },
    ...{
      isIdentified: readPaymentId(payment) !== undefined,
      isBank: form !== 'card',

      status: undefined,
      supportedOperations: undefined,
    },
  };
}
