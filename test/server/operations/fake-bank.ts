import * as z from 'zod/mini';
import {
  createPayEndpoints,
  OperationRefused,
  type Fetch,
  type Ledger,
  type MoneyMove,
  type MoneyOperation,
  type OperationContext,
  type OrderInput,
  type PayEvent,
  type PaymentOutcome,
  type PaymentRecord,
  type ServerProvider,
  type UpstreamCall,
} from '../../../src/server.js';

/**
 * What becomes of one call that moves money: it is done and answered, done but its answer is lost, lost before it is done, refused, or refused
 * because the state of the payment has changed.
 */
export type CallEnd = 'done' | 'answer-lost' | 'lost' | 'refused' | 'refused-late' | 'unreachable' | 'changed';

export interface BankOptions {
  /** Whether the bank answers a repeated key with its first answer. */
  readonly isIdempotent?: boolean;
  /** Whether each call that moves money needs a session, as in Izipay's API. */
  readonly needsSession?: boolean;
  /** Whether a refund is final at once. */
  readonly isImmediate?: boolean;
  /** The ends of the next calls that move money. Later ones are `done`. */
  readonly ends?: CallEnd[];
  readonly state?: 'paid' | 'authorized' | 'pending';
}

export interface BankRefund {
  readonly id: string;
  readonly key: string;
  readonly amount: number;
  state: 'asked' | 'done' | 'rejected';
}

const price = 1_000;

export const payment = { provider: 'bank', environment: 'sandbox', order: 'A-1001', id: '77', amount: price, currency: 'PEN' } as const;

const answerSchema = z.looseObject({});

/** A bank with one payment, which a merchant's processes share. It gives back whatever it is told to, without adding up. */
export class Bank {
  readonly refunds: BankRefund[] = [];
  /** The names of the calls in the order in which they arrived. */
  readonly calls: string[] = [];
  state: 'paid' | 'authorized' | 'pending' | 'reversed' | 'declined';
  captured = 0;
  isSettled = true;
  hasSessions = true;
  isDown = false;
  /** Awaited before a call is refused late. */
  beforeRefusal = (): Promise<unknown> => Promise.resolve();
  /** Called when a call that moves money arrives. */
  onMove = (): void => {};
  readonly ends: CallEnd[];
  readonly #answers = new Map<string, object>();
  readonly #options: BankOptions;

  constructor(options: BankOptions = {}) {
    this.#options = options;
    this.ends = options.ends ?? [];
    this.state = options.state ?? 'paid';
  }

  /** All that went back, or still may. */
  get returned(): number {
    const refunded = this.refunds.filter(({ state }) => state !== 'rejected').reduce((sum, { amount }) => sum + amount, 0);
    return refunded + (this.state === 'reversed' ? price - refunded : 0);
  }

  readonly fetch: Fetch = async (url, init) => {
    const { pathname } = new URL(url);
    const name = pathname.slice(1);
    this.calls.push(name);
    await Promise.resolve();
    if (name === 'payment') return this.isDown ? new Response(null, { status: 500 }) : Response.json(this.#describe());
    if (name === 'session') return new Response(this.hasSessions ? '{}' : null, { status: this.hasSessions ? 200 : 500 });
    this.onMove();
    const end = this.ends.shift() ?? 'done';
    if (end === 'unreachable') throw new TypeError('fetch failed', { cause: { code: 'ECONNREFUSED' } });
    if (end === 'lost') throw new TypeError('fetch failed', { cause: { code: 'ECONNRESET' } });
    if (end === 'refused-late') await this.beforeRefusal();
    if (end === 'refused' || end === 'refused-late') return new Response(null, { status: 400 });
    if (end === 'changed') return new Response(null, { status: 409 });
    const answer = this.#perform(name, JSON.parse(init.body as string) as { key: string; amount: number });
    await Promise.resolve();
    if (end === 'answer-lost') throw new TypeError('fetch failed', { cause: { code: 'ECONNRESET' } });
    return Response.json(answer);
  };

  #describe() {
    return { state: this.state, captured: this.captured, isSettled: this.isSettled, refunds: this.refunds };
  }

