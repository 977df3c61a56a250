import { createHmac } from 'node:crypto';
import { vi } from 'vitest';
import { createOrderNumber } from '../../../../src/providers/izipay/server/order-number.js';
import { createPayEndpoints, izipay, type Order, type PayEndpoints, type PayEndpointsOptions } from '../../../../src/server.js';
import { buyer } from '../../../server/fake-payme.js';

export { createRequest } from '../../../server/fake-payme.js';

/** The seed's sample values. The seed has none for the keys. */
export const account = {
  merchantCode: '4007701',
  publicKey: 'VErethUtraQuxas57wuMuquprADrAHAb',
  hashKey: 'hash-key-made-in-this-test',
  keyRSA: 'rsa-key-made-in-this-test',
};

/** `exp - iat` is 900 s. */
export const token = createJwt({ iat: 1_763_000_000, exp: 1_763_000_900 });

export const order: Order = {
  reference: 'A-1001',
  amount: 1500,
  currency: 'PEN',
  buyer: { ...buyer, phone: { countryCode: '+51', number: '987 654 321' } },
};

export const tokenBody = { provider: 'izipay', environment: 'sandbox', order: 'A-1001' };

export interface Call {
  readonly url: string;
  readonly method: string | undefined;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Readonly<Record<string, string>>;
}

/** Izipay's API as a `fetch` with the same response to every call. */
export function fakeIzipay(answer: object | number = { code: '00', message: 'OK', response: { token } }) {
  const calls: Call[] = [];
  const fetch = vi.fn((url: string, { method, headers, body }: RequestInit) => {
    calls.push({ url, method, headers: headers as Record<string, string>, body: JSON.parse(body as string) as Record<string, string> });
    return Promise.resolve(typeof answer === 'number' ? new Response(JSON.stringify(account), { status: answer }) : Response.json(answer));
  });
  return { fetch, calls };
}

export type FakeIzipay = ReturnType<typeof fakeIzipay>;

export function createEndpoints(upstream: FakeIzipay, options: Partial<PayEndpointsOptions> = {}): PayEndpoints {
  return createPayEndpoints({
    environment: 'sandbox',
    providers: { izipay: izipay(account) },
    order: () => order,
    fetch: upstream.fetch,
    ...options,
  });
}

export interface ParsedResponse {
  readonly status: number;
  readonly text: string;
  readonly json: Record<string, unknown>;
}

export async function readResponse(answer: Promise<Response>): Promise<ParsedResponse> {
  const response = await answer;
  const text = await response.text();
  return { status: response.status, text, json: JSON.parse(text) as Record<string, unknown> };
}

export function createJwt(claims: object): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  return `${part({ alg: 'HS256', typ: 'JWT' })}.${part(claims)}.signature`;
}

export function sign(text: string, key = account.hashKey): string {
  return createHmac('sha256', key).update(text).digest('base64');
}

/** Changes to the documentation's example. A field that is `undefined` is left out. */
export interface ResultChanges {
  readonly code?: unknown;
  readonly transactionId?: unknown;
  readonly action?: string;
  /** Fields of `response.order[0]`. */
  readonly payment?: object;
  /** Fields of `response`, beside the payment or in its place. */
  readonly response?: object;
}

/** The documentation's example of a result ("Validación de firma"), for the order of these tests. */
export async function createPayload({ payment, response, ...changes }: ResultChanges = {}, reference = order.reference): Promise<string> {
  return JSON.stringify({
    ...{ code: '00', message: 'OK', messageUser: 'Operación exitosa', messageUserEng: 'Successful', transactionId: '16881500822750' },
    response: {
      payMethod: 'CARD',
      order: [
        {
          ...{ payMethodAuthorization: 'CARD', codeAuth: 'S65892', currency: 'PEN', amount: '15.00', installment: '00', deferred: '0' },
          ...{ orderNumber: await createOrderNumber(account.hashKey, reference), stateMessage: 'Autorizado' },
          ...{ dateTransaction: '20240307', timeTransaction: '112034', uniqueId: '1286141', referenceNumber: '7000000' },
          ...payment,
        },
      ],
      card: { brand: 'VS', pan: '497010******0055', save: 'false' },
      billing: {},
      merchant: { merchantCode: account.merchantCode, facilitatorCode: '' },
      token: { merchantBuyerId: 'buyer-7', cardToken: '', alias: '' },
      authentication: { result: '' },
      customFields: [],
      ...response,
    },
    ...changes,
  });
}

/** What the form reports, and Izipay posts: the signed text beside its signature. */
export function signResult(payloadHttp: string, key?: string) {
  return { code: '00', payloadHttp, signature: sign(payloadHttp, key) };
}

export const createSignedResult = async (...changes: Parameters<typeof createPayload>) => signResult(await createPayload(...changes));

/** The documentation's example of a result after `action: 'register'`: no number of a charge. */
export const registration: ResultChanges = {
  payment: { codeAuth: '', uniqueId: '', referenceNumber: '', installment: '', amount: '0.00' },
  response: {
    card: { brand: 'VS', pan: '497010******0055', save: 'true' },
    token: { merchantBuyerId: 'buyer-7', cardToken: '4e5e7a52', alias: '' },
  },
};
