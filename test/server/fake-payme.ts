import { expect, vi } from 'vitest';
import { createPayEndpoints, payme, type Buyer, type Order, type PayEndpoints, type PayEndpointsOptions } from '../../src/server.js';

/** The values that must never leave the backend, and that upstream error bodies quote. Samples from the documentation. */
export const secrets = {
  clientId: 'your_client_id',
  clientSecret: 'your_client_secret',
  bearer: 'eyJhbGciOiJIUzI1NiJ9.bearer',
  body: 'upstream-body-with-personal-data',
};
export const nonce = 'eyJ0eXAiOiJKV1QiLCJhbGciOiJIUzI1NiJ9.nonce';
export const merchantCode = 'your_merchant_code';

export const buyer: Buyer = {
  firstName: 'Lucía',
  lastName: 'Quispe',
  email: 'lucia@example.com',
  phone: { countryCode: '+51', number: '987654321' },
  address: { line1: 'Av. Arequipa 123', city: 'Lima', state: 'Lima', country: 'PE' },
};

export const order: Order = { reference: 'A-1001', amount: 1050, currency: 'PEN', buyer };

/** A status whose body quotes every secret, JSON for a 200, a whole `Response`, or an error with which `fetch` rejects. */
export type ScriptedResponse = number | object | Response | Error;
export interface Call {
  readonly method: string;
  readonly url: string;
  readonly headers: Record<string, string>;
  readonly body: unknown;
  readonly signal: AbortSignal;
  readonly redirect: unknown;
}

const documentedResponses: Record<string, object> = {
  token: { action: 'authorize', success: true, access_token: secrets.bearer, expires_in: 8600, token_type: 'Bearer' },
  nonce: { action: 'create.nonce', success: true, nonce, scope: 'post:charges', expires_in: 30 },
};

/** Pay-me's API as a `fetch`. It answers by the script, then as documented. `hang` never responds, but rejects when aborted. */
export function fakePayme(script: Record<string, (ScriptedResponse | 'hang')[]> = {}) {
  const calls: Call[] = [];
  const queues = new Map(Object.entries(script).map(([name, list]) => [name, [...list]]));
  const fetch = vi.fn(async (url: string, init: RequestInit) => {
    const { signal, redirect } = init as { signal: AbortSignal; redirect: string };
    const body: unknown = typeof init.body === 'string' ? JSON.parse(init.body) : init.body;
    calls.push({ method: init.method ?? '', url, headers: init.headers as Record<string, string>, body, signal, redirect });
    const name = new URL(url).pathname.split('/')[1] ?? '';
    const answer = queues.get(name)?.shift() ?? documentedResponses[name] ?? 500;
    return answer === 'hang' ? await waitForAbort(signal) : toResponse(answer);
  });
  return {
    fetch,
    calls,
    urls: () => calls.map(({ method, url }) => `${method} ${url}`),
    callsTo: (name: string) => calls.filter(({ url }) => url.includes(`/${name}`)),
  };
}

export type FakePayme = ReturnType<typeof fakePayme>;

function toResponse(answer: ScriptedResponse): Response {
  if (answer instanceof Error) throw answer;
  if (answer instanceof Response) return answer;
  if (typeof answer === 'object') return Response.json(answer);
  return Response.json({ message: Object.values(secrets).join(' '), nonce }, { status: answer });
}

export function waitForAbort(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason as Error)));
}

export const credentials = { clientId: secrets.clientId, clientSecret: secrets.clientSecret, merchantCode };

export function createEndpoints(upstream: FakePayme, options: Partial<PayEndpointsOptions> = {}): PayEndpoints {
  return createPayEndpoints({
    environment: 'sandbox',
    providers: { payme: payme(credentials) },
    order: () => order,
    fetch: upstream.fetch,
    ...options,
  });
}

export function createRequest(body: unknown, { headers, ...init }: RequestInit = {}): Request {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const all = { 'Content-Type': 'application/json', ...(headers as Record<string, string>) };
  return new Request('https://shop.example.com/api/pay/token', { method: 'POST', body: text, ...init, headers: all });
}

export const tokenBody = { provider: 'payme', environment: 'sandbox', order: 'A-1001' };

export interface ParsedResponse {
  readonly status: number;
  readonly headers: Headers;
  readonly json: Record<string, unknown>;
}

/** Reads a response, and checks that no part of it contains a secret. */
export async function readResponse(answer: Promise<Response>): Promise<ParsedResponse> {
  const { status, headers, ...rest } = await answer.then(async (response) => ({
    status: response.status,
    headers: response.headers,
    text: await response.text(),
  }));
  const everything = JSON.stringify([status, ...headers]) + rest.text;
  for (const secret of Object.values(secrets)) expect(everything).not.toContain(secret);
  if (status !== 200) expect(everything).not.toContain(nonce);
  expect(headers.get('Cache-Control')).toBe('no-store');
  return { status, headers, json: (rest.text ? JSON.parse(rest.text) : {}) as Record<string, unknown> };
}

/** Waits for a condition over turns of the event loop, in which results of hashing and signing arrive from other threads. */
export async function waitUntil(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setImmediate(resolve));
}

/** Skips back-off delays and disables timeouts. Returns the delays, in ms. */
export function skipDelays(): number[] {
  const waits: number[] = [];
  vi.stubGlobal('setTimeout', (callback: () => void, ms: number) => {
    if (ms > 2000) return 0;
    waits.push(ms);
    queueMicrotask(callback);
    return 0;
  });
  return waits;
}

/** Stops timers and the clock until the test advances them. Hashing continues. */
export function freezeTime(): void {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date', 'performance'] });
}
