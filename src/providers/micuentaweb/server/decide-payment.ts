import { decideByRules, type DecidedOutcome } from '../../../server/outcome-rules.js';
import type { Order } from '../../../server/order.js';
import { findPriceMismatch } from '../../../server/price-mismatch.js';
import type { OutcomeName, VerifiedOutcome } from '../../../server/provider.js';
import type { Account } from './account.js';
import { describePayment, describeTokenNumbers } from './describe-payment.js';
import { outcomeRules, type TransactionFacts } from './outcome-rules.js';
import type { Attempt } from './read-answer.js';

/** The outcomes of single attempts, from the one that decides the order's to the one that decides it only if all have it. */
const ranking: readonly OutcomeName[] = ['paid', 'authorized', 'saved', 'pending', 'refunded', 'declined'];

interface DecidedAttempt extends Attempt {
  readonly decided: DecidedOutcome;
}

/** A decided payment, with the transaction that decided it. */
export type DecidedPayment = VerifiedOutcome & Partial<Pick<Attempt, 'transaction'>>;

/** Whether Lyra says that an attempt is of this shop, environment and order. A missing name proves nothing, so it is not. */
export function isOwnAttempt({ shopId, details }: Pick<Attempt, 'shopId' | 'details'>, account: Account, { reference }: Order): boolean {
  const mode = account.environment === 'sandbox' ? 'TEST' : 'PRODUCTION';
  return shopId === account.shopId && details?.mode === mode && details.orderId === reference;
}

/** Decides the outcome of an order by all its attempts, which are known to be of this order. An amount that was charged must cover its price. */
export function decidePayment(attempts: readonly Attempt[], order: Order): DecidedPayment {
  const decided = attempts.map((attempt) => ({ ...attempt, decided: decideAttempt(attempt, order) }));
  const outcome = ranking.find((one) => decided.some((attempt) => attempt.decided.outcome === one));
  if (!outcome) return findForged(decided) ?? { outcome: 'pending', reason: 'not-found', numbers: describeTokenNumbers(order) };
  const deciding = sortNewestFirst(decided.filter((attempt) => attempt.decided.outcome === outcome));
  const [newest] = deciding as [DecidedAttempt];
  const { transaction } = newest;
  return { ...decideSum(deciding, newest.decided, order), ...describePayment(transaction, order), transaction };
}

function findForged(decided: readonly DecidedAttempt[]): DecidedPayment | undefined {
  const [forged] = decided;
  return forged && { ...forged.decided, ...(forged.transaction.uuid && { reference: forged.transaction.uuid }) };
}

function decideAttempt(attempt: Attempt, order: Order): DecidedOutcome {
  const decided = decideByRules(outcomeRules, readFacts(attempt, order));
  if (decided.outcome !== 'paid' && decided.outcome !== 'authorized') return decided;
  const { details, transaction } = attempt;
  const prices = [{ amount: details?.orderTotalAmount, currency: details?.orderCurrency }, { currency: transaction.currency }];
  return findPriceMismatch(order, prices) ?? decided;
}

function readFacts({ transaction, details, orderStatus }: Attempt, { capture, save }: Order): TransactionFacts {
  const { amount = 0, currency, operationType: operation, status, detailedStatus: state, transactionDetails } = transaction;
  const refunded = transactionDetails?.cardDetails?.captureResponse?.refundAmount ?? 0;
  const hold = capture === 'later' ? 'hold' : 'payment';
  return {
    ...({ operation, status, state, orderStatus } as Pick<TransactionFacts, 'operation' | 'status' | 'state' | 'orderStatus'>),
    isPriced: amount > 0 && [currency, details?.orderTotalAmount, details?.orderCurrency].every((one) => one !== undefined),
    isReturned: refunded > 0 && refunded >= amount,
    isStored: transaction.paymentMethodToken !== undefined,
    request: save === 'only' ? 'registration' : hold,
  };
}

/** Several transactions may share the price. Installments may raise what the shopper pays, so the sum may be more. */
function decideSum(deciding: readonly DecidedAttempt[], decided: DecidedOutcome, order: Order): DecidedOutcome & { approved?: number } {
  const sum = deciding.reduce((total, { transaction }) => total + (transaction.amount ?? 0), 0);
  const isPartial = (decided.outcome === 'paid' || decided.outcome === 'authorized') && sum < order.amount;
  if (isPartial || decided.reason === 'partial') return { outcome: 'pending', reason: 'partial', approved: sum };
  return decided;
}

/** Sorts by `creationDate`, which Lyra writes in UTC. */
function sortNewestFirst(attempts: readonly DecidedAttempt[]): readonly DecidedAttempt[] {
  const read = ({ transaction }: DecidedAttempt) => Date.parse(transaction.creationDate ?? '') || 0;
  return [...attempts].sort((one, other) => read(other) - read(one));
}
