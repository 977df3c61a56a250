import type { Order } from '../../../server/order.js';
import type { PaymentDetails, PaymentNumbers, StoredCard } from '../../../server/payment.js';
import type { VerifiedOutcome } from '../../../server/provider.js';
import type { Transaction } from './transaction.js';

type Description = Pick<VerifiedOutcome, 'reference' | 'numbers' | 'details'>;

/** Describes a payment by Lyra's record of its transaction. What is missing there is left out. `id` is the uuid of the transaction. */
export function describePayment(transaction: Transaction): Description {
  const { uuid, amount, currency, creationDate, paymentMethodType, transactionDetails } = transaction;
  const card = transactionDetails?.cardDetails;
  const details: Partial<PaymentDetails> = withoutMissing({
    ...{ method: paymentMethodType, brand: card?.effectiveBrand, last4: readLast4(card?.pan) },
    ...{ authorizationCode: card?.authorizationResponse?.authorizationNumber, installments: card?.installmentNumber || undefined },
    ...{ amount, currency, paidAt: readMoment(creationDate), operationNumber: card?.legacyTransId, transactionId: uuid },
  });
  return { ...(uuid && { reference: uuid, numbers: { id: uuid } }), details };
}

/** Lists the numbers that the order itself has: `pay.query()` knows only its price. */
export function describeTokenNumbers({ reference, amount, currency, capture, save }: Order): PaymentNumbers {
  return {
    ...{ orderId: reference, amount: save === 'only' ? 0 : amount, currency },
    ...(capture === 'later' && { capture }),
    ...(save === 'only' && { save }),
  };
}

/** Describes the card that Lyra stored with the transaction, if it did. */
export function describeSavedCard(transaction: Transaction, buyerId: string | undefined): StoredCard | undefined {
  const { paymentMethodToken: token, transactionDetails } = transaction;
  if (token === undefined) return undefined;
  const { effectiveBrand: brand, pan } = transactionDetails?.cardDetails ?? {};
  return { token, ...withoutMissing({ buyerId, brand, last4: readLast4(pan) }) };
}

/** Reads the last digits of a masked number, such as `497010XXXXXX0055`. */
function readLast4(pan = ''): string | undefined {
  return /\d{4}$/.exec(pan)?.[0];
}

/** Returns a time that has its offset, such as `2024-03-07T16:20:34+00:00`. */
function readMoment(moment = ''): string | undefined {
  return /T.*(Z|[+-]\d\d:\d\d)$/.test(moment) && !Number.isNaN(Date.parse(moment)) ? moment : undefined;
}

function withoutMissing<Fields extends object>(fields: Fields): { [Name in keyof Fields]?: Exclude<Fields[Name], undefined> } {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as never;
}
