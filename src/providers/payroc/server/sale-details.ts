import type { PaymentDetails, PaymentNumbers, StoredCard } from '../../../server/payment.js';
import type { Sale, SaleTerms } from './sale.js';

/** Returns the numbers that identify a sale at Payroc. A sale whose answer was lost has no payment id yet. */
export function readNumbers({ paymentId, order }: Pick<Sale, 'paymentId' | 'order'>, terms: SaleTerms): PaymentNumbers {
  return {
    ...(paymentId && { id: paymentId }),
    orderId: order.orderId ?? terms.orderId,
    form: terms.account.form,
    // Payroc may omit the type of a payment, by which it tells a hold.
    ...(terms.isHoldRequested && { capture: 'later' }),
    amount: order.amount ?? terms.order.amount,
    currency: order.currency ?? terms.order.currency,
  };
}

export function readDetails({ paymentId, order, card, bankAccount, transactionResult }: Sale, terms: SaleTerms): Partial<PaymentDetails> {
  const { approvalCode, authorizedAmount, currency } = transactionResult ?? {};
  const charged = authorizedAmount && authorizedAmount > 0 ? authorizedAmount : order.amount;
  return dropMissing({
    method: terms.account.form.toUpperCase(),
    brand: card?.type,
    last4: readLastDigits(card?.cardNumber ?? bankAccount?.accountNumber),
    authorizationCode: approvalCode,
    amount: charged ?? undefined,
    currency: currency ?? order.currency ?? undefined,
    paidAt: readMoment(order.dateTime),
    transactionId: paymentId ?? undefined,
  });
}

/**
 * Returns the card or account that the sale stored. Payroc stores one that failed its check too, but it cannot be charged. A later payment
 * with a stored card is not the first one, whose numbers the merchant keeps.
 */
export function readSavedCard({ card, bankAccount, ...sale }: Sale, terms: SaleTerms): StoredCard | undefined {
  const saved = card?.secureToken ?? bankAccount?.secureToken;
  const isLater = sale.order.standingInstructions?.sequence === 'subsequent';
  if (!saved || saved.status === 'validationFailed' || isLater) return undefined;
  const last4 = readLastDigits(card?.cardNumber ?? bankAccount?.accountNumber);
  const numbers = readFirstNumbers(sale, terms);
  return { token: saved.token, ...dropMissing({ id: saved.secureTokenId, brand: card?.type, last4, numbers }) };
}

/** Returns what a later charge says about the first payment with the card. */
export function readFirstNumbers({ paymentId, transactionResult }: Pick<Sale, 'paymentId' | 'transactionResult'>, { account }: SaleTerms) {
  const { cardSchemeReferenceId } = transactionResult ?? {};
  return { form: account.form, ...dropMissing({ paymentId: paymentId ?? undefined, cardSchemeReferenceId }) };
}

/** Reads the last four digits of a masked number. */
export function readLastDigits(number = ''): string | undefined {
  return /\d{4}$/.exec(number)?.[0];
}

/** Drops a date without its offset, whose moment is not known. */
function readMoment(date = ''): string | undefined {
  return /T.*(Z|[+-]\d\d:?\d\d)$/i.test(date) && !Number.isNaN(Date.parse(date)) ? date : undefined;
}

export function dropMissing<Fields extends object>(fields: Fields): { [Name in keyof Fields]?: Exclude<Fields[Name], undefined> } {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as {
    [Name in keyof Fields]?: Exclude<Fields[Name], undefined>;
  };
}