  #perform(name: string, { key, amount }: { key: string; amount: number }): object {
    const known = this.#options.isIdempotent ? this.#answers.get(`${name}:${key}`) : undefined;
    const answer = known ?? this.#change(name, key, amount);
    this.#answers.set(`${name}:${key}`, answer);
    return answer;
  }

  #change(name: string, key: string, amount: number): object {
    if (name === 'capture') {
      this.captured += amount;
      this.state = 'paid';
      return { state: 'done' };
    }
    if (name === 'reverse') {
      this.state = this.state === 'pending' ? 'declined' : 'reversed';
      return { state: 'done' };
    }
    const refund: BankRefund = { id: `r${this.refunds.length + 1}`, key, amount, state: this.#options.isImmediate ? 'done' : 'asked' };
    this.refunds.push(refund);
    return { id: refund.id, state: refund.state };
  }
}

interface BankRecord extends PaymentRecord {
  readonly isSettled: boolean;
}

function planRefund({ isSettled, outcome }: BankRecord): string {
  if (outcome !== 'paid') throw new OperationRefused('state', `The bank refunds paid payments only, and this one is ${outcome}.`);
  return isSettled ? 'refund' : 'refund-open';
}

/** Creates the server half of the bank. */
export function createBankProvider(options: BankOptions = {}): ServerProvider {
  const repeatable = options.isIdempotent ? { repeatableFor: 60_000 } : {};
  const call = (name: string, body?: object): UpstreamCall<Record<string, unknown>> => ({
    name: `Bank ${name}`,
    method: body ? 'POST' : 'GET',
    url: `https://bank.example.com/${name}`,
    headers: {},
    responseSchema: answerSchema,
    ...(body && { body, money: options.isIdempotent ? 'repeatable' : 'once' }),
    readReason: () => undefined,
  });
  const send = async ({ send: request }: OperationContext, { call: name, key, amount }: MoneyMove) => {
    if (options.needsSession) await request(call('session'));
    const answer = await request(call(name, { key, amount })).catch((error: Error) => {
      if (error.message.includes('409')) throw new OperationRefused('state', 'The bank says that the state has changed.');
      throw error;
    });
    return answer as { state: 'asked' | 'done'; id?: string };
  };
  const query = async ({ send: request }: OperationContext): Promise<BankRecord> => {
    const { state, captured, isSettled, refunds } = (await request(call('payment'))) as unknown as Bank;
    const charged = state === 'paid' || state === 'reversed' ? captured || price : 0;
    return { outcome: state, charged, held: options.state === 'authorized' ? price : 0, refunds, isSettled, numbers: { id: payment.id } };
  };
  const refund: MoneyOperation<BankRecord> = { plan: planRefund, send, ...repeatable };
  const cancel: MoneyOperation = { plan: () => 'reverse', send, repeatableFor: Infinity };
  const capture: MoneyOperation = { plan: () => 'capture', send, ...repeatable };
  return {
    name: 'bank',
    environments: ['sandbox'],
    createToken: () => Promise.reject(new Error('unexpected token request')),
    verify: () => Promise.reject(new Error('unexpected outcome request')),
    operations: { query, refund, cancel, capture },
  };
}

export interface ProcessOptions {
  readonly bank: Bank;
  readonly options?: BankOptions;
  readonly ledger?: Ledger;
  readonly order?: OrderInput;
  readonly onOutcome?: (payment: PaymentOutcome) => void | Promise<void>;
  readonly onEvent?: (event: PayEvent) => void;
}

/** Starts one process of the merchant's. */
export function startProcess({
  bank,
  options = {},
  order = { reference: 'A-1001', amount: price, currency: 'PEN' },
  ...rest
}: ProcessOptions) {
  return createPayEndpoints({
    environment: 'sandbox',
    providers: { bank: createBankProvider(options) },
    order: () => order,
    orderByReference: () => order,
    fetch: bank.fetch,
    ...rest,
  });
}
