import type { MoveKind } from '../../../server/operations/money-move.js';
import { OperationNotSupported, OperationRefused } from '../../../server/operations/operation-errors.js';
import type { MicuentawebRecord } from './query-payment.js';

/** The calls that move money. */
export type MoveCall = 'cancel' | 'refund' | 'validate';

type Stage = MicuentawebRecord['stage'];

/** The stages in which Lyra may still cancel a payment. */
const cancellable: readonly Stage[] = ['authorised', 'held', 'partial', 'open'];

/** What a payment is, for the error that says why a call is refused. */
const descriptions: Readonly<Record<Stage, string>> = {
  captured: 'Lyra has captured this payment. Return its money with pay.refund().',
  authorised: 'The bank has authorised this payment.',
  held: 'This payment is a hold. End it with pay.cancel().',
  partial: 'Only a part of this payment was approved.',
  open: 'This payment is pending, so nothing was charged. pay.cancel() ends it.',
  cancelled: 'This payment was cancelled already.',
  failed: 'This payment was declined or has expired, so there is nothing to return.',
  saved: 'This transaction only stored a card, so nothing was charged.',
  unknown:
    "The words of Lyra's record are unknown, contradict each other, or are of another order. Look the payment up in the Back Office.",
  missing: 'Lyra does not know this payment yet. Call pay.query() later.',
};

/**
 * Plans the cancellation of a whole payment before its capture.
 *
 * @param amount minor units that are left of it
 * @throws {OperationRefused} `state`
 */
export function planCancel({ stage, charged }: MicuentawebRecord, amount: number): MoveCall {
  if (!cancellable.includes(stage)) throw refuse('cancel', descriptions[stage]);
  if (amount < charged) throw refuse('cancel', 'A part of the payment was returned already. Return the rest with pay.refund().');
  return 'cancel';
}

/**
 * Plans a refund. Whether Lyra has captured the payment far enough for one, only its answer says.
 *
 * @throws {OperationRefused} `state`
 */
export function planRefund({ stage, charged }: MicuentawebRecord): MoveCall {
  if (charged === 0 || stage === 'cancelled') throw refuse('refund', descriptions[stage]);
  return 'refund';
}

/**
 * Creates the plan of the validation of a hold.
 *
 * @param provider its name, for the error
 */
export function createCapturePlan(provider: string): (record: MicuentawebRecord, amount: number) => MoveCall {
  return ({ stage, held }, amount) => {
    if (stage !== 'held') throw refuse('capture', `The payment should be a hold that is not validated yet. ${descriptions[stage]}`);
    if (amount === held) return 'validate';
    throw new OperationNotSupported(provider, 'capture', 'Lyra validates the whole amount of a hold. Leave `amount` out.');
  };
}

function refuse(kind: MoveKind, sentences: string): OperationRefused {
  return new OperationRefused('state', `pay.${kind}(): ${sentences}`);
}
