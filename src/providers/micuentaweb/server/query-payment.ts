import type { PaymentContext, PaymentRecord } from '../../../server/operations/provider-operations.js';
import type { OutcomeName } from '../../../server/provider.js';
import type { Account } from './account.js';
import { decideTransaction, hasMoney, readStage, wasApproved, type Stage } from './decide-transaction.js';
import { describeTransaction } from './describe-transaction.js';
import { findTransactions, type FoundTransactions } from './find-transactions.js';
import { listCredits } from './list-credits.js';
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
  const found = await findTransactions(account, context);
  const { id } = context.payment;
  const candidates = id === undefined ? found.debits : found.debits.filter(({ uuid }) => uuid === id);
  const records = candidates.map((one) => readRecord(one, found, account, context));
  return chooseRecord(records) ?? { outcome: 'pending', reason: 'not-found', charged: 0, held: 0, refunds: [], stage: 'missing' };
}

/** What the attempts of an order may have come to, from the outcome that counts first. Money counts before a final no. */
const ranks: readonly OutcomeName[] = ['paid', 'authorized', 'forged', 'pending', 'saved', 'reversed', 'declined'];

function chooseRecord(records: readonly MicuentawebRecord[]): MicuentawebRecord | undefined {
  const rank = ({ outcome }: MicuentawebRecord) => ranks.indexOf(outcome);
  return [...records].sort((one, other) => rank(one) - rank(other))[0];
}

function readRecord(
  transaction: Transaction,
  { debits, credits }: FoundTransactions,
  account: Account,
  context: PaymentContext,
): MicuentawebRecord {
  const siblings = debits.filter((one) => one !== transaction);
  const decided = decideTransaction(transaction, { account, context, siblings });
  const stage = decided.outcome === 'forged' ? 'unknown' : readStage(transaction);
  const money = readMoney(transaction, stage, context);
  const { uuid, amount } = transaction;
  const whole = Math.max(amount ?? 0, context.order.amount);
  const hasSibling = siblings.some(isPaid);
  const { currency } = context.order;
  return {
    ...decided,
    ...(decided.reason === 'partial' && { approved: money.charged }),
    ...describeTransaction(transaction),
    ...money,
    refunds: listCredits(credits, { uuid, whole, currency, hasSibling, moves: context.moves }),
    ...{ cannotCancel: stage === 'captured', isCancelled: stage === 'cancelled' || stage === 'failed', stage },
  };
}

/** Whether the attempt has or had money, so that a credit of the order may be of it. */
function isPaid(transaction: Transaction): boolean {
  return hasMoney(readStage(transaction)) || wasApproved(transaction);
}

/** Reads what was charged and held in the first place, in minor units. A validated hold keeps `manualValidation`. */
function readMoney(transaction: Transaction, stage: Stage, { moves }: PaymentContext): { charged: number; held: number } {
  const amount = transaction.amount ?? 0;
  const isCharged = ['captured', 'authorised', 'partial'].includes(stage) || (stage === 'cancelled' && wasApproved(transaction));
  const isValidated =
    transaction.transactionDetails?.cardDetails?.manualValidation === 'YES' || moves.some(({ kind }) => kind === 'capture');
  const isHeld = stage === 'held' || (isCharged && isValidated);
  return { charged: isCharged ? amount : 0, held: isHeld ? amount : 0 };
}
