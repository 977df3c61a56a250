import * as z from 'zod/mini';
import type { Order } from '../../../server/order.js';
import { Problem } from '../../../server/problem.js';
import type { VerifiedOutcome, VerifyContext } from '../../../server/provider.js';
import type { UpstreamCall } from '../../../server/upstream.js';
import { createGet, type Account } from './calls.js';
import { saleResponse, chooseSalesPath, decideOutcome, type Sale } from './sale.js';

/** Milliseconds until the page may ask again for a sale in progress. */
const retryDelay = 5_000;

/**
 * Returns the outcome of a sale that Payroc answered with an error.
 *
 * @throws the error, unless it or an earlier sale of the order decides the outcome
 */
export async function resolveSaleError(error: unknown, account: Account, context: VerifyContext, bearer: string): Promise<VerifiedOutcome> {
  const { reason } = error as Partial<Problem>;
  // The only error that is final: this terminal never takes that kind of card, but it may take another one.
  if (reason === 'card-type-not-supported') return { outcome: 'declined', reason: 'card-type' };
  if (reason !== 'idempotency-key-in-use') throw error;
  const outcome = context.takeRetry() ? await findEarlierOutcome(account, context, bearer) : undefined;
  if (outcome) return outcome;
  throw new Problem('upstream-conflict', keyInUse, { reason, retryAfter: retryDelay });
}

const keyInUse =
  'Payroc already has a sale of this order with the same key, and none of its sales is known to be approved. Either a sale is ' +
  'still in progress, or the price or `extra` of the order has changed since.';

/**
 * Finds the outcome of an earlier sale, from before the price or `extra` of the order changed. That sale cannot be repeated and
 * its response cannot be requested again, so it is looked up in Payroc's list of sales.
 */
async function findEarlierOutcome(account: Account, { order, send }: VerifyContext, bearer: string): Promise<VerifiedOutcome | undefined> {
  // Without the list, the outcome is not known yet.
  const list = await send(createSalesCall(account, order, bearer)).catch(() => undefined);
  const sales = list?.data.filter((sale) => sale.order.orderId === order.reference) ?? [];
  const outcomes = sales.map((sale) => decideOutcome(sale, order, account));
  // A decline may belong to another card, while the sale with this card is still in progress.
  const moneyMoved = outcomes.filter(({ outcome, reason }) => outcome === 'paid' || outcome === 'forged' || reason === 'partial');
  return moneyMoved.find(({ outcome }) => outcome === 'paid') ?? moneyMoved[0];
}

const listResponse = z.lazy(() => z.object({ data: z.array(saleResponse) }));

/** Creates the call `GET /payments` or `GET /bank-transfer-payments` (Payroc's OpenAPI), which lists the sales of an order. */
function createSalesCall(account: Account, { reference }: Order, bearer: string): UpstreamCall<{ readonly data: readonly Sale[] }> {
  const path = chooseSalesPath(account);
  const query = new URLSearchParams({ processingTerminalId: account.processingTerminalId, orderId: reference });
  return createGet(account, bearer, { name: `Payroc GET /${path}`, path: `${path}?${query}`, responseSchema: listResponse });
}
