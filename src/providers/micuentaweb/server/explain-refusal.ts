import type { MoveKind } from '../../../server/operations/money-move.js';
import { OperationRefused } from '../../../server/operations/operation-errors.js';
import { Problem } from '../../../server/problem.js';

/** What helps after `PSP_011`, by operation. */
const nextSteps: Readonly<Record<MoveKind, string>> = {
  cancel: 'It may have been captured meanwhile. Return its money with pay.refund().',
  refund: 'It may not be captured yet. Return the whole amount with pay.cancel(), or try again after the capture.',
  capture: 'It may have been validated, cancelled, or have expired meanwhile. Call pay.query().',
};

/**
 * Explains why Lyra refused a refund, cancellation or validation.
 *
 * @returns the error to throw: {OperationRefused} if the state of the payment is the reason
 */
export function explainRefusal(error: unknown, kind: MoveKind): unknown {
  if (!(error instanceof Problem)) return error;
  if (error.reason === 'PSP_011') {
    return new OperationRefused(
      'state',
      `pay.${kind}(): Lyra says that the payment is not in a state for this (PSP_011). ${nextSteps[kind]}`,
    );
  }
  if (error.reason !== 'PSP_083') return error;
  const chargeback = 'The shopper has disputed this payment at the bank (PSP_083, chargeback). Nothing was returned now.';
  return new OperationRefused('state', `pay.${kind}(): ${chargeback} Answer the dispute in the Back Office.`);
}
