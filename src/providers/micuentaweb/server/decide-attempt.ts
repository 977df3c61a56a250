import type { MoneyMove } from '../../../server/operations/money-move.js';
import type { ListedRefund } from '../../../server/operations/provider-operations.js';
import type { Order } from '../../../server/order.js';
import { decideByRules, type DecidedOutcome } from '../../../server/outcome-rules.js';
import type { Payment } from '../../../server/payment.js';
import { findPriceMismatch } from '../../../server/price-mismatch.js';
import type { Account } from './account.js';
import { identifyAttempt } from './identify-attempt.js';
import { listCredits } from './list-credits.js';
import { outcomeRules, type AttemptFacts } from './outcome-rules.js';
import type { Attempt } from './read-answer.js';
import { hasMoney, readStage, wasApproved } from './stages.js';
import type { Transaction } from './transaction.js';

/** What the attempts to pay an order are compared with. */
export interface DecisionTerms {
  readonly account: Account;
  readonly order: Order;
  /** The payment as the merchant stored it. It also says what its token was requested for. */
  readonly payment?: Payment;
  /** The refunds of the order, if Lyra listed them. */
  readonly credits?: readonly Transaction[];
  readonly moves?: readonly MoneyMove[];
}

/** An attempt with its own outcome, whatever the other attempts are. */
export interface DecidedAttempt extends Attempt {
  readonly decided: DecidedOutcome;
  readonly refunds: readonly ListedRefund[];
}

/** Decides each attempt to pay an order, without regard to the outcomes of the others. */
export function decideAttempts(attempts: readonly Attempt[], terms: DecisionTerms): readonly DecidedAttempt[] {
  return attempts.map((attempt) => {
    const refunds = listRefunds(attempt, attempts, terms);
    return { ...attempt, refunds, decided: decideAttempt(attempt, refunds, terms) };
  });
}

function listRefunds({ transaction }: Attempt, attempts: readonly Attempt[], terms: DecisionTerms): readonly ListedRefund[] {
  const { credits = [], moves = [], order } = terms;
  const { uuid, amount = 0 } = transaction;
  const others = attempts.filter((one) => one.transaction !== transaction && (uuid === undefined || one.transaction.uuid !== uuid));
  const hasSibling = others.some((one) => hasMoney(readStage(one.transaction)) || wasApproved(one.transaction));
  return listCredits(credits, { uuid, whole: Math.max(amount, order.amount), currency: order.currency, hasSibling, moves });
}

/** An attempt of another shop, environment or order is *forged*. */
function decideAttempt(attempt: Attempt, refunds: readonly ListedRefund[], terms: DecisionTerms): DecidedOutcome {
  const { account, order } = terms;
  const identity = identifyAttempt(attempt, account, order);
  if (identity === 'foreign') return { outcome: 'forged', reason: 'order' };
  if (identity === 'unknown') return { outcome: 'pending', reason: 'unknown-state' };
  const facts = readFacts(attempt, refunds, terms);
  const decided = decideByRules(outcomeRules, facts);
  if (!hasMoney(facts.stage) || !facts.isPriced) return decided;
  // Installments may raise what the shopper pays, so the amount of the transaction is compared as a part of the sum.
  const { details, transaction } = attempt;
  const prices = [{ amount: details?.orderTotalAmount, currency: details?.orderCurrency }, { currency: transaction.currency }];
  return findPriceMismatch(order, prices) ?? decided;
}

function readFacts({ transaction, details, orderStatus }: Attempt, refunds: readonly ListedRefund[], terms: DecisionTerms): AttemptFacts {
  const { amount = 0, currency } = transaction;
  const returned = refunds.filter(({ state }) => state === 'done').reduce((sum, refund) => sum + refund.amount, 0);
  return {
    stage: readStage(transaction, orderStatus),
    request: readRequest(terms),
    isPriced: amount > 0 && [currency, details?.orderTotalAmount, details?.orderCurrency].every((one) => one !== undefined),
    isReturned: returned >= amount,
    wasApproved: wasApproved(transaction),
    isStored: transaction.paymentMethodToken !== undefined,
  };
}

function readRequest({ order, payment }: DecisionTerms): AttemptFacts['request'] {
  if (order.save === 'only' || payment?.save === 'only') return 'registration';
  return order.capture === 'later' || payment?.capture === 'later' ? 'hold' : 'payment';
}
