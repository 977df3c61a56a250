import { createHmac } from 'node:crypto';
import { vi } from 'vitest';
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
