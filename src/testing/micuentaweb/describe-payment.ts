import type { Json } from '../http.js';
import { readMode, type Account, type Order, type Transaction } from './account.js';
import { describeTime } from './envelope.js';

/** The `status` of each `detailedStatus` (documentation, "Status reference"). Any other is RUNNING, which is not final. */
const statuses: Readonly<Record<string, string>> = {
  AUTHORISED: 'PAID',
  CAPTURED: 'PAID',
  ACCEPTED: 'PAID',
  PARTIALLY_AUTHORISED: 'PAID',
  // In no documentation.
  AUTHORISED_TO_VALIDATE: 'PAID',
  UNDER_REVISION: 'PAID',
  REFUSED: 'UNPAID',
  EXPIRED: 'UNPAID',
  ERROR: 'UNPAID',
  CANCELLED: 'UNPAID',
  ABANDONED: 'ABANDONED',
};

export function findStatus({ detailedStatus }: Pick<Transaction, 'detailedStatus'>): string {
  return statuses[detailedStatus] ?? 'RUNNING';
}

/** Creates a `V4/Payment`, which Lyra signs, with some transactions of an order. */
export function describePayment(account: Account, order: Order, transactions: readonly Transaction[]): Json {
  const { settings } = account;
  const [newest] = transactions;
  return {
    ...{ shopId: settings.shopId, orderCycle: order.isClosed ? 'CLOSED' : 'OPEN', orderStatus: findOrderStatus(newest) },
    serverDate: describeTime(settings.now()),
    orderDetails: describeOrder(account, order),
    customer: { ...order.customer, _type: 'V4/Customer/Customer' },
    transactions: transactions.map((one) => describeTransaction(account, order, one)),
    ...{ subMerchantDetails: null, _type: 'V4/Payment' },
  };
}

function findOrderStatus(newest?: Transaction): string {
  if (!newest) return 'ABANDONED';
  return newest.detailedStatus === 'PARTIALLY_AUTHORISED' ? 'PARTIALLY_PAID' : findStatus(newest);
}

function describeOrder(account: Account, { orderId, amount, currency, metadata }: Order): Json {
  const money = { orderTotalAmount: amount, orderEffectiveAmount: amount, orderCurrency: currency };
  return { ...money, mode: readMode(account), orderId: orderId || null, metadata, _type: 'V4/OrderDetails' };
}

/** Creates a `V4/PaymentTransaction`. */
export function describeTransaction(account: Account, order: Order, transaction: Transaction): Json {
  const { uuid, amount, currency, detailedStatus, operationType, createdAtMs } = transaction;
  const { errorCode, detailedErrorCode, paymentMethodToken } = transaction;
  return {
    ...{ shopId: account.settings.shopId, uuid, amount, currency, paymentMethodType: 'CARD', paymentMethodToken },
    ...{ status: findStatus(transaction), detailedStatus, operationType, effectiveStrongAuthentication: 'DISABLED' },
    creationDate: describeTime(createdAtMs),
    ...{
      errorCode,
      errorMessage: errorCode && 'Refused',
      detailedErrorCode,
      detailedErrorMessage: detailedErrorCode && 'Refused by the bank',
    },
    metadata: order.metadata,
    orderDetails: describeOrder(account, order),
    transactionDetails: describeDetails(order, transaction),
    _type: 'V4/PaymentTransaction',
  };
}

function describeDetails(order: Order, transaction: Transaction): Json {
  const { amount, currency, pan, uuid, detailedErrorCode, authorizationNumber = null, refunded } = transaction;
  return {
    ...{ liabilityShift: 'NO', effectiveAmount: amount, effectiveCurrency: currency, creationContext: 'CHARGE' },
    ...{ sequenceNumber: order.transactions.indexOf(transaction) + 1, mid: '9999999' },
    cardDetails: {
      ...{ paymentSource: 'EC', manualValidation: order.isValidatedByMerchant ? 'YES' : 'NO', expectedCaptureDate: null },
      ...{ effectiveBrand: findCardBrand(pan), pan, expiryMonth: 12, expiryYear: 2049, country: 'PE', installmentNumber: null },
      legacyTransId: uuid.slice(0, 6),
      authorizationResponse: { amount, currency, authorizationNumber, authorizationResult: detailedErrorCode ?? '0' },
      captureResponse: { refundAmount: refunded, refundCurrency: currency },
      _type: 'V4/PaymentMethod/Details/CardDetails',
    },
    _type: 'V4/TransactionDetails',
  };
}

function findCardBrand(pan: string): string {
  return { 3: 'AMEX', 4: 'VISA', 5: 'MASTERCARD' }[pan.charAt(0)] ?? 'CB';
}
