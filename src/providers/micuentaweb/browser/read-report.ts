import { CheckoutError } from '../../../state/errors.js';
import { isQuotable } from '../../../shared/is-quotable.js';
import { JSON } from '../../../shared/natives.js';
import type { Outcome } from '../../provider.js';
import { expiredCodes } from '../contract.js';

/** The signed parts of a report. Each may be null. */
interface SignedAnswer {
  readonly clientAnswer?: unknown;
  readonly rawClientAnswer?: unknown;
  readonly hash?: unknown;
  readonly hashAlgorithm?: unknown;
}

interface LibraryError {
  readonly errorCode?: unknown;
  /** Also holds the form token, which is never passed on. */
  readonly metadata?: { readonly answer?: SignedAnswer | null } | null;
}

interface Transaction {
  readonly uuid?: unknown;
  readonly creationDate?: unknown;
}

interface Order {
  readonly orderStatus?: unknown;
  readonly orderCycle?: unknown;
  readonly transactions?: readonly Transaction[] | null;
}

/** The outcome if money may have moved and nothing usable is signed: then only the backend can tell. */
export const uncertain: Outcome = { status: 'pending', raw: Object.freeze({}) };

/** Errors of the shopper's input, which the form shows; and warnings about the page (*read in the 2022 build*). */
const harmlessCodes = /^CLIENT_(3(0[0-46-9]|10)|70[578])$/;
/** The code for a form token that the library cannot read. */
const badTokenCode = 'CLIENT_100';
/** Codes for a wrong or missing key or token. Nothing was paid. */
const configurationCodes: readonly unknown[] = [badTokenCode, 'CLIENT_004', 'CLIENT_305', 'CLIENT_998', 'INT_904'];
/** The form was already paid or submitted, as after the back button. */
const submittedCode = 'CLIENT_502';

/**
 * Reads a result. The library also reports refused payments in this way, and an empty result when no attempts are left (*measured in the
 * 2022 build*).
 */
export function readResult(result: unknown): Outcome | undefined {
  const signed = Object(result) as SignedAnswer;
  return signed.clientAnswer || signed.rawClientAnswer ? readAnswer(signed) : undefined;
}

/** Reads an error. @param isUsed whether the shopper may have submitted the form */
export function readError(error: unknown, isUsed: boolean): Outcome | undefined {
  const { errorCode, metadata } = Object(error) as LibraryError;
  if (typeof errorCode === 'string' && harmlessCodes.test(errorCode)) return undefined;
  if (metadata?.answer) {
    const outcome = readAnswer(metadata.answer);
    // An error that says that the order is paid contradicts itself.
    return outcome?.status === 'succeeded' ? { ...outcome, status: 'pending' } : outcome;
  }
  if (expiredCodes.includes(errorCode)) return { status: 'expired' };
  if (configurationCodes.includes(errorCode)) return { status: 'failed', error: createRefusal(errorCode) };
  return isUsed || errorCode === submittedCode ? uncertain : undefined;
}

/** Reads the signed text. A refused payment is no outcome while its order is open, because the shopper can pay in the same form. */
function readAnswer({ clientAnswer, rawClientAnswer, hash, hashAlgorithm }: SignedAnswer): Outcome | undefined {
  const text = rawClientAnswer ?? JSON.stringify(clientAnswer);
  if (!isNonEmptyString(text) || !isNonEmptyString(hash) || !isNonEmptyString(hashAlgorithm)) return uncertain;
  const { orderStatus, orderCycle, transactions } = JSON.parse(text) as Order;
  if (orderStatus === 'UNPAID' && orderCycle === 'OPEN') return undefined;
  const reference = [...(transactions ?? [])].sort(compareAge)[0]?.uuid;
  return {
    status: orderStatus === 'PAID' ? 'succeeded' : 'pending',
    ...(isNonEmptyString(reference) && { reference }),
    raw: { rawClientAnswer: text, hash, hashAlgorithm },
  };
}

/** Sorts the newest first. */
function compareAge(one: Transaction, other: Transaction): number {
  return String(other.creationDate).localeCompare(String(one.creationDate));
}

/** Creates the error for a form that the library refused. Its message beside the code is never quoted. */
export function createRefusal(code: unknown): CheckoutError {
  const named = isQuotable(code) ? `code ${code}` : 'no readable code';
  if (!configurationCodes.includes(code) || code === badTokenCode) {
    return new CheckoutError('provider', 'session', `Lyra's library refused the form token with ${named}.`);
  }
  const message = `Lyra's library refused the form with ${named}: \`publicKey\` should be the key of the shop that created the token.`;
  return new CheckoutError('config', 'provider-config', message);
}

function isNonEmptyString(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}
