import {
  createPayEndpoints,
  payroc,
  type IssuedToken,
  type Ledger,
  type OrderInput,
  type PaymentOutcome,
  type PayrocOptions,
} from '../../../../src/server.js';
import { createProblem, options, secrets, terminal } from './fake-payroc.js';

/**
 * What becomes of one call that moves money: it is done; done, but its answer is lost; lost before it is done; refused; or refused because
 * its key is in use.
 */
export type CallEnd = 'done' | 'answer-lost' | 'lost' | 'refused' | 'in-use';

/** Where a reversal of a part shows, which no document says. */
export type ReversalView = 'authorizedAmount' | 'order' | 'refunds' | 'both' | 'nowhere';

export interface Recorded {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
}

interface Refund {
  readonly refundId: string;
  readonly dateTime: string;
  readonly currency: string;
  readonly amount: number;
  status: string;
  responseCode: string;
}

/** A payment as the gateway keeps it. */
export interface GatewayPayment {
  readonly paymentId: string;
  readonly orderId: string;
  readonly form: 'card' | 'ach';
  readonly amount: number;
  readonly dateTime: string;
  isOpen: boolean;
  /** Minor units that were captured of a hold. */
  captured?: number;
  /** The sum of all reversals, in minor units. */
  reversed: number;
  readonly refunds: Refund[];
  result: Record<string, unknown>;
  supportedOperations?: readonly string[] | null;
}

const price = 4_999;

/** The payment as `onOutcome` received it. */
export const payment = {
  provider: 'payroc',
  environment: 'sandbox',
  order: 'A-1001',
  id: 'M2MJOG6O2Y',
  orderId: 'A-1001-0a1b2c3d',
  form: 'card',
  amount: price,
  currency: 'USD',
} as const;

export const bankPayment = { ...payment, form: 'ach' } as const;
export const hold = { ...payment, capture: 'later' } as const;

/**
 * Payroc's payments by its documentation: a reversal in an open batch, a refund in a closed one, a refund that undoes the whole payment in an
 * open one, and the first response for a known `Idempotency-Key`. It returns whatever it is told to, without adding up.
 */
export class PayrocGateway {
  readonly payments: GatewayPayment[] = [];
  readonly calls: Recorded[] = [];
  /** The ends of the next calls that move money. Later ones are `done`. */
  ends: CallEnd[] = [];
  view: ReversalView = 'authorizedAmount';
  /** Called before a call that moves money is performed. */
  onMove = (): void => {};
  /** Replaces the answer to the next request that is no grant of a bearer. */
  answer?: (() => Response) | undefined;
  /** The words of the next refund. */
  refundWords = { status: 'ready', responseCode: 'A' };
  /** Changes the next sales. */
  sold: Partial<GatewayPayment> = {};
  readonly #answers = new Map<
    string,
    { readonly request: string; readonly text: string; readonly status: number; readonly until: number }
  >();

  add(changed: Partial<GatewayPayment> = {}): GatewayPayment {
    const { id: paymentId, orderId } = payment;
    const form = changed.form ?? 'card';
    const result = { type: form === 'card' ? 'sale' : 'payment', status: 'ready', responseCode: 'A' };
    const state = { amount: price, dateTime: new Date().toISOString(), isOpen: true, reversed: 0, refunds: [], result };
    const made: GatewayPayment = { paymentId, orderId, form, ...state, ...changed };
    this.payments.push(made);
    return made;
  }

  addHold(changed: Partial<GatewayPayment> = {}): GatewayPayment {
    return this.add({ result: { type: 'preAuthorization', status: 'pending', responseCode: 'A' }, ...changed });
  }

  /** The requests since the last call, without those for a bearer. */
  takeCalls(): readonly Recorded[] {
    return this.calls.splice(0).filter(({ url }) => !url.endsWith('/authorize'));
  }

