import { runWithTimeout } from '../../shared/signals.js';
import type { OutcomeSubject } from '../payment-outcome.js';
import { Problem } from '../problem.js';
import type { ServerProvider, VerifiedOutcome } from '../provider.js';
import { decideByMoves } from './decide-by-moves.js';
import type { Ledger } from './ledger.js';
import { createLogKey } from './log-key.js';
import { MoneyLog } from './money-log.js';
import type { MoneyMove } from './money-move.js';

/** Milliseconds. A ledger that hangs must not cost a sale. */
const timeout = 1_000;

/**
 * Applies what the ledger knows to an outcome of the page or of a notification: a shopper may present the receipt of a payment whose money
 * went back since, and not every provider shows that in the receipt. Without an answer of the ledger, the outcome stays as it is.
 */
export async function applyLedger(
  ledger: Ledger,
  { operations }: ServerProvider,
  verified: VerifiedOutcome,
  { provider, environment, order, signal }: OutcomeSubject,
): Promise<VerifiedOutcome> {
  const key = operations && createLogKey({ ...verified.numbers, provider, environment, order: order.reference }, operations);
  if (key === undefined || (verified.outcome !== 'paid' && verified.outcome !== 'authorized')) return verified;
  const moves = await readMoves(new MoneyLog(ledger, key), signal);
  const refunds = moves.filter(({ kind }) => kind === 'refund');
  return { ...verified, ...decideByMoves({ ...verified, charged: verified.details?.amount ?? order.amount }, moves, refunds) };
}

async function readMoves(log: MoneyLog, signal: AbortSignal): Promise<readonly MoneyMove[]> {
  const createTimeout = () => new Problem('timeout', 'The ledger took too long to answer.');
  const logged = await runWithTimeout(timeout, signal, createTimeout, () => log.read()).catch(() => []);
  return logged.map(({ move }) => move);
}
