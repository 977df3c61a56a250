import * as z from 'zod/mini';
import { check } from '../../../server/check.js';
import type { VerifiedOutcome, VerifyContext } from '../../../server/provider.js';
import type { Account } from './account.js';
import { decidePayment, type DecidedPayment } from './decide-payment.js';
import { describeSavedCard, describeTokenNumbers } from './describe-payment.js';
import { listIfAllowed } from './find-transactions.js';
import { identifyAttempt } from './identify-attempt.js';
import { readNotification } from './notification.js';
import { listQueriedAttempts, listSignedAttempts, parseAnswer, type Attempt, type SignedAnswer } from './read-answer.js';
import { findSignedText } from './signature.js';

const text = () => z.nullish(z.string());

/** The page's report. It has no fields if the library gave no signed answer. */
const reportedResult = z.lazy(() => z.object({ rawClientAnswer: text(), hash: text(), hashAlgorithm: text() }));

/**
 * Decides the outcome by what Lyra signed: for the page with the hash key, and for a notification with the password. If nothing was signed,
 * or nothing that is final, `Order/Get` decides.
 *
 * @throws {Problem} `request`, `upstream-…`
 */
export async function verifyResult(account: Account, context: VerifyContext): Promise<VerifiedOutcome> {
  const notified = readNotification(context.result.raw);
  if (notified) return verifyAnswer(account, context, notified);
  const { rawClientAnswer, hash, hashAlgorithm } = check('request', reportedResult, context.result.raw, 'The body: `result.raw`');
  if (!rawClientAnswer || !hash) return queryOutcome(account, context);
  const signed = await findSignedText({ text: rawClientAnswer, hash, hashAlgorithm }, account.hashKeys);
  if (signed === undefined) return verifyUnsigned(account, context);
  const answer = parseAnswer(signed);
  return answer ? verifyAnswer(account, context, answer) : queryOutcome(account, context);
}

/** A wrong signature may come from a key that was replaced, so Lyra's own record may still prove the payment. */
async function verifyUnsigned(account: Account, context: VerifyContext): Promise<VerifiedOutcome> {
  const queried = await queryOutcome(account, context);
  return isSettled(queried) ? queried : { outcome: 'forged', reason: 'signature' };
}

async function verifyAnswer(account: Account, context: VerifyContext, answer: SignedAnswer): Promise<VerifiedOutcome> {
  const signed = listSignedAttempts(answer);
  const named = [{ shopId: answer.shopId, details: answer.orderDetails }, ...signed];
  if (!named.every((one) => identifyAttempt(one, account, context.order) === 'own')) return { outcome: 'forged', reason: 'order' };
  const decided = await decideAttempts(account, context, signed);
  const isFinal = isSettled(decided) || decided.outcome === 'forged' || decided.reason === 'price';
  return isFinal ? finish(decided) : queryOutcome(account, context, signed);
}

/**
 * Decides by Lyra's own record of the order, beside the signed attempts that the record lacks because it lags behind. Of an attempt in both,
 * the record counts, because it is newer. A shop without REST operations has no record, so that only signed attempts count.
 */
async function queryOutcome(account: Account, context: VerifyContext, signed: readonly Attempt[] = []): Promise<VerifiedOutcome> {
  const listed = await listIfAllowed(account, context, 'DEBIT');
  if (!listed && signed.length === 0) return { outcome: 'pending', reason: 'unanswered', numbers: describeTokenNumbers(context.order) };
  const unlisted = signed.filter((one) => !listed?.some(({ uuid }) => uuid === one.transaction.uuid));
  const decided = await decideAttempts(account, context, [...unlisted, ...listQueriedAttempts(listed ?? [])]);
  const isRefusal = decided.outcome === 'declined' || decided.outcome === 'reversed';
  // The record of an order that only saves a card never lists its attempts.
  if (!isRefusal || !listed || context.order.save === 'only' || unlisted.length === 0) return finish(decided);
  // A record without the refused attempt may lack a payment, too.
  return { outcome: 'pending', reason: 'not-found', numbers: decided.numbers };
}

/** Decides the attempts. If the record of one may say that its whole amount was returned, the refunds that Lyra lists decide. */
async function decideAttempts(account: Account, context: VerifyContext, attempts: readonly Attempt[]): Promise<DecidedPayment> {
  const terms = { account, order: context.order };
  const decided = decidePayment(attempts, terms);
  if (decided.outcome !== 'paid' || !attempts.some(mayBeReturned)) return decided;
  const credits = await listIfAllowed(account, context, 'CREDIT');
  return credits ? decidePayment(attempts, { ...terms, credits }) : { ...decided, outcome: 'pending', reason: 'unknown-state' };
}

/** No document says what `refundAmount` means, so it only shows that the refunds must be looked up. */
function mayBeReturned({ transaction: { amount = 0, transactionDetails } }: Attempt): boolean {
  const { refundAmount = 0 } = transactionDetails?.cardDetails?.captureResponse ?? {};
  return refundAmount > 0 && refundAmount >= amount;
}

function isSettled({ outcome }: VerifiedOutcome): boolean {
  return outcome === 'paid' || outcome === 'authorized' || outcome === 'saved' || outcome === 'refunded';
}

/** Adds the stored card. One of a payment that did not happen is left out. */
function finish({ attempt, ...verified }: DecidedPayment): VerifiedOutcome {
  const card = attempt && isSettled(verified) ? describeSavedCard(attempt.transaction, attempt.customer) : undefined;
  return { ...verified, ...(card && { savedCard: card }) };
}
