import type { ProviderOperations } from '../../../../src/server/operations/provider-operations.js';
import { createPayEndpoints, type Payment, type PaymentOutcome, type PayEndpointsOptions } from '../../../../src/server.js';
import { createAccount } from '../../../../src/providers/micuentaweb/server/account.js';
import { capabilities } from '../../../../src/providers/micuentaweb/server/capabilities.js';
import { createExperimentalOperations, createOperations } from '../../../../src/providers/micuentaweb/server/operations.js';
import { orderFeatures } from '../../../../src/providers/micuentaweb/server/order-features.js';

export const shopId = '89289758';
export const password = 'testpassword_secret';

/** The uuid of the payment. */
export const uuid = 'a'.repeat(32);
export const otherUuid = 'b'.repeat(32);

/** The payment as the merchant stored it. */
export const payment = {
  provider: 'micuentaweb',
  environment: 'sandbox',
  order: 'A-1001',
  id: uuid,
  amount: 1000,
  currency: 'PEN',
} as const satisfies Payment;

const { id: _id, ...withoutId } = payment;
/** The payment as `onToken` received it. */
export const issued: Payment<'micuentaweb'> = withoutId;

export const start = Date.parse('2026-03-02T10:00:00Z');

const details = { effectiveBrand: 'VISA', pan: '497010XXXXXX0055', manualValidation: 'NO', legacyTransId: '900001', installmentNumber: 3 };

export interface Row extends Record<string, unknown> {
  uuid?: string;
  status?: string;
  detailedStatus?: string;
}

/** A captured payment, with the fields of the facts. */
export function createDebit(changed: Row = {}): Row {
  return {
    ...{ shopId, uuid, operationType: 'DEBIT', status: 'PAID', detailedStatus: 'CAPTURED', amount: 1000, currency: 'PEN' },
    ...{ creationDate: '2026-03-02T09:00:00+00:00', paymentMethodType: 'CARD' },
    orderDetails: { orderId: 'A-1001', orderTotalAmount: 1000, orderCurrency: 'PEN', mode: 'TEST' },
    transactionDetails: {
      parentTransactionUuid: null,
      cardDetails: { ...details, authorizationResponse: { amount: 1000, currency: 'PEN', authorizationNumber: '3fe6b9' } },
    },
    ...changed,
  };
}

/** A refund of the payment. */
export function createCredit(changed: Row = {}): Row {
  return createDebit({
    ...{ uuid: 'c'.repeat(32), operationType: 'CREDIT', amount: 300, transactionDetails: { parentTransactionUuid: uuid } },
    ...{ creationDate: new Date(Date.now()).toISOString(), ...changed },
  });
}

/**
 * What happens to one call: `lost` acts and loses the answer, `lost-before` loses the request, `refused` cannot connect, a text such as
 * `PSP_011` is Lyra's error, an object replaces the answer and acts on nothing, and a function is awaited before the call acts.
 */
export type Event = 'lost' | 'lost-before' | 'refused' | `${'PSP' | 'INT' | 'ACQ'}_${string}` | object | (() => Promise<void>);

type CallName = 'Get' | 'CancelOrRefund' | 'Validate';

interface Body {
  readonly uuid: string;
  readonly orderId: string;
  readonly operationType: string;
  readonly amount: number;
  readonly currency: string;
  readonly resolutionMode: string;
}

const envelope = (status: string, answer: object) => Response.json({ webService: 'any', version: 'V4', status, answer });
const fail = (errorCode: string) => envelope('ERROR', { errorCode, errorMessage: `a text with ${password}` });

/** Lyra's API with the transactions of some orders, from the known facts. It has no idempotency: a repeated refund returns money again. */
export class Lyra {
  readonly rows: Row[];
  /** The next events by call, of calls that move money, and of the queries. */
  readonly script: Partial<Record<CallName, (Event | undefined)[]>> = {};
  readonly calls: (Body & { readonly operation: string; readonly authorization: string })[] = [];
  /** Whether an answer to `Order/Get` lists refunds. */
  listsCredits = true;

  constructor(...rows: Row[]) {
    this.rows = rows;
  }

  /** The bodies of the calls that may have moved money. */
  get moves(): readonly unknown[] {
    return this.calls.filter(({ operation }) => !operation.endsWith('Get')).map(({ operation: _o, authorization: _a, ...body }) => body);
  }

  /** Minor units that Lyra returned. */
  get returned(): number {
    return this.rows.filter(({ operationType }) => operationType === 'CREDIT').reduce((sum, { amount }) => sum + (amount as number), 0);
  }

