import * as z from 'zod/mini';
import type { Order } from '../../../server/order.js';
import { Problem } from '../../../server/problem.js';
import type { VerifiedOutcome, VerifyContext } from '../../../server/provider.js';
import type { UpstreamCall } from '../../../server/upstream.js';
import { createGet, type Account } from './calls.js';
import { saleResponse, chooseSalesPath, decideOutcome, type Sale } from './sale.js';

/** Milliseconds that a sale under way is given before the page asks again. */
const retryDelay = 5_000;

/**
 * What came of a sale that Payroc answered with an error.
 *
 * @throws the error, unless it or an earlier sale of the order says what came of it
 */
export async function resolveSaleError(error: unknown, account: Account, context: VerifyContext, bearer: string): Promise<VerifiedOutcome> {
  const { reason } = error as Partial<Problem>;
  // The one error that is a final no: this terminal never takes that kind of card, but may take another one.
  if (reason === 'card-type-not-supported') return { outcome: 'declined', reason: 'card-type' };
  if (reason !== 'idempotency-key-in-use') throw error;
  const verdict = context.takeRetry() ? await findEarlierOutcome(account, context, bearer) : undefined;
  if (verdict) return verdict;
  throw new Problem('upstream-conflict', keyInUse, { reason, retryAfter: retryDelay });
}

const keyInUse =
  'Payroc has a sale of this order under the same key: one that is still under way, or one that was asked for with other fields ' +
  '(have its price or its `extra` changed since?). None is known to be approved.';

/**
 * The sale that was made when the price, or what the merchant adds, was another. It cannot be made again, and its own answer
 * cannot be had any more, so that Payroc's list has to tell.
 */
async function findEarlierOutcome(account: Account, { order, send }: VerifyContext, bearer: string): Promise<VerifiedOutcome | undefined> {
  // The list is a help that may be missing: what it cannot tell is not known yet.
  const list = await send(createSalesCall(account, order, bearer)).catch(() => undefined);
  const sales = list?.data.filter((sale) => sale.order.orderId === order.reference) ?? [];
  const verdicts = sales.map((sale) => decideOutcome(sale, order, account));
  // A no may be that of another card, while this one is still under way.
  const moved = verdicts.filter(({ outcome, reason }) => outcome === 'paid' || outcome === 'forged' || reason === 'partial');
  return moved.find(({ outcome }) => outcome === 'paid') ?? moved[0];
}

const listResponse = z.lazy(() => z.object({ data: z.array(saleResponse) }));

/** `GET /payments`, `GET /bank-transfer-payments` (Payroc's OpenAPI): what was sold of an order. */
function createSalesCall(account: Account, { reference }: Order, bearer: string): UpstreamCall<{ readonly data: readonly Sale[] }> {
  const path = chooseSalesPath(account);
  const query = new URLSearchParams({ processingTerminalId: account.processingTerminalId, orderId: reference });
  return createGet(account, bearer, { name: `Payroc GET /${path}`, path: `${path}?${query}`, responseSchema: listResponse });
}
