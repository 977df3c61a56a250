import * as z from 'zod/mini';
import { check } from '../../../server/check.js';
import type { VerifiedOutcome, VerifyContext } from '../../../server/provider.js';
import type { Account } from './account.js';
import { decidePayment, isOwnAttempt, type DecidedPayment } from './decide-payment.js';
import { describeSavedCard, describeTokenNumbers } from './describe-payment.js';
import { listTransactions } from './list-transactions.js';
import { readNotification } from './notification.js';
import { listQueriedAttempts, listSignedAttempts, parseAnswer, type SignedAnswer } from './read-answer.js';
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
  const { order } = context;
  const attempts = listSignedAttempts(answer);
  const isOwn = isOwnAttempt({ shopId: answer.shopId, details: answer.orderDetails }, account, order);
  if (!isOwn || !attempts.every((attempt) => isOwnAttempt(attempt, account, order))) return { outcome: 'forged', reason: 'order' };
  const decided = decidePayment(attempts, order);
  if (isSettled(decided) || decided.outcome === 'forged' || decided.reason === 'price') return finish(decided, answer);
  const queried = await queryOutcome(account, context);
  // Lyra's record must not deny what it has signed as open, and it may lag behind.
  return queried.outcome === 'declined' && decided.outcome !== 'declined' ? finish(decided, answer) : queried;
}

/** Requests Lyra's own record of the order. Transactions of another order, shop or environment do not count. */
async function queryOutcome(account: Account, context: VerifyContext): Promise<VerifiedOutcome> {
  const { order } = context;
  const transactions = await listTransactions(account, context);
  if (!transactions) return { outcome: 'pending', reason: 'unanswered', numbers: describeTokenNumbers(order) };
  const attempts = listQueriedAttempts(transactions).filter((attempt) => isOwnAttempt(attempt, account, order));
  return finish(decidePayment(attempts, order));
}

function isSettled({ outcome }: VerifiedOutcome): boolean {
  return outcome === 'paid' || outcome === 'authorized' || outcome === 'saved' || outcome === 'refunded';
}

/** Adds the stored card. One of a payment that did not happen is left out. */
function finish({ transaction, ...verified }: DecidedPayment, answer?: SignedAnswer): VerifiedOutcome {
  const card = transaction && isSettled(verified) ? describeSavedCard(transaction, answer?.customer?.reference) : undefined;
  return { ...verified, ...(card && { savedCard: card }) };
}
