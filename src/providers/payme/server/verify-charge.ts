import type { Order } from '../../../server/order.js';
import { decideByRules, type DecidedOutcome } from '../../../server/outcome-rules.js';
import { findPriceMismatch, type ReportedPrice } from '../../../server/price-mismatch.js';
import type { VerifiedOutcome, VerifyContext } from '../../../server/provider.js';
import type { Account } from './calls.js';
import { findTransaction, type Charge, type Transaction } from './charge-record.js';
import { toCurrencyLetters } from './currencies.js';
import { fetchCharge } from './fetch-charge.js';
import { isOperationNumberFor } from './operation-number.js';
import { outcomeRules, paidStates } from './outcome-rules.js';
import { readDetails, readInstructions } from './payment-details.js';
import { createNumbers } from './payment-numbers.js';
import { readReportedCharge, type ReportedCharge } from './reported-charge.js';

interface Expected {
  readonly order: Order;
  readonly reported: ReportedCharge;
  readonly merchantCode: string;
}

/**
 * Requests the outcome from Pay-me. Returns *paid* only if Pay-me itself confirms a payment for this order, at its price.
 *
 * @throws {Problem} `request`, `upstream-…`
 */
export async function verifyCharge(account: Account, context: VerifyContext): Promise<VerifiedOutcome> {
  const { order, result } = context;
  const reported = readReportedCharge(result.raw, 'The body: `result.raw`');
  // Another operation number belongs to another payment. Pay-me is not called, so that a guesser does not learn whether a number fits.
  if (!(await isOperationNumberFor(reported.operation, account.clientSecrets, order.reference)))
    return { outcome: 'forged', reason: 'order' };
  const charge = await fetchCharge(account, reported, context);
  return describeCharge(charge, { order, reported, merchantCode: account.merchantCode });
}

function describeCharge(charge: Charge | null, expected: Expected): VerifiedOutcome {
  const { order, reported } = expected;
  const { operation, transactionId } = reported;
  const transaction = charge ? selectTransaction(charge, transactionId) : undefined;
  const words = { operation: charge?.operation.state, transaction: transaction?.state, isListed: transaction !== undefined };
  const decided = decideByRules(outcomeRules, words);
  const evidence = transaction && isEvidence(transaction, decided) ? transaction : undefined;
  const reference = evidence && String(evidence.transaction_id);
  const numbers = createNumbers({ operation, order, charge, transactionId: reference ?? transactionId });
  const outcome = (charge && findMismatch(charge, evidence, decided, expected)) ?? decided;
  if (!charge || outcome.reason === 'order') return { ...outcome, reference, numbers };
  const isWaiting = outcome.outcome === 'pending' && !outcome.reason;
  const instructions = evidence && isWaiting ? readInstructions(evidence) : undefined;
  return { ...outcome, reference, numbers, details: { ...readDetails(charge, evidence), ...(instructions && { instructions }) } };
}

/** Selects the paid transaction of the operation. The reported one may be a declined try before it. */
function selectTransaction(charge: Charge, id: string): Transaction | undefined {
  const reported = findTransaction(charge, id);
  return [reported, ...charge.operation.transactions].find((one) => paidStates.includes(one?.state)) ?? reported;
}

/** Whether the outcome rests on this transaction. The operation may be paid by another one, which the record does not list. */
function isEvidence({ state }: Transaction, { outcome }: DecidedOutcome): boolean {
  return !isMoved(outcome) || state === 'EXTORNADO' || paidStates.includes(state);
}

/** Whether money was charged, even if it was returned. Only then does it matter whose it was. */
function isMoved(outcome: DecidedOutcome['outcome']): boolean {
  return outcome === 'paid' || outcome === 'reversed';
}

function findMismatch(
  charge: Charge,
  evidence: Transaction | undefined,
  { outcome }: DecidedOutcome,
  { order, reported, merchantCode }: Expected,
): DecidedOutcome | undefined {
  if (!isMoved(outcome)) return undefined;
  const isOurs = charge.merchant_code === merchantCode && String(charge.operation.merchant_operation_number) === reported.operation;
  if (!isOurs) return { outcome: 'forged', reason: 'order' };
  // The form takes its price from the page, so the amount paid may differ from the merchant's record. A returned one does not matter.
  const prices = [charge.operation, evidence ?? {}].map(readPrice);
  return outcome === 'paid' ? findPriceMismatch(order, prices) : undefined;
}

interface Money {
  readonly amount?: number | string | null;
  readonly currency?: number | string | null;
}

/** A transaction may omit what its operation already contains. */
function readPrice({ amount = null, currency = null }: Money): ReportedPrice {
  return {
    amount: amount === null ? null : Number(amount),
    currency: currency === null ? null : (toCurrencyLetters(currency) ?? String(currency)),
  };
}
