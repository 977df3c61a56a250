import { createHash } from 'node:crypto';
import { expect, vi } from 'vitest';
import {
  createPayEndpoints,
  payroc,
  type Order,
  type PayEndpoints,
  type PayEndpointsOptions,
  type PayrocOptions,
} from '../../../../src/server.js';
import { readResponse, type ParsedResponse } from '../../../server/fake-payme.js';

export { createRequest, skipDelays, type ParsedResponse } from '../../../server/fake-payme.js';

/** The values that must never leave the backend. Samples from the documentation, if it has any. */
export const secrets = { apiKey: 'your_api_key', bearer: 'eyJhbGciOiJIUzI1NiJ9.payroc', body: 'upstream-body-with-personal-data' };
export const sessionToken = 'abcdef1234567890abcdef1234567890';
export const singleUseToken =
  'c96cb928e39c34bd05022cd821d2cbba2349f047ce0cef4f77cd2b5762be7608fb7c23e673bf014d58c64672928eb8256e38aa26911a22853143d22dd48ac9aa';
export const terminal = '1234001';

/** The `orderId` of the sale of `order` with `singleUseToken`. */
export const orderId = `OrderRef6543-${createHash('sha256').update(singleUseToken).digest('hex').slice(0, 8)}`;

export const order: Order = { reference: 'OrderRef6543', amount: 4999, currency: 'USD' };

export type ScriptedResponse = number | object | Response | Error;

interface Call {
  readonly method: string;
  readonly url: string;
  readonly headers: Record<string, string>;
  readonly body: unknown;
}

export const session = { processingTerminalId: terminal, token: sessionToken, expiresAt: '2025-07-02T15:30:00.000+02:00' };

/** Creates the response to a sale, as in the documentation's example. */
export function createSale({ order: changed, result, ...top }: { order?: object; result?: object; processingTerminalId?: string } = {}) {
  return {
    paymentId: 'M2MJOG6O2Y',
    processingTerminalId: terminal,
    order: { orderId, dateTime: '2024-07-02T15:30:00Z', amount: 4999, currency: 'USD', ...changed },
    card: { type: 'MasterCard', cardNumber: '453985******7062', entryMethod: 'keyed' },
    transactionResult: {
      type: 'sale',
      status: 'ready',
      approvalCode: 'OK3',
      authorizedAmount: 4999,
      currency: 'USD',
      responseCode: 'A',
      ...result,
    },
    ...top,
  };
}

export const secureToken = {
  secureTokenId: 'MREF_abc1de23-f4a5-6789-bcd0-12e345678901fa',
  processingTerminalId: terminal,
  token: '296753123456',
  status: 'cvvValidated',
};

/** Creates an error in Payroc's RFC 7807 format. Its text quotes every secret. */
export function createProblem(status: number, slug: string, ...messages: string[]): Response {
  const prose = Object.values(secrets).join(' ');
  const errors = [...messages, prose].map((message) => ({ parameter: 'x', detail: prose, message }));
  const body = { type: `https://docs.payroc.com/api/errors#${slug}`, title: prose, status, detail: prose, errors };
  return new Response(JSON.stringify(body), { status, headers: { 'Content-Type': 'application/problem+json' } });
}

const documentedResponses: Record<string, object> = {
  authorize: { access_token: secrets.bearer, expires_in: 3600, scope: 'service_a service_b', token_type: 'Bearer' },
  'hosted-fields-sessions': session,
  payments: createSale(),
  'bank-transfer-payments': createSale(),
  'GET payments': { limit: 100, count: 0, hasMore: false, data: [] },
  'GET bank-transfer-payments': { limit: 100, count: 0, hasMore: false, data: [] },
  'secure-tokens': secureToken,
  'update-account': secureToken,
};

/** Payroc's API as a `fetch`. It answers by the script, then as documented. Lists are empty. A script names them `GET payments`. */
export function fakePayroc(script: Record<string, ScriptedResponse[]> = {}) {
  const calls: Call[] = [];
  const queues = new Map(Object.entries(script).map(([name, list]) => [name, [...list]]));
  const fetch = vi.fn((url: string, init: RequestInit) => {
    const body: unknown = typeof init.body === 'string' ? JSON.parse(init.body) : init.body;
    calls.push({ method: init.method ?? '', url, headers: init.headers as Record<string, string>, body });
    const name = `${init.method === 'GET' ? 'GET ' : ''}${new URL(url).pathname.split('/').at(-1)}`;
    return toResponse(queues.get(name)?.shift() ?? documentedResponses[name] ?? 500);
  });
  return { fetch, calls, callsTo: (name: string) => calls.filter(({ url }) => url.endsWith(`/${name}`)) };
}

export type FakePayroc = ReturnType<typeof fakePayroc>;

function toResponse(answer: ScriptedResponse): Promise<Response> {
  if (answer instanceof Error) return Promise.reject(answer);
  if (answer instanceof Response) return Promise.resolve(answer);
  if (typeof answer === 'object') return Promise.resolve(Response.json(answer, { status: 201 }));
  return Promise.resolve(Response.json({ message: Object.values(secrets).join(' ') }, { status: answer }));
}

export const options: PayrocOptions = { apiKey: secrets.apiKey, processingTerminalId: terminal };

export function createEndpoints(
  upstream: FakePayroc,
  changed: Partial<PayrocOptions> = {},
  rest: Partial<PayEndpointsOptions> = {},
): PayEndpoints {
  const providers = { payroc: payroc({ ...options, ...changed }) };
  return createPayEndpoints({ environment: 'sandbox', providers, order: () => order, fetch: upstream.fetch, ...rest });
}

export const tokenBody = { provider: 'payroc', environment: 'sandbox', order: 'A-1001' };

export function createOutcomeBody(token: unknown = singleUseToken): object {
  const result = { provider: 'payroc', singleUseToken: token, raw: { token, expiresAt: '2024-05-18T23:17:34.844Z' } };
  return { ...tokenBody, attempt: 1, result };
}

/** Reads a response, and checks that no part of it contains a secret. */
export async function readPayrocResponse(answer: Promise<Response>): Promise<ParsedResponse> {
  const result = await readResponse(answer);
  const everything = JSON.stringify([result.json, ...result.headers]);
  for (const secret of Object.values(secrets)) expect(everything).not.toContain(secret);
  return result;
}
