import * as z from 'zod/mini';
import { check } from '../../../server/check.js';

/** The two numbers that identify a charge at Pay-me, beside the merchant code. */
export interface ChargeNumbers {
  readonly operation: string;
  readonly transactionId: string;
}

/** The charge that a page or a message of Pay-me's is about. */
export interface ReportedCharge extends ChargeNumbers {
  /** The fields that may name the order. Only a message whose signature was verified can be trusted with them. */
  readonly fields: unknown;
}

/** Accepts a number for a text of digits, as the schema of `GET /charges` does. A larger number would already have lost its last digits. */
const digitsOrText = (pattern: RegExp, message: string) =>
  z.pipe(
    z.transform((input: unknown) => (Number.isSafeInteger(input) ? String(input) : input)),
    z.string().check(z.regex(pattern, message)),
  );

export const operationNumber = () => digitsOrText(/^\d{6,12}$/, 'should be 6 to 12 digits');
/** It becomes part of a path, so it must not be `..`. */
export const transactionId = () => digitsOrText(/^\w[\w.-]{0,63}$/, 'should be a transaction id');

const report = z.lazy(() =>
  z.object({
    merchant_operation_number: operationNumber(),
    transaction: z.object({
      transaction_id: transactionId(),
      additional_fields: z.optional(z.unknown()),
    }),
  }),
);

/**
 * Reads the fields that identify the charge at Pay-me. All other fields of a report are ignored.
 *
 * @param what names the report in the message of the error
 * @throws {Problem} `request`
 */
export function readReportedCharge(raw: unknown, what: string): ReportedCharge {
  const { merchant_operation_number: operation, transaction } = check('request', report, raw, what);
  return { operation, transactionId: transaction.transaction_id, fields: transaction.additional_fields };
}
