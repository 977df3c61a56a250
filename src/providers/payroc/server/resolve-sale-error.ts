import { Problem, type ProblemKind } from '../../../server/problem.js';
import type { VerifiedOutcome } from '../../../server/provider.js';
import { describeUnanswered } from './describe-unanswered.js';
import { findOutcome, ignoreListError } from './find-known-sales.js';
import type { SaleContext } from './sale-context.js';
import { applyOutcome, type RecordedSale } from './sale-ledger.js';

/** Milliseconds until the page may ask again for a sale in progress. */
const retryDelay = 5_000;

/** Errors for which Payroc makes no sale, and another card or another try may help (documentation, "Errors"). */
const refusals = ['bad-request', 'capabilities-missing', 'card-type-not-supported', 'cannot-be-modified'];

/** Errors for which Payroc makes no sale, and which only the merchant can fix. */
const setupReasons = ['idempotency-key-missing', 'not-acceptable', 'unsupported-media-type'];
const setupKinds: readonly ProblemKind[] = ['upstream-credentials', 'upstream-scope', 'upstream-absent'];

/**
 * Returns the outcome of a sale that Payroc answered with an error, or not at all.
 *
 * @param mayBeMade whether an earlier try of this sale was lost
 * @throws the error, if it says that there was no sale, or if the page should ask again
 */
export async function resolveSaleError(
  context: SaleContext,
  sale: RecordedSale,
  error: unknown,
  mayBeMade: boolean,
): Promise<VerifiedOutcome> {
  // The record stays: the next request looks the sale up.
  if (context.signal.aborted || !(error instanceof Problem)) throw error;
  if (mayBeMade && error.kind === 'upstream-credentials') throw error;
  if (!mayBeMade && isWithoutSale(error)) {
    await context.ledger.replace(sale, []);
    if (!isRefusal(error)) throw error;
    return { outcome: 'declined', reason: error.reason === 'card-type-not-supported' ? 'card-type' : 'refused' };
  }
  return (await lookUp(context, sale)) ?? describeLostSale(context, sale, error);
}

const isRefusal = ({ reason = '' }: Problem) => refusals.includes(reason);

function isWithoutSale(error: Problem): boolean {
  return isRefusal(error) || setupReasons.includes(error.reason ?? '') || setupKinds.includes(error.kind);
}

/** Looks up a sale whose answer was lost, or that was sent with other fields before. */
async function lookUp(context: SaleContext, sale: RecordedSale): Promise<VerifiedOutcome | undefined> {
  // Without the list, the outcome is not known yet.
  const outcome = await findOutcome(context, sale).catch(ignoreListError);
  context.signal.throwIfAborted();
  if (outcome) await context.ledger.replace(sale, applyOutcome(sale, outcome));
  return outcome;
}

/** @throws {Problem} while the caller asks again: then the same request is repeated, which Payroc answers with its first response */
function describeLostSale({ terms, source }: SaleContext, sale: RecordedSale, error: Problem): VerifiedOutcome {
  if (error.reason === 'idempotency-key-in-use' && sale.requests < source.requests) throw createConflict(error.reason);
  if (error.retryable && sale.requests < source.requests) throw error;
  return describeUnanswered(terms, sale);
}

function createConflict(reason: string): Problem {
  const detail =
    'Payroc already has a sale with the same key, and its list does not have that sale yet. Either the sale is still in progress, or ' +
    'the price or `extra` of the order has changed since.';
  return new Problem('upstream-conflict', detail, { reason, retryAfter: retryDelay });
}
