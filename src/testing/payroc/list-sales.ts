import type { Json } from '../http.js';
import { requireBearer } from '../tokens.js';
import { requireTerminal, type Call, type Sale } from './account.js';
import { settleSale } from './settle-sale.js';
import { describeSale } from './supported-operations.js';

/** Sales on one page, unless the request says how many. The real number is not published. */
const defaultLimit = 10;

/**
 * `GET /v1/payments` and `GET /v1/bank-transfer-payments`: the latest first, by `orderId` and `dateFrom`, in pages with a link to the
 * next one (Payroc's OpenAPI; the stand-in has no other filters).
 */
export function listSales(method: 'card' | 'bankAccount'): (call: Call) => Json {
  return (call) => {
    const { searchParams: query, origin, pathname } = new URL(call.request.url);
    requireBearer(call);
    requireTerminal(call, query.get('processingTerminalId'));
    const found = call.account.sales.filter((sale) => method in sale && isWanted(sale, query));
    const limit = Number(query.get('limit') ?? defaultLimit);
    const start = found.findIndex(({ paymentId }) => paymentId === query.get('after')) + 1;
    const shown = found.slice(start, start + limit);
    const data = shown.map(describeSale);
    for (const { paymentId } of shown) processLater(call, paymentId);
    const hasMore = found.length > start + limit;
    query.set('after', shown.at(-1)?.paymentId ?? '');
    const links = hasMore && { links: [{ rel: 'next', method: 'get', href: `${origin}${pathname}?${query}` }] };
    return { limit, count: data.length, hasMore, data, ...links };
  };
}

function isWanted({ order }: Sale, filter: URLSearchParams): boolean {
  const orderId = filter.get('orderId') ?? order.orderId;
  const from = Date.parse(filter.get('dateFrom') ?? '') || 0;
  return order.orderId === orderId && Date.parse(order.dateTime) >= from;
}

/** Declines the sale of the card `declinedLater` once a list has shown it as received. */
function processLater({ account }: Call, paymentId: string): void {
  if (account.declining.delete(paymentId)) settleSale(account, paymentId, 'declined');
}
