import type { Json } from '../http.js';
import { requireBearer } from '../tokens.js';
import { requireTerminal, type Call, type Sale } from './account.js';
import { settleSale } from './settle-sale.js';

const defaultLimit = 10;

/**
 * `GET /v1/payments` and `GET /v1/bank-transfer-payments`, the latest first. Of the documented filters, the stand-in has `orderId`,
 * `dateFrom` and `dateTo`.
 */
export function listSales(method: 'card' | 'bankAccount'): (call: Call) => Json {
  return (call) => {
    const { searchParams: query, origin, pathname } = new URL(call.request.url);
    requireBearer(call);
    requireTerminal(call, query.get('processingTerminalId'));
    const found = call.account.sales.filter((sale) => method in sale && matchesQuery(sale, query));
    const limit = Number(query.get('limit') ?? defaultLimit);
    const start = found.findIndex(({ paymentId }) => paymentId === query.get('after')) + 1;
    const data = found.slice(start, start + limit);
    data.forEach(({ paymentId }) => processLater(call, paymentId));
    const hasMore = start + limit < found.length;
    query.set('after', data.at(-1)?.paymentId ?? '');
    const links = hasMore ? [{ rel: 'next', method: 'get', href: `${origin}${pathname}?${query}` }] : [];
    return { limit, count: data.length, hasMore, data, links };
  };
}

function matchesQuery({ order }: Sale, query: URLSearchParams): boolean {
  const [from, to] = [query.get('dateFrom'), query.get('dateTo')];
  const time = Date.parse(order.dateTime);
  return (
    [order.orderId, null].includes(query.get('orderId')) &&
    (from === null || time >= Date.parse(from)) &&
    (to === null || time <= Date.parse(to))
  );
}

/** Declines the sale of the card `declinedLater` once a list has shown it as received. */
function processLater({ account }: Call, paymentId: string): void {
  if (account.declining.delete(paymentId)) settleSale(account, paymentId, 'declined');
}
