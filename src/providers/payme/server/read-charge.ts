import { decideByRules, type DecidedOutcome } from '../../../server/outcome-rules.js';
import { findTransaction, type Charge, type Transaction } from './charge-record.js';
import { outcomeRules, paidStates, type ChargeFacts } from './outcome-rules.js';
import type { ChargeNumbers } from './reported-charge.js';

/** What Pay-me's record says about a payment, whatever its price. */
export interface ReadCharge {
  /** `null` if Pay-me does not know the charge yet. */
  readonly charge: Charge | null;
  readonly words: ChargeFacts;
  readonly decided: DecidedOutcome;
  /** The transaction that the outcome rests on, if the record lists it. */
  readonly evidence?: Transaction;
}

/** Reads the current state of a payment from Pay-me's record. */
export function readCharge(charge: Charge | null, { transactionId }: ChargeNumbers): ReadCharge {
  const transaction = charge ? selectTransaction(charge, transactionId) : undefined;
  const words = { operation: charge?.operation.state, transaction: transaction?.state, isListed: transaction !== undefined };
  const decided = decideByRules(outcomeRules, words);
  const evidence = transaction && isEvidence(transaction, decided) ? transaction : undefined;
  return { charge, words, decided, ...(evidence && { evidence }) };
}

/** Selects the paid transaction of the operation. The reported one may be a declined try before it. */
function selectTransaction(charge: Charge, id: string): Transaction | undefined {
  const reported = findTransaction(charge, id);
  return [reported, ...charge.operation.transactions].find((one) => paidStates.includes(one?.state)) ?? reported;
}

/** Whether the outcome rests on this transaction. The operation may be paid by another one, which the record does not list. */
function isEvidence({ state }: Transaction, { outcome }: DecidedOutcome): boolean {
  return !isMoved(outcome) || state === 'EXTORNADO' || paidStates.includes(state);
}

/** Whether money was charged, even if it was returned. Only then does it matter whose it was. */
export function isMoved(outcome: DecidedOutcome['outcome']): boolean {
  return outcome === 'paid' || outcome === 'reversed';
}
