import type { Order } from '../../../server/order.js';
import type { PaymentDetails, PaymentNumbers, StoredCard } from '../../../server/payment.js';
import type { VerifiedOutcome } from '../../../server/provider.js';
import { approvedCode } from '../contract.js';
import { describeRequest, isRegistration } from './requested-payment.js';
import { isCurrency, readMinorUnits } from './result-facts.js';
import type { SignedPayment, SignedResult } from './signed-result.js';

type Description = Pick<VerifiedOutcome, 'reference' | 'numbers' | 'details' | 'savedCard'>;

/**
 * Describes the payment by what Izipay said of it. What is missing there, or has another format, is left out. The numbers also tell what the
 * order requested, and always have a price, because a later operation requires both.
 */
export function describePayment(result: SignedResult, order: Order): Description {
  const [payment] = result.payments;
  const reference = payment?.uniqueId || result.transactionId;
  return {
    ...(reference && { reference }),
    ...(payment && { numbers: describeNumbers(payment, result, order), details: describeDetails(payment, result) }),
    ...(result.token.cardToken && { savedCard: describeCard(result) }),
  };
}

/** Lists what Izipay's queries, annulments and refunds require. `id` is the order number, and `transactionId` the one of the token. */
function describeNumbers(payment: SignedPayment, { transactionId, payMethod, code }: SignedResult, order: Order): PaymentNumbers {
  const { orderNumber, uniqueId, referenceNumber, codeAuth } = payment;
  return {
    ...describeTokenNumbers(order),
    ...withoutEmpty({
      ...{ id: orderNumber, uniqueId, referenceNumber, transactionId },
      ...{ authorizationCode: codeAuth, payMethod: payMethod || payment.payMethodAuthorization },
      ...{ ...readMoney(payment), paidAt: readPaidAt(payment, code) },
    }),
  };
}

/** Lists the numbers that the order itself has. */
export function describeTokenNumbers(order: Order): PaymentNumbers {
  return { amount: isRegistration(order) ? 0 : order.amount, currency: order.currency, ...describeRequest(order) };
}

/** Izipay's support asks for the order number and the `uniqueId`. */
function describeDetails(payment: SignedPayment, { payMethod, card, code }: SignedResult): Partial<PaymentDetails> {
  const { orderNumber, uniqueId, codeAuth, installment } = payment;
  return withoutEmpty({
    ...{ method: payMethod || payment.payMethodAuthorization, brand: card.brand, last4: readLast4(card.pan) },
    ...{ authorizationCode: codeAuth, installments: readInstallments(installment) },
    ...{ ...readMoney(payment), paidAt: readPaidAt(payment, code) },
    ...{ operationNumber: orderNumber, transactionId: uniqueId },
  });
}

function describeCard({ token: { cardToken, merchantBuyerId }, card: { brand, pan } }: SignedResult): StoredCard {
  return { token: cardToken, ...withoutEmpty({ buyerId: merchantBuyerId, brand, last4: readLast4(pan) }) };
}

function readMoney({ amount, currency }: SignedPayment): { amount?: number; currency?: string } {
  return { amount: readMinorUnits(amount), ...(isCurrency(currency) && { currency }) };
}

/** Reads the last digits of a masked number, such as `497010******0055`. */
function readLast4(pan: string): string | undefined {
  return /\d{4}$/.exec(pan)?.[0];
}

/** Reads the time of an approved payment. Izipay names no zone: its merchants are in Peru, which has one offset all year. */
function readPaidAt({ dateTransaction, timeTransaction }: SignedPayment, code: string): string | undefined {
  const [, ...parts] = /^(\d{4})(\d\d)(\d\d) (\d\d)(\d\d)(\d\d)$/.exec(`${dateTransaction} ${timeTransaction}`) ?? [];
  const [year, month, day, hour, minute, second] = parts;
  const local = `${year}-${month}-${day}T${hour}:${minute}:${second}`;
  return code === approvedCode && isMoment(local) ? `${local}-05:00` : undefined;
}

/** Whether the calendar has this day and this time. */
function isMoment(local: string): boolean {
  const moment = Date.parse(`${local}Z`);
  return !Number.isNaN(moment) && new Date(moment).toISOString().startsWith(local);
}

/** Reads the number of monthly payments: `00` is none. */
function readInstallments(installment: string): number | undefined {
  return /^\d{1,2}$/.test(installment) ? Number(installment) || undefined : undefined;
}

function withoutEmpty<Fields extends object>(fields: Fields): { [Name in keyof Fields]?: Exclude<Fields[Name], undefined> } {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined && value !== '')) as never;
}
