import * as z from 'zod/mini';
import type { Send, UpstreamCall } from '../../../server/upstream.js';
import { createGet, type Account } from './calls.js';
import { isOrderIdOf } from './order-id.js';
import { chooseSalesPath, saleResponse, type Sale } from './sale.js';

const page = z.lazy(() =>
  z.object({
    // Checked one by one, so that an unusual payment of another order does no harm.
    data: z.array(z.unknown()),
    hasMore: z.nullish(z.boolean()),
    links: z.catch(z.optional(z.array(z.object({ rel: z.string(), href: z.string() }))), undefined),
  }),
);

type Page = z.infer<typeof page>;

const identified = z.lazy(() =>
  z.object({
    paymentId: z.catch(z.optional(z.string()), undefined),
    order: z.catch(z.optional(z.object({ orderId: z.string() })), undefined),
  }),
);

/** The documentation names no maximum. */
const pageSize = 100;
const maxPages = 10;

/** How the lists are requested: with the bearer and the retries of the request. */
export interface ListOptions {
  readonly account: Account;
  readonly bearer: string;
  readonly send: Send;
}

/** Requests the sales with this `orderId` from `GET /payments` or `GET /bank-transfer-payments`. */
export async function findSales(options: ListOptions, orderId: string): Promise<readonly Sale[]> {
  const { data } = await requestPage(options, { orderId });
  return selectSales(data, (id) => id === orderId);
}

/** Requests all sales since `from`, up to a thousand, and returns those of the order with this prefix of `orderId`. */
export async function findRecentSales(options: ListOptions, prefix: string, from: Date): Promise<readonly Sale[]> {
  const filter = { dateFrom: from.toISOString().replace(/\.\d+/, ''), limit: String(pageSize) };
  const found: Sale[] = [];
  let after: string | undefined;
  for (let n = 0; n === 0 || (after !== undefined && n < maxPages); n += 1) {
    const answer = await requestPage(options, after === undefined ? filter : { ...filter, after });
    found.push(...selectSales(answer.data, (id) => isOrderIdOf(prefix, id)));
    after = readCursor(answer);
  }
  return found;
}

function requestPage({ account, bearer, send }: ListOptions, filter: Readonly<Record<string, string>>): Promise<Page> {
  const path = chooseSalesPath(account);
  const query = new URLSearchParams({ processingTerminalId: account.processingTerminalId, ...filter });
  const call: UpstreamCall<Page> = createGet(account, bearer, {
    name: `Payroc GET /${path}`,
    path: `${path}?${query}`,
    responseSchema: page,
  });
  return send(call);
}

/** Selects the sales with a wanted id. One that cannot be read keeps its id only, so that it counts as undecided. */
function selectSales(data: readonly unknown[], isWanted: (orderId: string) => boolean): readonly Sale[] {
  return data.flatMap((item) => {
    const orderId = identified.safeParse(item).data?.order?.orderId;
    if (orderId === undefined || !isWanted(orderId)) return [];
    return saleResponse.safeParse(item).data ?? { order: { orderId } };
  });
}

/** Returns the cursor of the next page: from the link to it, of which nothing else is used, or else the id of the last payment. */
function readCursor({ data, hasMore, links = [] }: Page): string | undefined {
  if (!hasMore) return undefined;
  const next = links.find(({ rel }) => rel === 'next')?.href ?? '';
  const cursor = new URLSearchParams(next.replace(/^[^?]*/, '')).get('after');
  return cursor ?? identified.safeParse(data.at(-1)).data?.paymentId;
}
