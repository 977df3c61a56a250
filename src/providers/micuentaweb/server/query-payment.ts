import type { MoneyMove } from '../../../server/operations/money-move.js';
import type { PaymentContext, PaymentRecord } from '../../../server/operations/provider-operations.js';
import type { Account } from './account.js';
import { decideAttempts, type DecidedAttempt } from './decide-attempt.js';
import { chooseAttempt, decideOrder } from './decide-payment.js';
import { describePayment } from './describe-payment.js';
import { findTransactions } from './find-transactions.js';
import { listQueriedAttempts } from './read-answer.js';
import { readStage, wasApproved, type Stage } from './stages.js';
import type { Transaction } from './transaction.js';

/** What Lyra says about a payment now. */
export interface MicuentawebRecord extends PaymentRecord {
  readonly stage: Stage | 'missing';
}

/**
 * Requests Lyra's record of a payment: of its `id`, or else of the attempt that counts for its order.
 *
 * @throws {Problem} `upstream-…`
 */
export async function queryPayment(account: Account, context: PaymentContext): Promise<MicuentawebRecord> {
  const { payment, order, moves } = context;
  const { debits, credits } = await findTransactions(account, context);
  const decided = decideAttempts(listQueriedAttempts(debits), { account, order, payment, credits, moves });
  const chosen = chooseAttempt(payment.id === undefined ? decided : decided.filter(({ transaction }) => transaction.uuid === payment.id));
  if (!chosen) return { outcome: 'pending', reason: 'not-found', charged: 0, held: 0, refunds: [], stage: 'missing' };
  return { ...decideOrder(chosen, decided, order.amount), ...describePayment(chosen.transaction), ...describeRecord(chosen, moves) };
}

function describeRecord({ transaction, decided, refunds }: DecidedAttempt, moves: readonly MoneyMove[]) {
  const stage = decided.outcome === 'forged' ? 'unknown' : readStage(transaction);
  const isCancelled = stage === 'cancelled' || stage === 'failed';
  return { ...readMoney(transaction, stage, moves), refunds, cannotCancel: stage === 'captured', isCancelled, stage };
}

/** Reads what was charged and held in the first place, in minor units. A validated hold keeps `manualValidation`. */
function readMoney(transaction: Transaction, stage: Stage, moves: readonly MoneyMove[]): { charged: number; held: number } {
  const { amount = 0, transactionDetails } = transaction;
  const isCharged = ['captured', 'authorised', 'partial'].includes(stage) || (stage === 'cancelled' && wasApproved(transaction));
  const isValidated = transactionDetails?.cardDetails?.manualValidation === 'YES' || moves.some(({ kind }) => kind === 'capture');
  const isHeld = stage === 'held' || (isCharged && isValidated);
  return { charged: isCharged ? amount : 0, held: isHeld ? amount : 0 };
}
