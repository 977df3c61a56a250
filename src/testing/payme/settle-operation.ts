import type { Account } from './account.js';
import { findLastPayment } from './charges.js';
import { readState, settlePayment } from './transaction.js';
import type { PlayedState } from './types.js';

/**
 * Moves the last payment of an operation to a state, at once. Without a state, it settles a payment that is `AUTORIZADO`. Returns whether
 * there is such a payment.
 */
export function settleOperation(account: Account, number: string, state?: PlayedState): boolean {
  const { payment } = findLastPayment(account, number) ?? {};
  const now = account.settings.now();
  if (!payment || (!state && readState(payment, now) !== 'AUTORIZADO')) return false;
  settlePayment(payment, state ?? 'LIQUIDADO', now);
  return true;
}

/** Settles every payment that is `AUTORIZADO`. Returns whether there is one. */
export function settleAll(account: Account): boolean {
  const numbers = [...account.operations.values()].map(({ number }) => number);
  return numbers.map((number) => settleOperation(account, number)).some(Boolean);
}
