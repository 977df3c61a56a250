import { declinedStates } from '../contract.js';
import type { ReadCharge } from './read-charge.js';

/**
 * How far a payment has come, which decides what can be done with it.
 *
 * `unidentified`: it has no transaction id, so Pay-me cannot be asked. `not-found`: Pay-me does not know it yet. `unknown`: Pay-me describes
 * it in words that this package does not know. `foreign`: the record is of another merchant or operation. `elsewhere`: another transaction
 * of the operation was paid, which the record does not list. `open`: this transaction has ended without a payment, and the shopper can
 * still pay the operation with another one. `authorized`: charged, but not settled. `settled`: `LIQUIDADO` or `DEPOSITADO`.
 */
export type ChargeStage =
  | 'unidentified'
  | 'not-found'
  | 'unknown'
  | 'foreign'
  | 'elsewhere'
  | 'pending'
  | 'open'
  | 'authorized'
  | 'settled'
  | 'reversed'
  | 'cancelled'
  | 'declined';

/** `DEPOSITADO` follows `LIQUIDADO`: the money is in the merchant's account (documentation, "Consultar una operación"). */
const settledStates: readonly unknown[] = ['LIQUIDADO', 'DEPOSITADO'];

/** Whether the whole operation was cancelled or reversed. The state of one transaction says nothing of the operation. */
export function isCancelled({ words }: ReadCharge): boolean {
  return isCancelledState(words.operation);
}

/** Whether it was cancelled before it was paid, or reversed afterwards (documentation, "Estados"). */
export function isCancelledState(state: unknown): boolean {
  return state === 'CANCELADO' || state === 'EXTORNADO';
}

/** Reads how far a payment has come, whatever its price. */
export function readStage({ words, decided, evidence }: ReadCharge): ChargeStage {
  const { outcome, reason } = decided;
  if (outcome === 'paid') {
    if (!evidence) return 'elsewhere';
    return settledStates.includes(words.operation) || settledStates.includes(words.transaction) ? 'settled' : 'authorized';
  }
  if (outcome === 'reversed') return 'reversed';
  if (outcome === 'declined') return readDeclinedStage(words.operation);
  if (reason === 'not-found') return 'not-found';
  return reason ? 'unknown' : 'pending';
}

function readDeclinedStage(operation: unknown): ChargeStage {
  if (operation === 'CANCELADO') return 'cancelled';
  return declinedStates.includes(operation) ? 'declined' : 'open';
}
