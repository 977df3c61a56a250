import type { PaymentContext } from '../../../server/operations/provider-operations.js';
import type { DecidedOutcome } from '../../../server/outcome-rules.js';
import { findPriceMismatch } from '../../../server/price-mismatch.js';
import type { Account } from './account.js';
import { failedWords, openWords, paidWords } from './transaction-words.js';
import type { OrderDetails, Transaction } from './transaction.js';

/** The word of a hold, which the merchant has to validate. */
const heldWord = 'AUTHORISED_TO_VALIDATE';
/** The word of a payment of which only a part was approved. */
const partialWord = 'PARTIALLY_AUTHORISED';
/** The word of a payment that was cancelled, before or after the bank approved it. */
const cancelledWord = 'CANCELLED';

/** What Lyra's two words say together. `unknown` if it is a word that we do not know, or if they contradict each other. */
export type Stage = 'captured' | 'authorised' | 'held' | 'partial' | 'open' | 'cancelled' | 'failed' | 'saved' | 'unknown';

/** Reads `detailedStatus`, which decides, and `status`, which must agree (documentation, "Status reference"). */
export function readStage({ operationType, status, detailedStatus }: Transaction): Stage {
  const word = detailedStatus ?? '';
  if (operationType === 'VERIFICATION') return word === 'ACCEPTED' && status === 'PAID' ? 'saved' : readFailure(word, status);
  if (operationType !== 'DEBIT') return 'unknown';
  if (paidWords.includes(word) && status === 'PAID') return word === 'CAPTURED' ? 'captured' : 'authorised';
  if (word === partialWord && status === 'PAID') return 'partial';
  // No document shows the `status` of a hold.
  if (word === heldWord && (status === 'PAID' || status === 'RUNNING')) return 'held';
  return openWords.includes(word) && status === 'RUNNING' ? 'open' : readFailure(word, status);
}

function readFailure(word: string, status: unknown): Stage {
  if (!failedWords.includes(word) || (status !== 'UNPAID' && status !== 'ABANDONED')) return 'unknown';
  return word === cancelledWord ? 'cancelled' : 'failed';
}

/** The payment in question, and every other attempt to pay its order. */
export interface DecisionContext {
  readonly account: Account;
  readonly context: PaymentContext;
  readonly siblings: readonly Transaction[];
}

/** The stages in which Lyra has money of the shopper's. */
const moneyStages: readonly Stage[] = ['captured', 'authorised', 'held', 'partial'];

/** The stages of another attempt that forbid to report this one as declined. */
const liveStages: readonly Stage[] = [...moneyStages, 'open', 'unknown'];

export const hasMoney = (stage: Stage): boolean => moneyStages.includes(stage);

/** Decides the outcome of one transaction. It must be of this shop, environment and order, or it is *forged*. */
export function decideTransaction(transaction: Transaction, decision: DecisionContext): DecidedOutcome {
  const stage = readStage(transaction);
  const identity = checkIdentity(transaction, decision);
  if (identity && (identity.outcome === 'forged' || (stage !== 'failed' && stage !== 'cancelled'))) return identity;
  const decided = decideStage(stage, transaction, decision);
  if (!hasMoney(stage)) return decided;
  return findMismatch(transaction, stage, decision) ?? decided;
}

/** Compares what Lyra names. A missing name proves nothing, so that the payment stays *pending*. */
function checkIdentity({ shopId, orderDetails }: Transaction, { account, context }: DecisionContext): DecidedOutcome | undefined {
  const { environment, order } = context;
  const names = [
    [shopId, account.shopId],
    [orderDetails?.orderId, order.reference],
    [orderDetails?.mode, environment === 'sandbox' ? 'TEST' : 'PRODUCTION'],
  ] as const;
  if (names.some(([found, expected]) => (found ?? expected) !== expected)) return { outcome: 'forged', reason: 'order' };
  return names.some(([found]) => found === undefined) ? { outcome: 'pending', reason: 'unknown-state' } : undefined;
}

function decideStage(stage: Stage, transaction: Transaction, { context, siblings }: DecisionContext): DecidedOutcome {
  const { payment, order } = context;
  if (stage === 'captured' || stage === 'authorised') return { outcome: 'paid' };
  if (stage === 'partial') return { outcome: 'pending', reason: 'partial' };
  if (stage === 'saved' && (payment.save !== undefined || order.save)) return { outcome: 'saved' };
  const isHoldRequested = payment.capture === 'later' || order.capture === 'later';
  if (stage === 'held') return isHoldRequested ? { outcome: 'authorized' } : { outcome: 'pending', reason: 'processing' };
  if (stage === 'open') return { outcome: 'pending', reason: 'processing' };
  if (stage === 'cancelled' && wasApproved(transaction)) return { outcome: 'reversed' };
  if (stage !== 'failed' && stage !== 'cancelled') return { outcome: 'pending', reason: 'unknown-state' };
  // The shopper may pay in the same form after a refusal.
  const isLive = siblings.some((one) => liveStages.includes(readStage(one)));
  return isLive ? { outcome: 'pending', reason: 'processing' } : { outcome: 'declined' };
}

/** Whether the bank approved a payment, so that it has an authorization number, whatever became of it since. */
export function wasApproved({ transactionDetails }: Transaction): boolean {
  return transactionDetails?.cardDetails?.authorizationResponse?.authorizationNumber !== undefined;
}

/** Installments may raise what the shopper pays, so the transactions may be of more than the order. They must not be of less. */
function findMismatch(transaction: Transaction, stage: Stage, { context, siblings }: DecisionContext): DecidedOutcome | undefined {
  const { order } = context;
  const { amount, currency, orderDetails } = transaction;
  // The identity was checked before, so that the details are there.
  const { orderTotalAmount, orderCurrency } = orderDetails as OrderDetails;
  if ([amount, currency, orderTotalAmount, orderCurrency].some((one) => one === undefined))
    return { outcome: 'pending', reason: 'unknown-state' };
  const mismatch = findPriceMismatch(order, [{ amount: orderTotalAmount, currency: orderCurrency }, { currency }]);
  if (mismatch || stage === 'partial') return mismatch;
  const counting = siblings.filter((one) => hasMoney(readStage(one)) && one.currency === order.currency);
  const sum = [transaction, ...counting].reduce((total, one) => total + (one.amount ?? 0), 0);
  return sum < order.amount ? { outcome: 'pending', reason: 'price' } : undefined;
}
