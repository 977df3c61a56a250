import { createProblem, secrets, sessionToken, terminal } from './fake-payroc.js';

/**
 * What happens to the next sale: the answer to one or both tries is lost before or after the sale is made, Payroc refuses the request, or
 * the sale is made with this result.
 */
export type SaleFault =
  | { readonly lost: 'before' | 'after'; readonly tries: number }
  | { readonly refused: string; readonly status?: number }
  | { readonly result: object };

export interface MadeSale {
  readonly paymentId: string;
  readonly processingTerminalId: string;
  readonly order: { readonly orderId: string; readonly amount: number; readonly currency: string; readonly dateTime: string };
  readonly card: object;
  refunds?: object[];
  transactionResult: Record<string, unknown>;
}

interface StoredAnswer {
  readonly uri: string;
  readonly text: string;
  readonly until: number;
  readonly answer: () => Response;
}

interface Request {
  readonly method: string;
  readonly url: URL;
  readonly text: string;
  readonly key: string;
}

interface SaleBody {
  readonly order: MadeSale['order'];
  readonly paymentMethod: { readonly token: string };
}

/** The fault of one `Idempotency-Key`, and how many of its tries are over. */
interface Plan {
  readonly fault?: SaleFault;
  tries: number;
}

const week = 7 * 24 * 3600 * 1000;

/**
 * Payroc's API by its documentation, with the sales that it made: a known `Idempotency-Key` returns the first response for a week, or 409
 * with other fields; a single-use token is accepted once; the list has pages, and may lag behind.
 */
export class PayrocUpstream {
  readonly sales: MadeSale[] = [];
  readonly requests: string[] = [];
  /** The faults of the next sales, one for each `Idempotency-Key`. */
  readonly faults: SaleFault[] = [];
  /** Milliseconds until a sale is in the list. */
  lag = 0;
  /** The number of payments on a page. */
  pageSize = 10;
  /** Refuses the bearer of every sale. */
  rejectsSales = false;
  /** The error for the next sale that Payroc would make. */
  nextRefusal?: string;
  /** Replaces the answer to a list. */
  listAnswer?: () => Response;
  readonly #answers = new Map<string, StoredAnswer>();
  readonly #spent = new Set<string>();
  readonly #plans = new Map<string, Plan>();

  readonly fetch = (address: string, init: RequestInit): Promise<Response> => {
    const url = new URL(address);
    const request = { method: init.method ?? '', url, text: (init.body ?? '') as string, key: this.#readKey(init) };
    this.requests.push(`${request.method} ${url.pathname.replace('/v1', '')}${url.search}`);
    return Promise.resolve().then(() => this.#respond(request));
  };

  /** All sales that charged the shopper and were not returned. */
  get charges(): MadeSale[] {
    return this.sales.filter(
      ({ transactionResult: result, refunds }) => !refunds && result.responseCode === 'A' && result.status !== 'reversal',
    );
  }

  #readKey({ headers }: RequestInit): string {
    return new Headers(headers).get('Idempotency-Key') ?? '';
  }

  #respond(request: Request): Response {
    if (request.url.pathname === '/authorize') return Response.json({ access_token: secrets.bearer, expires_in: 3600 });
    if (request.url.pathname.endsWith('/hosted-fields-sessions')) {
      return Response.json({
        processingTerminalId: terminal,
        token: sessionToken,
        expiresAt: new Date(Date.now() + 600_000).toISOString(),
      });
    }
    return request.method === 'GET' ? (this.listAnswer?.() ?? this.#list(request.url.searchParams)) : this.#sell(request);
  }

  #list(query: URLSearchParams): Response {
    const [orderId, from, after] = [query.get('orderId'), query.get('dateFrom') ?? '1970', query.get('after')];
    const visible = this.sales.filter(
      ({ order }) =>
        Date.parse(order.dateTime) + this.lag <= Date.now() &&
        (orderId === null || order.orderId === orderId) &&
        Date.parse(order.dateTime) >= Date.parse(from),
    );
    const start = after === null ? 0 : visible.findIndex(({ paymentId }) => paymentId === after) + 1;
    const data = visible.slice(start, start + this.pageSize);
    const hasMore = start + this.pageSize < visible.length;
    const links = [{ rel: 'next', method: 'get', href: `https://api.uat.payroc.com/v1/payments?limit=9&after=${data.at(-1)?.paymentId}` }];
    return Response.json({ limit: this.pageSize, count: data.length, hasMore, data, ...(hasMore && { links }) });
  }

  #sell({ url, text, key }: Request): Response {
    if (this.rejectsSales) return createProblem(401, 'not-authorized');
    const plan = this.#takePlan(key);
    if (!this.#answers.has(key)) lose(plan, 'before');
    const known = this.#answers.get(key);
    if (known && Date.now() < known.until && (known.uri !== url.href || known.text !== text)) {
      return createProblem(409, 'idempotency-key-in-use');
    }
    const answer = known && Date.now() < known.until ? known.answer : this.#makeSale(JSON.parse(text) as SaleBody, plan.fault);
    this.#answers.set(key, { uri: url.href, text, until: Date.now() + week, answer });
    lose(plan, 'after');
    return answer();
  }

  #takePlan(key: string): Plan {
    const plan = this.#plans.get(key) ?? { fault: this.faults.shift(), tries: 0 };
    this.#plans.set(key, plan);
    return plan;
  }

  #makeSale({ order, paymentMethod }: SaleBody, fault?: SaleFault): () => Response {
    if (fault && 'refused' in fault) return () => createProblem(fault.status ?? 400, fault.refused);
    const refusal = this.nextRefusal;
    if (refusal) return () => createProblem(refusal === 'not-found' ? 404 : 400, refusal);
    if (this.#spent.has(paymentMethod.token)) return () => createProblem(400, 'bad-request');
    this.#spent.add(paymentMethod.token);
    const approval = { type: 'sale', status: 'ready', responseCode: 'A', authorizedAmount: order.amount, currency: order.currency };
    const sale: MadeSale = {
      paymentId: `P${this.sales.length + 1}`,
      processingTerminalId: terminal,
      order: { ...order, dateTime: new Date().toISOString() },
      card: { type: 'VISA', cardNumber: '411111******1111' },
      transactionResult: { ...approval, ...(fault && 'result' in fault && fault.result) },
    };
    this.sales.push(sale);
    const text = JSON.stringify(sale);
    return () => new Response(text, { status: 201, headers: { 'Content-Type': 'application/json' } });
  }
}

/** @throws {TypeError} as `fetch` does when a connection breaks, for each try that the fault loses */
function lose(plan: Plan, when: 'before' | 'after'): void {
  if (!plan.fault || !('lost' in plan.fault) || plan.fault.lost !== when || plan.tries >= plan.fault.tries) return;
  plan.tries += 1;
  throw new TypeError('fetch failed');
}
