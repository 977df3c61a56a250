import type { VerifiedOutcome } from '../../../server/provider.js';
import type { PaymentDetails } from '../../../server/payment.js';
import type { Transaction } from './transaction.js';

/** Describes a transaction as Lyra's record has it. What is missing there is left out. */
export function describeTransaction(transaction: Transaction): Pick<VerifiedOutcome, 'reference' | 'numbers' | 'details'> {
  const { uuid } = transaction;
  return { ...(uuid && { reference: uuid, numbers: { id: uuid } }), details: describeDetails(transaction) };
}

function describeDetails({
  uuid,
  amount,
  currency,
  creationDate,
  paymentMethodType,
  transactionDetails,
}: Transaction): Partial<PaymentDetails> {
  const card = transactionDetails?.cardDetails;
  return withoutEmpty({
    ...{ method: paymentMethodType, brand: card?.effectiveBrand, last4: /\d{4}$/.exec(card?.pan ?? '')?.[0] },
    ...{ authorizationCode: card?.authorizationResponse?.authorizationNumber, installments: card?.installmentNumber || undefined },
    ...{ amount, currency, paidAt: readMoment(creationDate) },
    ...{ transactionId: uuid, operationNumber: card?.legacyTransId },
  });
}

/** Returns a time with its offset, such as `2024-03-07T16:20:34+00:00`. */
function readMoment(moment = ''): string | undefined {
  return /T.*(Z|[+-]\d\d:\d\d)$/.test(moment) && !Number.isNaN(Date.parse(moment)) ? moment : undefined;
}

function withoutEmpty(fields: Readonly<Record<string, string | number | undefined>>): Partial<PaymentDetails> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}
