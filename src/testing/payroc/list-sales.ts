import { requireBearer } from '../tokens.js';
import type { Json } from '../http.js';
import { requireTerminal, type Call, type Sale } from './account.js';

/** Sales on one page, unless the request says how many. The real number is not published. */
const defaultLimit = 10;

/**
 * `GET /v1/payments` and `GET /v1/bank-transfer-payments`: the latest first, by `orderId` and `dateFrom`, in pages that begin `after`
 * a payment (Payroc's OpenAPI; the stand-in has no other filters).
 */
export function listSales(method: 'card' | 'bankAccount'): (call: Call) => Json {
  return (call) => {
    const { searchParams } = new URL(call.request.url);
    requireBearer(call);
    requireTerminal(call, searchParams.get('processingTerminalId'));
    const found = call.account.sales.filter((sale) => method in sale && isWanted(sale, searchParams));
    const limit = Number(searchParams.get('limit') ?? defaultLimit);
    const start = found.findIndex(({ paymentId }) => paymentId === searchParams.get('after')) + 1;
    const data = found.slice(start, start + limit);
    return { limit, count: data.length, hasMore: found.length > start + limit, data };
  };
}

function isWanted({ order }: Sale, filter: URLSearchParams): boolean {
  const orderId = filter.get('orderId') ?? order.orderId;
  const from = Date.parse(filter.get('dateFrom') ?? '') || 0;
  return order.orderId === orderId && Date.parse(String(order.dateTime)) >= from;
}
