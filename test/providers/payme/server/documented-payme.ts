import { createPayEndpoints, payme, type Fetch, type Ledger, type PayEndpointsOptions } from '../../../../src/server.js';
import { credentials, merchantCode } from '../../../server/fake-payme.js';

/**
 * What becomes of one call that returns money: it is done and answered, done but its answer is lost, lost before it is done, refused, or
 * answered with 200 without any effect.
 */
export type CallEnd = 'done' | 'answer-lost' | 'lost' | 'refused' | 'unchanged';

/** A refund as `GET /refund` lists it (documentation, "Devoluciones"). */
export interface DocumentedRefund {
  readonly refund_id: string;
  state: string;
  readonly type: string;
  readonly merchant_operation_number: string;
  readonly refund_amount: string;
  readonly additional_fields: unknown;
}

export interface DocumentedOptions {
  readonly state?: string;
  readonly operationState?: string;
  readonly method?: string | undefined;
  /** Minor units. */
  readonly amount?: string;
  /** The ends of the next calls that return money. Later ones are `done`. */
  readonly ends?: CallEnd[];
  readonly transactionId?: string;
}

export interface RecordedCall {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
}

export const operationNumber = '239766012345';
export const transactionId = 'bko66gpi8czns4tcde93q96vd';

export const payment = {
  provider: 'payme',
  environment: 'sandbox',
  order: 'A-1001',
  id: operationNumber,
  operationNumber,
  transactionId,
  amount: 1050,
  currency: 'PEN',
} as const;

const api = 'https://api.preprod.alignet.io';
const lost = () => new TypeError('fetch failed', { cause: { code: 'ECONNRESET' } });

/**
 * Pay-me's API with one operation, written from its documentation. It performs each refund without a check of the sum,
 * because no document names a limit. It does not recognize a repeated call.
 */
export class DocumentedPayme {
  readonly calls: RecordedCall[] = [];
  readonly refunds: DocumentedRefund[] = [];
  /** Answers by method and first part of the path, such as `GET charges`, which come before the documented ones. */
  readonly script: Record<string, (Response | Error)[]> = {};
  state: string;
  operationState?: string | undefined;
  method: string | undefined;
  readonly ends: CallEnd[];
  readonly amount: string;
  #transactionId: string;

  constructor({ state = 'LIQUIDADO', amount = '1050', ends = [], transactionId: id = transactionId, ...options }: DocumentedOptions = {}) {
    this.state = state;
    this.amount = amount;
    this.ends = ends;
    this.operationState = options.operationState;
    this.method = 'method' in options ? options.method : 'CARD';
    this.#transactionId = id;
  }

  /** The shopper pays the operation with another transaction, which the record then lists in the place of the first one. */
  payAgain(id: string): void {
    this.#transactionId = id;
    this.state = 'AUTORIZADO';
    this.operationState = undefined;
  }

  /** All that went back, or still may. */
  get returned(): number {
    const refunded = this.refunds.filter(({ state }) => state !== 'REJECTED').map(({ refund_amount }) => Number(refund_amount));
    return refunded.reduce((sum, amount) => sum + amount, this.state === 'EXTORNADO' ? Number(this.amount) : 0);
  }

  /** The calls after the bearer's, as method and path. */
  get paths(): string[] {
    return this.calls.filter(({ url }) => url.startsWith(api)).map(({ method, url }) => `${method} ${url.slice(api.length)}`);
  }

  readonly fetch: Fetch = async (url, init) => {
    const { method = 'GET', headers, body } = init;
    const parsed: unknown = typeof body === 'string' ? JSON.parse(body) : undefined;
    this.calls.push({ method, url, headers: headers as Record<string, string>, body: parsed });
    await Promise.resolve();
    const call = `${method} ${new URL(url).pathname.split('/')[1]}`;
    const scripted = this.script[call]?.shift();
    if (scripted instanceof Error) throw scripted;
    if (scripted) return scripted;
    if (call === 'POST token') return Response.json({ success: true, access_token: 'access_token', expires_in: 8600 });
    if (call === 'GET charges') return Response.json(this.#describe());
    if (call === 'GET refund') return Response.json({ success: 'true', action: 'refund', operations: this.refunds, meta: status('00') });
    return this.#changeMoney(call, parsed);
  };

  async #changeMoney(call: string, body: unknown): Promise<Response> {
    const end = this.ends.shift() ?? 'done';
    if (end === 'lost') throw lost();
    if (end === 'refused') return Response.json({ message: 'quoted' }, { status: 400 });
    const answer = call === 'DELETE charges' ? this.#cancel(end) : this.#refund(body as RefundRequest);
    await Promise.resolve();
    if (end === 'answer-lost') throw lost();
    return Response.json(answer);
  }

  /** Lists only the transactions that could be cancelled (documentation). */
  #cancel(end: CallEnd): object {
    const next: Record<string, string> = { REGISTRADO: 'CANCELADO', PENDIENTE: 'CANCELADO', AUTORIZADO: 'EXTORNADO' };
    const changed = end === 'unchanged' ? undefined : next[this.operationState ?? this.state];
    const root = { success: true, merchant_code: merchantCode, merchant_operation_number: operationNumber, meta: status('00') };
    if (!changed) return { ...root, operation: { ...this.#describe().operation, state: undefined, transactions: [] } };
    if (this.operationState !== undefined) this.operationState = changed;
    this.state = next[this.state] ?? this.state;
    return { ...root, operation: this.#describe().operation };
  }

  #refund({ operations: [requested] }: RefundRequest): object {
    const isSettled = this.state === 'LIQUIDADO' || this.state === 'DEPOSITADO';
    const refund: DocumentedRefund = {
      refund_id: `922178aa-${this.refunds.length + 1}`,
      state: isSettled ? 'REGISTERED' : 'REJECTED',
      type: requested.type,
      merchant_operation_number: requested.merchant_operation_number,
      refund_amount: requested.refund_amount,
      additional_fields: requested.additional_fields,
    };
    this.refunds.push(refund);
    const answered = { ...refund, refund_reason: 'Solicitud recibida y validada', transaction_amount: this.amount, currency: '604' };
    return { success: 'true', action: 'refund', merchant_code: merchantCode, operations: [answered], meta: status('00') };
  }

  #describe() {
    const { state, amount, method } = this;
    const transaction = {
      transaction_id: this.#transactionId,
      channel: 'ecommerce',
      state,
      amount,
      currency: '604',
      ...(method && { payment_method: { method_name: method } }),
    };
    const operation = {
      merchant_operation_number: operationNumber,
      state: this.operationState ?? state,
      amount,
      currency: '604',
      transactions: [transaction],
    };
    return { success: true, merchant_code: merchantCode, operation, meta: status('00') };
  }
}

interface RefundRequest {
  readonly operations: readonly [
    {
      readonly type: string;
      readonly merchant_operation_number: string;
      readonly transaction_id: string;
      readonly refund_amount: string;
      readonly additional_fields: unknown;
    },
  ];
}

const status = (code: string) => ({ status: { code, message_ilgn: [{ locale: 'es_PE', value: 'Procesado' }] } });

/** Starts one process of the merchant. */
export function startProcess({ fetch }: DocumentedPayme, options: Partial<PayEndpointsOptions> & { readonly ledger?: Ledger } = {}) {
  return createPayEndpoints({
    environment: 'sandbox',
    providers: { payme: payme(credentials) },
    order: () => ({ reference: 'A-1001', amount: 1050, currency: 'PEN' }),
    fetch,
    ...(options as object),
  });
}