  readonly fetch = async (url: string, init: RequestInit): Promise<Response> => {
    const request = new Request(url, init);
    const body = (await request.json()) as Body;
    const operation = url.replace('https://api.micuentaweb.pe/api-payment/V4/', '');
    this.calls.push({ ...body, operation, authorization: request.headers.get('Authorization') ?? '' });
    const event = this.script[operation.split('/')[1] as CallName]?.shift();
    if (typeof event === 'function') await event();
    else if (event === 'refused') throw Object.assign(new TypeError('fetch failed'), { cause: { code: 'ECONNREFUSED' } });
    else if (event === 'lost-before') throw new TypeError('fetch failed');
    else if (typeof event === 'object') return envelope('SUCCESS', event);
    else if (event !== undefined && event !== 'lost') return fail(event);
    const answer = this.#act(operation, body);
    if (event === 'lost') throw new TypeError('fetch failed');
    return answer;
  };

  #act(operation: string, body: Body): Response {
    if (operation === 'Order/Get') return this.#list(body);
    const row = this.rows.find((one) => one.uuid === body.uuid);
    if (!row) return fail('PSP_010');
    if (operation === 'Transaction/Get') return envelope('SUCCESS', row);
    if (operation === 'Transaction/Validate')
      return this.#change(row, row.detailedStatus === 'AUTHORISED_TO_VALIDATE', 'PAID', 'AUTHORISED');
    if (body.resolutionMode === 'CANCELLATION_ONLY') return this.#change(row, row.detailedStatus !== 'CAPTURED', 'UNPAID', 'CANCELLED');
    return row.detailedStatus === 'CAPTURED' ? this.#refund(row, body) : fail('PSP_011');
  }

  #list({ orderId, operationType }: Body): Response {
    const found = this.rows.filter(
      (row) => row.operationType === operationType && (row.orderDetails as { orderId?: string } | undefined)?.orderId === orderId,
    );
    const listed = operationType === 'CREDIT' && !this.listsCredits ? [] : found;
    return listed.length > 0 ? envelope('SUCCESS', { transactions: listed, _type: 'V4/OrderTransactions' }) : fail('PSP_010');
  }

  #change(row: Row, isAllowed: boolean, status: string, detailedStatus: string): Response {
    if (!isAllowed) return fail('PSP_011');
    Object.assign(row, { status, detailedStatus });
    return envelope('SUCCESS', row);
  }

  #refund(row: Row, { amount, uuid: parentTransactionUuid }: Body): Response {
    const id = String(this.rows.length).padStart(32, 'd');
    const credit = createCredit({ uuid: id, amount, currency: row.currency, transactionDetails: { parentTransactionUuid } });
    this.rows.push(credit);
    return envelope('SUCCESS', credit);
  }
}

interface ProcessOptions extends Pick<PayEndpointsOptions, 'ledger' | 'orderByReference'> {
  readonly onOutcome?: (outcome: PaymentOutcome) => void;
}

/** Starts a merchant's process, with every operation. */
export function startProcess({ fetch }: Lyra, options: Partial<ProcessOptions> = {}) {
  return createPay({ fetch, operations: createExperimentalOperations(account), ...options });
}

/** Starts the same without `experimental: true`. */
export function startStableProcess({ fetch }: Lyra) {
  return createPay({ fetch, operations: createOperations(account) });
}

/** Starts a process with the keys of production. */
export function startProductionProcess({ fetch }: Lyra) {
  const keys = { password: 'prodpassword_secret', publicKey: `${shopId}:publickey_demo`, hashKey: 'hmac' };
  return createPay({ fetch, environment: 'production', operations: createOperations(createAccount({ shopId, ...keys })) });
}

const account = createAccount({ shopId, password, publicKey: `${shopId}:testpublickey_demo`, hashKey: 'hmac' });

interface PayOptions<Operations> extends Partial<ProcessOptions>, Pick<PayEndpointsOptions, 'fetch'> {
  readonly environment?: 'sandbox' | 'production';
  readonly operations: Operations;
}

function createPay<Operations extends ProviderOperations>({ operations, environment = 'sandbox', ...options }: PayOptions<Operations>) {
  const provider = {
    name: 'micuentaweb',
    environments: [environment],
    createToken: () => Promise.reject(new Error('not part of these tests')),
    verify: () => Promise.reject(new Error('not part of these tests')),
    ...{ operations, capabilities, orderFeatures },
  };
  const order = () => ({ reference: 'A-1001', amount: 1000, currency: 'PEN' });
  return createPayEndpoints({ environment, providers: { micuentaweb: provider }, order, ...options });
}
