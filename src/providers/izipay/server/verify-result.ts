import type * as z from 'zod/mini';
import { decideByRules, type DecidedOutcome } from '../../../server/outcome-rules.js';
import type { Order } from '../../../server/order.js';
import { findPriceMismatch } from '../../../server/price-mismatch.js';
import type { VerifiedOutcome } from '../../../server/provider.js';
import { formatAmount } from './build-config.js';
import { describePayment, describeTokenNumbers } from './describe-payment.js';
import { readPurpose } from './order-number.js';
import { outcomeRules } from './outcome-rules.js';
import { withPurpose, type Purpose } from './requested-payment.js';
import { readFacts, readMinorUnits } from './result-facts.js';
import { selectSavedCard } from './select-saved-card.js';
import { readSignedResult, type reportedResult, type SignedPayment, type SignedResult } from './signed-result.js';
import type { Account } from './token-call.js';

/**
 * Decides the outcome by the text that Izipay signed. Nothing else in the page's report counts, not even its `code`. Without a
 * signature or a readable text, the outcome is *pending*, because money may have moved. Its payment then has the order's numbers only.
 */
export async function verifyResult(reported: z.infer<typeof reportedResult>, account: Account, order: Order): Promise<VerifiedOutcome> {
  const { payloadHttp, signature } = reported;
  const numbers = describeTokenNumbers(order);
  if (!payloadHttp || !signature) return { ...decideByRules(outcomeRules, readFacts(order)), numbers };
  const { isSigned, result } = await readSignedResult(payloadHttp, signature, account.hashKeys);
  if (!isSigned) return { outcome: 'forged', reason: 'signature' };
  if (!result) return { outcome: 'pending', reason: 'unknown-state', numbers };
  const purpose = isForMerchant(result, account) && (await readResultPurpose(order.reference, result.payments, account.hashKeys));
  if (!purpose) {
    // The numbers of another order's payment must not become this order's.
    const { reference } = describePayment(result, order);
    return { outcome: 'forged', reason: 'order', ...(reference && { reference }) };
  }
  return describeOwnResult(result, account, withPurpose(order, purpose));
}

/** Describes a result that is of this order and of this merchant. */
async function describeOwnResult(result: SignedResult, account: Account, order: Order): Promise<VerifiedOutcome> {
  const { savedCard, ...described } = describePayment(result, order);
  const decided = decideResult(result, order);
  const usable = await selectSavedCard(savedCard, decided, account, order);
  return { ...decided, ...described, ...(usable && { savedCard: usable }) };
}

/** Decides the outcome of a result that is of this order and of this merchant. */
export function decideResult(result: SignedResult, order: Order): DecidedOutcome {
  const decided = decideByRules(outcomeRules, readFacts(order, result));
  if (decided.outcome === 'pending' || decided.outcome === 'declined') return decided;
  const prices = result.payments.map(({ amount, currency }) => ({ amount: readMinorUnits(amount), currency }));
  return findPriceMismatch({ ...order, amount: getPrice(order) }, prices) ?? decided;
}

/** An order that registers a card has the amount 0. */
function getPrice(order: Order): number {
  return readMinorUnits(formatAmount(order)) as number;
}

/** The older response may have no merchant code. The key that signed it is the merchant's. */
function isForMerchant(result: SignedResult, { merchantCode }: Account): boolean {
  return result.merchantCode === '' || result.merchantCode === merchantCode;
}

/**
 * Returns what the token of a result was made for, by its order numbers.
 *
 * @returns `undefined` unless each of them was created for that order, with any of the keys
 */
export async function readResultPurpose(
  reference: string,
  payments: readonly SignedPayment[],
  hashKeys: readonly string[],
): Promise<Purpose | undefined> {
  const numbers = payments.map(({ orderNumber }) => orderNumber).filter(Boolean);
  const purposes = await Promise.all(numbers.map((one) => readPurpose(one, hashKeys, reference)));
  if (purposes.includes(undefined)) return undefined;
  return purposes.find((one) => one !== 'payment') ?? 'payment';
}