  readonly fetch = async (url: string, init: RequestInit): Promise<Response> => {
    const text = (init.body ?? '') as string;
    const headers = Object.fromEntries(new Headers(init.headers));
    this.calls.push({ method: init.method ?? '', url, headers, body: text ? (JSON.parse(text) as unknown) : undefined });
    await Promise.resolve();
    const { pathname } = new URL(url);
    if (pathname === '/authorize') return Response.json({ access_token: secrets.bearer, expires_in: 3600 });
    const { answer } = this;
    this.answer = undefined;
    if (answer) return answer();
    return init.method === 'GET' ? this.#find(new URL(url)) : this.#move(url, text, headers['idempotency-key'] ?? '');
  };

  #find({ pathname, searchParams: query }: URL): Response {
    const [, , resource, id] = pathname.split('/');
    const own = this.payments.filter(({ form }) => (form === 'card') === (resource === 'payments'));
    if (id !== undefined) {
      const found = own.find(({ paymentId }) => paymentId === id);
      return found ? Response.json(this.show(found)) : createProblem(404, 'not-found');
    }
    const since = Date.parse(query.get('dateFrom') ?? '1970');
    const wanted = own.filter((one) => (query.get('orderId') ?? one.orderId) === one.orderId && Date.parse(one.dateTime) >= since);
    const data = wanted.map((one) => this.show(one));
    return Response.json({ limit: 100, count: data.length, hasMore: false, data });
  }

  async #move(url: string, text: string, key: string): Promise<Response> {
    this.onMove();
    const end = this.ends.shift() ?? 'done';
    if (end === 'lost') throw new TypeError('fetch failed');
    if (end === 'refused') return createProblem(400, 'bad-request');
    if (end === 'in-use') return createProblem(409, 'idempotency-key-in-use');
    const request = `${url} ${text}`;
    const stored = this.#answers.get(key);
    const known = stored && Date.now() < stored.until ? stored : undefined;
    if (known && known.request !== request) return createProblem(409, 'idempotency-key-in-use');
    const response = known ? new Response(known.text, { status: known.status }) : this.#perform(new URL(url).pathname, text);
    const until = Date.now() + 7 * 24 * 3600 * 1000;
    if (!known && response.ok) this.#answers.set(key, { request, text: await response.clone().text(), status: response.status, until });
    if (end === 'answer-lost') throw new TypeError('fetch failed');
    return response;
  }

  #perform(pathname: string, text: string): Response {
    const [, , resource = '', id, action] = pathname.split('/');
    const body = (text ? JSON.parse(text) : {}) as { amount?: number };
    if (id === undefined) return this.#sell(body as object, resource === 'payments' ? 'card' : 'ach');
    const found = this.payments.find(({ paymentId }) => paymentId === id);
    if (!found) return createProblem(404, 'not-found');
    if (action === 'capture') return this.#capture(found, body.amount ?? found.amount);
    return action === 'reverse' ? this.#reverse(found, body.amount) : this.#refund(found, body.amount ?? 0);
  }

  #sell(body: { order?: { orderId: string; amount: number }; autoCapture?: boolean }, form: GatewayPayment['form']): Response {
    const { orderId = '', amount = 0 } = body.order ?? {};
    const made = { paymentId: `P${this.payments.length + 1}`, orderId, amount, form, ...this.sold };
    const found = body.autoCapture === false ? this.addHold(made) : this.add(made);
    return Response.json(this.show(found), { status: 201 });
  }

  #capture(found: GatewayPayment, amount: number): Response {
    if (found.captured !== undefined || found.result.status !== 'pending') return createProblem(409, 'cannot-be-modified');
    found.captured = amount;
    found.result = { ...found.result, type: 'preAuthorizationCompletion', status: 'ready' };
    return Response.json(this.show(found));
  }

  #reverse(found: GatewayPayment, amount?: number): Response {
    if (!found.isOpen || found.result.status === 'reversal') return createProblem(409, 'cannot-be-modified');
    if (amount === undefined) this.undo(found);
    else found.reversed += amount;
    if (amount !== undefined && this.view === 'refunds') this.addRefund(found, amount);
    if (amount !== undefined && this.view === 'both') this.addRefund(found, amount);
    return Response.json(this.show(found));
  }

  #refund(found: GatewayPayment, amount: number): Response {
    if (found.result.status === 'reversal') return createProblem(409, 'cannot-be-modified');
    // The trap: whatever the amount, the whole payment goes back.
    if (found.isOpen) this.undo(found);
    else this.addRefund(found, amount, this.refundWords);
    return Response.json(this.show(found));
  }

  undo(found: GatewayPayment): void {
    found.reversed = found.captured ?? found.amount;
    found.result = { ...found.result, status: 'reversal' };
  }

  addRefund(found: GatewayPayment, amount: number, words = { status: 'ready', responseCode: 'A' }): void {
    const dateTime = new Date().toISOString();
    found.refunds.push({ refundId: `R${found.refunds.length + 1}`, dateTime, currency: 'USD', amount, ...words });
  }

  close(found: GatewayPayment): void {
    found.isOpen = false;
    if (found.result.status === 'ready') found.result = { ...found.result, status: 'complete' };
  }

  /** All that went back to the shopper, or still may, in minor units. */
  countReturned({ reversed, refunds, isOpen }: GatewayPayment): number {
    const shown = this.view === 'refunds' || this.view === 'both';
    const refunded = refunds.filter(({ status }) => status !== 'declined').reduce((sum, { amount }) => sum + amount, 0);
    return shown && isOpen ? Math.max(reversed, refunded) : shown ? refunded : reversed + refunded;
  }

  show(found: GatewayPayment): object {
    const { paymentId, orderId, form, amount, dateTime, captured, reversed, refunds, result } = found;
    const lowersAmount = this.view === 'authorizedAmount' || this.view === 'both';
    const isReversal = result.status === 'reversal';
    const rest = (captured ?? amount) - (isReversal ? 0 : reversed);
    const supportedOperations = found.supportedOperations === undefined ? this.#listOperations(found) : found.supportedOperations;
    return {
      paymentId,
      processingTerminalId: terminal,
      order: {
        orderId,
        dateTime,
        amount: this.view === 'order' ? rest : amount,
        currency: 'USD',
      },
      ...(form === 'card'
        ? { card: { type: 'Visa Credit', cardNumber: '453985******7062' } }
        : { bankAccount: { accountNumber: '****7890' } }),
      refunds: refunds.map((one) => ({ ...one })),
      ...(form === 'card' && supportedOperations && { supportedOperations }),
      transactionResult: { authorizedAmount: lowersAmount ? rest : amount, currency: 'USD', approvalCode: 'OK3', ...result },
    };
  }

  #listOperations({ isOpen, result, captured }: GatewayPayment): readonly string[] {
    if (result.status === 'reversal' || result.status === 'declined') return [];
    if (result.type === 'preAuthorization' && captured === undefined) return ['capture', 'fullyReverse', 'incrementAuthorization'];
    return isOpen ? ['fullyReverse', 'partiallyReverse', 'adjustTip', 'setAsPending'] : ['refund'];
  }
}

export interface ProcessOptions {
  readonly gateway: PayrocGateway;
  readonly ledger?: Ledger;
  readonly changed?: Partial<PayrocOptions>;
  readonly order?: OrderInput;
  readonly onOutcome?: (outcome: PaymentOutcome) => void;
  readonly onToken?: (token: IssuedToken) => void;
}

/** Starts one process of the merchant's. */
export function startProcess({ gateway, ledger, changed, order, onOutcome = () => {}, onToken = () => {} }: ProcessOptions) {
  return createPayEndpoints({
    environment: 'sandbox',
    providers: { payroc: payroc({ ...options, ...changed }) },
    order: () => order ?? { reference: 'A-1001', amount: price, currency: 'USD' },
    orderByReference: ({ reference }) => order ?? { reference, amount: price, currency: 'USD' },
    fetch: gateway.fetch,
    onOutcome,
    onToken,
    ...(ledger && { ledger }),
  });
}
