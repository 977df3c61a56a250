import type { DecidedOutcome } from '../../../server/outcome-rules.js';
import type { PaymentNumbers } from '../../../server/payment.js';
import type { VerifiedOutcome } from '../../../server/provider.js';
import { decideAttempts, type DecidedAttempt, type DecisionTerms } from './decide-attempt.js';
import { describePayment, describeTokenNumbers } from './describe-payment.js';
import type { Attempt } from './read-answer.js';

/** The outcomes of single attempts, and the reasons of pending ones, from what decides an order to what decides it only if all have it. */
const ranking: readonly unknown[] = [
  ...['paid', 'authorized', 'saved', 'forged'],
  ...['price', 'partial', 'processing', 'unknown-state'],
  ...['refunded', 'reversed', 'declined'],
];

/** A decided payment, with the attempt that decided it. */
export type DecidedPayment = VerifiedOutcome & { readonly numbers: PaymentNumbers; readonly attempt?: DecidedAttempt };

/** Decides the outcome of an order by all attempts to pay it. */
export function decidePayment(attempts: readonly Attempt[], terms: DecisionTerms): DecidedPayment {
  const { order } = terms;
  const decided = decideAttempts(attempts, terms);
  const attempt = chooseAttempt(decided);
  if (!attempt) return { outcome: 'pending', reason: 'not-found', numbers: describeTokenNumbers(order) };
  const { numbers, ...description } = describePayment(attempt.transaction);
  const all = { ...numbers, ...describeTokenNumbers(order) };
  return { ...decideOrder(attempt, decided, order.amount), ...description, numbers: all, attempt };
}

/** Chooses the attempt that decides the outcome of an order: among equal ones, the newest. */
export function chooseAttempt(decided: readonly DecidedAttempt[]): DecidedAttempt | undefined {
  return [...decided].sort((one, other) => rank(one) - rank(other) || readTime(other) - readTime(one))[0];
}

/** A reason that is not in the ranking comes first, so that its attempt keeps the order pending. */
function rank({ decided: { outcome, reason } }: DecidedAttempt): number {
  return ranking.indexOf(outcome === 'pending' ? reason : outcome);
}

/** Reads `creationDate`, which Lyra writes in UTC. */
function readTime({ transaction }: Attempt): number {
  return Date.parse(transaction.creationDate ?? '') || 0;
}

/**
 * Decides what an attempt means beside the others. Several may share the price, so their sum must cover it. After a refusal, the shopper may
 * pay in the same form, so an attempt is *declined* only if no other one is open, paid or unknown.
 *
 * @param price minor units
 */
export function decideOrder(
  { decided }: DecidedAttempt,
  all: readonly DecidedAttempt[],
  price: number,
): DecidedOutcome & { readonly approved?: number } {
  const { outcome, reason } = decided;
  const isGood = outcome === 'paid' || outcome === 'authorized';
  const isShort = isGood && sumAmounts(all, (one) => one.outcome === outcome) < price;
  if (isShort || reason === 'partial') return { outcome: 'pending', reason: 'partial', approved: sumAmounts(all, hasApproval) };
  const isLive = outcome === 'declined' && all.some((one) => !isOver(one.decided));
  return isLive ? { outcome: 'pending', reason: 'processing' } : decided;
}

function hasApproval({ outcome, reason }: DecidedOutcome): boolean {
  return outcome === 'paid' || outcome === 'authorized' || reason === 'partial';
}

function isOver({ outcome }: DecidedOutcome): boolean {
  return outcome === 'declined' || outcome === 'reversed' || outcome === 'refunded';
}

/** Sums minor units. A transaction that is listed twice counts once, and so do all that have no `uuid`. */
function sumAmounts(all: readonly DecidedAttempt[], counts: (decided: DecidedOutcome) => boolean): number {
  const counting = all.filter(({ decided }) => counts(decided));
  const amounts = new Map(counting.map(({ transaction: { uuid, amount = 0 } }) => [uuid, amount]));
  return [...amounts.values()].reduce((sum, amount) => sum + amount, 0);
}
