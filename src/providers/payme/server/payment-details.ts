import type { Instructions } from '../../../shared/endpoint-contract.js';
import { isRecord } from '../../../shared/schema.js';
import type { PaymentDetails } from '../../../server/payment.js';
import { readDate, readProcessorDate } from './charge-dates.js';
import type { Charge, Transaction } from './charge-record.js';
import { toCurrencyLetters } from './currencies.js';
import { paidStates } from './outcome-rules.js';

/** A word or number of Pay-me's for a receipt: a line without control characters. */
const line = /^\P{C}{1,64}$/u;
/** A payment code: longer text or text with spaces is something else. */
const code = /^[\w-]{1,40}$/;
/** A QR code is an image in a `data:` URL. The limit keeps a damaged record from making the page's response huge. */
const image = /^data:image\/[a-z.+-]+[;,][\x21-\x7e]{1,100000}$/;

/**
 * Reads what a receipt needs from Pay-me's record. A field that is missing or has another shape than documented is left out. Nothing in
 * it is personal data: Yape's phone number and the names stay in the record.
 *
 * @param transaction the one that the outcome rests on, if the record lists it
 */
export function readDetails(charge: Charge, transaction?: Transaction): Partial<PaymentDetails> {
  const { operation } = charge;
  const currency = toCurrencyLetters(transaction?.currency ?? operation.currency);
  return dropAbsent<PaymentDetails>({
    ...(transaction && readMethod(charge, transaction)),
    authorizationCode: readText(readProcessorField(transaction, 'authorization_code'), line),
    amount: Number(transaction?.amount ?? operation.amount),
    currency,
    paidAt: readPaidAt(transaction),
    operationNumber: String(operation.merchant_operation_number),
    transactionId: transaction && String(transaction.transaction_id),
  });
}

/** Reads what a shopper needs to complete a pending payment. Returns `undefined` if the record has no way to pay: a date alone is none. */
export function readInstructions(transaction: Transaction): Instructions | undefined {
  const ways = dropAbsent<Instructions>({
    cip: readText(readProcessorField(transaction, 'cip'), code),
    cipUrl: readHttpsUrl(readProcessorField(transaction, 'cip_url')),
    qrImage: readText(readProcessorField(transaction, 'qr_image'), image),
    continueUrl: readHttpsUrl(transaction.continue_url),
  });
  if (Object.keys(ways).length === 0) return undefined;
  return dropAbsent<Instructions>({ ...ways, expiresAt: readDate(transaction.expiration_date) });
}

/** Reads the method and its card. The documentation has `payment_method` in two places, and older pages spell `method_detail`. */
function readMethod(charge: Charge, transaction: Transaction): Partial<PaymentDetails> {
  const method = asRecord(transaction.payment_method ?? charge.payment_method);
  const card = asRecord(method.method_details ?? method.method_detail);
  const installments = Number(asRecord(card.installments).installment_number);
  return {
    method: readText(method.method_name, line),
    brand: readText(card.brand, line),
    last4: readText(card.last_pan, /^\d{4}$/) ?? readText(card.masked_pan, /\D\d{4}$/)?.slice(-4),
    installments: Number.isSafeInteger(installments) && installments > 0 ? installments : undefined,
  };
}

/** The earliest date of a paid state in the lifecycle, whose order is not documented, or else the processor's own date. */
function readPaidAt(transaction: Transaction | undefined): string | undefined {
  const lifecycle: readonly unknown[] = Array.isArray(transaction?.lifecycle) ? transaction.lifecycle : [];
  const steps = lifecycle.map(asRecord).filter(({ state }) => paidStates.includes(state));
  const [first] = steps.flatMap(({ date }) => readDate(date) ?? []).sort((one, other) => Date.parse(one) - Date.parse(other));
  if (first || !paidStates.includes(transaction?.state)) return first;
  const { payment_date: paid, date } = asRecord(transaction?.processor_response);
  return readProcessorDate(paid) ?? readProcessorDate(date);
}

/** Reads a field of `processor_response`. Pay-me's own plugin reads some of them directly from the transaction. */
function readProcessorField(transaction: Transaction | undefined, name: string): unknown {
  return asRecord(transaction?.processor_response)[name] ?? transaction?.[name];
}

function asRecord(value: unknown): Readonly<Record<string, unknown>> {
  return isRecord(value) ? value : {};
}

function readText(value: unknown, pattern: RegExp): string | undefined {
  const text = typeof value === 'number' ? String(value) : value;
  return typeof text === 'string' && pattern.test(text) ? text : undefined;
}

function readHttpsUrl(value: unknown): string | undefined {
  const text = readText(value, /^https:\/\/\P{C}{1,2000}$/u);
  return text && URL.canParse(text) ? new URL(text).href : undefined;
}

function dropAbsent<T extends object>(fields: { readonly [Key in keyof T]?: T[Key] | undefined }): Partial<T> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Partial<T>;
}
