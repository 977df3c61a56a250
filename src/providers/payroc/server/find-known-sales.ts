import { Problem } from '../../../server/problem.js';
import { findPriceMismatch } from '../../../server/price-mismatch.js';
import type { VerifiedOutcome } from '../../../server/provider.js';
import { decideOutcome, keepsMoney } from './decide-outcome.js';
import { findRecentSales, findSales } from './list-sales.js';
import { createOrderIdPrefix } from './order-id.js';
import { chooseOutcome } from './rank-outcomes.js';
import { createRecord, type SaleContext } from './sale-context.js';
import { readNumbers } from './sale-details.js';
import { lookBack, type RecordedSale } from './sale-ledger.js';
import type { Sale } from './sale.js';

/** A sale of the order, and what Payroc says about it. */
export interface KnownSale {
  readonly sale: RecordedSale;
  /** Missing while neither the list nor an earlier answer has it. */
  readonly outcome?: VerifiedOutcome;
}

/**
 * Finds all sales of the order, with their outcomes.
 *
 * @throws {Problem} if Payroc does not report the outcome of one of them
 */
export async function findKnownSales(context: SaleContext): Promise<readonly KnownSale[]> {
  const { sales, isComplete } = await context.ledger.read();
  const [known, recovered] = await Promise.all([
    Promise.all(sales.map((sale) => lookUpSale(context, sale))),
    isComplete ? [] : recoverSales(context, sales),
  ]);
  const found = [...known, ...recovered];
  return [...found, ...(await findForgottenSale(context, found))];
}

/**
 * Finds the sale of a source that still charges after Payroc has forgotten the sale's key, and this package its record.
 *
 * @throws {Problem} if Payroc does not list its sales, because a second sale could charge the shopper twice
 */
async function findForgottenSale(context: SaleContext, found: readonly KnownSale[]): Promise<readonly KnownSale[]> {
  const { source, terms } = context;
  if (!source.isReusable || found.some(({ sale }) => sale.orderId === terms.orderId)) return [];
  const sale = createRecord(terms);
  const outcome = await findOutcome(context, sale);
  return outcome ? [{ sale, outcome }] : [];
}

async function lookUpSale(context: SaleContext, sale: RecordedSale): Promise<KnownSale> {
  const isOwn = sale.orderId === context.terms.orderId;
  // A reported sale from before the order was opened is history.
  if (!isOwn && sale.end && sale.sentAt < context.openedAt) return { sale };
  const found = findOutcome(context, sale);
  // A sale whose answer was lost may be sent again, because Payroc answers a repeated request with its first response.
  // After a week, it does not: a charge may be repeated so late.
  const isRepeatable = isOwn && !sale.end && !context.source.isReusable;
  return { sale, outcome: await (isRepeatable ? found.catch(ignoreListError) : found) };
}

/** @throws {Problem} for a rejected bearer, so that the work runs again with another one */
export function ignoreListError(error: unknown): undefined {
  if (error instanceof Problem && error.kind === 'upstream-credentials') throw error;
}

/** Finds the order's sales of the last day in Payroc's list that the store has no record of, because it has lost it or is not shared. */
async function recoverSales({ terms, ...options }: SaleContext, recorded: readonly RecordedSale[]): Promise<readonly KnownSale[]> {
  const prefix = await createOrderIdPrefix(terms.order.reference);
  const listed = await findRecentSales(options, prefix, new Date(Date.now() - lookBack)).catch(returnNothing);
  const ids = new Set(listed.map(readOrderId));
  for (const { orderId } of recorded) ids.delete(orderId);
  return [...ids].map((orderId) => {
    const own = listed.filter((sale) => readOrderId(sale) === orderId);
    const { amount, currency } = terms.order;
    const sale = { orderId, sentAt: readSentAt(own), requests: 1, amount, currency, isHoldRequested: terms.isHoldRequested };
    return { sale, outcome: chooseOutcome(own.map((one) => decideOutcome(one, { ...terms, orderId }))) };
  });
}

/** Continues without the list if these credentials can never list sales, or the list cannot be read. Otherwise, no sale could be made. */
function returnNothing(error: unknown): readonly Sale[] {
  const isLasting = error instanceof Problem && (!error.retryable || error.kind === 'upstream-answer');
  if (!isLasting || error.kind === 'upstream-credentials') throw error;
  return [];
}

const readOrderId = ({ order }: Sale) => order.orderId as string;

function readSentAt(sales: readonly Sale[]): number {
  const dates = sales.map(({ order }) => Date.parse(order.dateTime ?? '')).filter(Number.isFinite);
  return dates.length > 0 ? Math.max(...dates) : Date.now();
}

/** Returns what Payroc says about a sale: in its list, or else in its earlier answer. */
export async function findOutcome({ terms, ...options }: SaleContext, sale: RecordedSale): Promise<VerifiedOutcome | undefined> {
  const { orderId, isHoldRequested, end } = sale;
  const listed = await findSales(options, orderId).catch((error: unknown) => {
    if (!end) throw error;
    return returnNothing(error);
  });
  return chooseOutcome(listed.map((one) => decideOutcome(one, { ...terms, orderId, isHoldRequested }))) ?? recallOutcome(sale, terms);
}

/** Returns what Payroc answered when the sale was made, compared with the price of now. */
function recallOutcome({ end, sentAt, orderId, amount, currency }: RecordedSale, terms: SaleContext['terms']): VerifiedOutcome | undefined {
  if (!end) return undefined;
  const mismatch = keepsMoney(end) ? findPriceMismatch(terms.order, [{ amount, currency }]) : undefined;
  const numbers = readNumbers({ paymentId: end.reference, order: { orderId, amount, currency } }, terms);
  const { reference } = end;
  const outcome = mismatch ? { ...mismatch, ...(reference && { reference }) } : end;
  return { ...outcome, numbers, details: { amount: end.approved ?? amount, currency, paidAt: new Date(sentAt).toISOString() } };
}
