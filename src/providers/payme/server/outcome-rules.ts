import type { OutcomeRule } from '../../../server/outcome-rules.js';
import { declinedStates } from '../contract.js';

/** What Pay-me's record says about a payment: the words, exactly as they are. */
export interface ChargeFacts {
  /** `operation.state` */
  readonly operation: unknown;
  /** `state` of the transaction, if the record lists it. */
  readonly transaction: unknown;
  readonly isListed: boolean;
}

/** The money was charged. `AUTORIZADO` becomes the others by itself. */
export const paidStates: readonly unknown[] = ['AUTORIZADO', 'LIQUIDADO', 'DEPOSITADO'];
const undecidedStates: readonly unknown[] = ['PENDIENTE', 'REGISTRADO', '', null, undefined];
const knownStates: readonly unknown[] = [...paidStates, ...undecidedStates, ...declinedStates, 'EXTORNADO'];

const isPaid = (state: unknown) => paidStates.includes(state);
const isDeclined = (state: unknown) => declinedStates.includes(state);
const isUnknown = (state: unknown) => !knownStates.includes(state);

/**
 * Maps the states of an operation and its transaction to an outcome (documentation, "Estados"). An operation is an order number, and
 * each try of the shopper is a transaction of it. The operation stays pending until one of them succeeds.
 */
export const outcomeRules: readonly OutcomeRule<ChargeFacts>[] = [
  {
    words: 'operation or transaction: a word that this table does not have',
    matches: ({ operation, transaction }) => isUnknown(operation) || isUnknown(transaction),
    outcome: 'pending',
    reason: 'unknown-state',
  },
  {
    words: 'operation: a word of `paid`; transaction: `EXTORNADO`',
    matches: ({ operation, transaction }) => isPaid(operation) && transaction === 'EXTORNADO',
    outcome: 'pending',
    reason: 'unknown-state',
  },
  {
    words: 'operation or transaction: `EXTORNADO`',
    matches: ({ operation, transaction }) => operation === 'EXTORNADO' || transaction === 'EXTORNADO',
    outcome: 'reversed',
  },
  {
    words: 'operation: `AUTORIZADO`, `LIQUIDADO` or `DEPOSITADO`, also if this transaction was declined',
    matches: ({ operation }) => isPaid(operation),
    outcome: 'paid',
  },
  {
    words: 'operation: a word of `declined` below; transaction: a word of `paid`',
    matches: ({ operation, transaction }) => isDeclined(operation) && isPaid(transaction),
    outcome: 'pending',
    reason: 'unknown-state',
  },
  {
    words: 'transaction: `AUTORIZADO`, `LIQUIDADO` or `DEPOSITADO`',
    matches: ({ transaction }) => isPaid(transaction),
    outcome: 'paid',
  },
  {
    words: 'transaction: `DENEGADO`, `INVALIDO`, `CANCELADO` or `EXPIRADO`',
    matches: ({ transaction }) => isDeclined(transaction),
    outcome: 'declined',
  },
  {
    words: 'transaction: `PENDIENTE`, `REGISTRADO` or no state',
    matches: ({ isListed }) => isListed,
    outcome: 'pending',
  },
  {
    words: 'Pay-me does not know the operation or the transaction',
    matches: ({ isListed }) => !isListed,
    outcome: 'pending',
    reason: 'not-found',
  },
];
