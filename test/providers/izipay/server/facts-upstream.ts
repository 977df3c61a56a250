import { vi } from 'vitest';
import { createPayEndpoints, izipay, type Payment, type PayEndpointsOptions } from '../../../../src/server.js';
import { account, order } from './fake-izipay.js';

/** The payment of the documentation's example, as the merchant stored it. */
export const payment = {
  provider: 'izipay',
  environment: 'sandbox',
  order: order.reference,
  id: 'A1001ABCDEFGHI',
  transactionId: '16881500822750',
  amount: 1500,
  currency: 'PEN',
  uniqueId: '1286141',
  referenceNumber: '7000000',
  authorizationCode: 'S65892',
  payMethod: 'CARD',
  paidAt: '2024-03-07T11:20:34-05:00',
} as const satisfies Payment;

export const hold = { ...payment, processType: 'PA' } as const;

/** The payment as `onToken` received it. */
export const issued: Payment<'izipay'> = {
  ...{ provider: 'izipay', environment: 'sandbox', order: order.reference, id: payment.id },
  ...{ transactionId: payment.transactionId, amount: 1500, currency: 'PEN' },
};

/** The day of the payment in Lima, in the afternoon. */
export const afternoon = Date.parse('2024-03-07T15:00:00-05:00');

/** One payment of Izipay's answer to a query, with the fields that three merchants' code reads. */
export const listed = {
  ...{ orderNumber: payment.id, uniqueId: '1286141', referenceNumber: '7000000', codeAuth: 'S65892', amount: '15.00', currency: 'PEN' },
  ...{ payMethodAuthorization: 'CARD', dateTransaction: '20240307', timeTransaction: '112034', stateMessage: 'Autorizado' },
};

export interface Sent {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Readonly<Record<string, unknown>>;
}

/**
 * What happens to one call: `lost` acts and loses the answer, `refused` cannot connect, a number is the status of an answer that did nothing,
 * an object is such an answer with status 200, and a function is awaited before the call acts.
 */
export type Event = 'lost' | 'refused' | number | object | (() => Promise<void>);

type CallName = 'Generate' | 'Search' | 'Cancel' | 'Deposit';

/**
 * Izipay's API as a `fetch`, written from the known facts. A call needs a session token, and the `transactionId` to which that token is
 * bound. It has no idempotency: a repeated annulment or capture acts again. Its query shows neither.
 */
export function createUpstream(found: unknown = [listed], script: Partial<Record<CallName, (Event | undefined)[]>> = {}) {
  const sent: Sent[] = [];
  const acted: CallName[] = [];
  const tokens = new Map<string, string>();
  const answers: Record<CallName, (one: Sent) => object> = {
    Generate({ headers }) {
      const token = `session-token-${tokens.size + 1}`;
      tokens.set(token, headers.transactionid!);
      return { code: '00', message: 'OK', response: { token } };
    },
    Search: () => ({ code: '00', message: 'OK', response: { order: found, card: { pan: '497010******0055' } } }),
    Cancel: () => ({ code: '00', response: { result: { uniqueIdCancel: '1286999', authorizationCodeCancel: 'T90261' } } }),
    Deposit: () => ({ code: '00', header: { millis: 7 }, response: { result: { uniqueId: '1286888', batchNumber: '12' } } }),
  };
  const fetch = vi.fn(async (url: string, init: RequestInit) => {
    const request = new Request(url, init);
    const one: Sent = {
      ...{ method: request.method, url, headers: Object.fromEntries(request.headers) },
      body: (await request.json()) as Record<string, unknown>,
    };
    sent.push(one);
    const name = new URL(url).pathname.split('/').at(-1) as CallName;
    const event = script[name]?.shift();
    if (typeof event === 'function') await event();
    if (event === 'refused') throw Object.assign(new TypeError('fetch failed'), { cause: { code: 'ECONNREFUSED' } });
    if (typeof event === 'number') return new Response(JSON.stringify(account), { status: event });
    if (typeof event === 'object') return Response.json(event);
    const [, token = ''] = /^Bearer (.+)$/.exec(one.headers.authorization ?? '') ?? [];
    if (name !== 'Generate' && tokens.get(token) !== one.headers.transactionid) return new Response('{}', { status: 401 });
    const answer = answers[name](one);
    if (name === 'Cancel' || name === 'Deposit') acted.push(name);
    if (event === 'lost') throw new TypeError('fetch failed');
    return Response.json(answer);
  });
  return { fetch, sent, acted, names: () => sent.map(({ url }) => new URL(url).pathname.split('/').at(-1)) };
}

export type Upstream = ReturnType<typeof createUpstream>;

export function createPay({ fetch }: Pick<Upstream, 'fetch'>, options: Partial<PayEndpointsOptions<'izipay'>> = {}) {
  return createPayEndpoints({
    environment: 'sandbox',
    order: () => order,
    fetch,
    ...options,
    providers: { izipay: izipay({ ...account, experimental: true }) },
  });
}
