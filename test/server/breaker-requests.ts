import { vi } from 'vitest';
import { createPayEndpoints, Problem, type OrderInput, type PayEvent, type ServerProvider } from '../../src/server.js';
import { deferred } from '../support/deferred.js';
import { createRequest, freezeTime, order, readResponse, waitUntil } from './fake-payme.js';

/** The response to a page with a fallback while the provider is down. */
export const down = { status: 503, type: 'provider-down', retryable: false };
export const issued = { status: 200, token: 'session-token' };
export const withFallback = { fallback: true };

type CreateToken = ServerProvider['createToken'];
const succeed: CreateToken = () => Promise.resolve({ token: 'session-token' });
export const fail = (): ReturnType<CreateToken> => Promise.reject(new Problem('upstream-failed', 'Own POST /session returned 500.'));

export const lookUp = vi.fn((): OrderInput | Promise<OrderInput> => order);
export const onToken = vi.fn();
/** The calls to the provider `first`, which succeed unless a test says otherwise. */
export const createToken = vi.fn<CreateToken>(succeed);
export const fetch = vi.fn<(url: string, init: RequestInit) => Promise<Response>>();
export let events: PayEvent[] = [];
let pay: ReturnType<typeof createEndpoints>;

function createProvider(name: string, create: CreateToken): ServerProvider {
  return { name, environments: ['sandbox'], createToken: create, verify: () => Promise.reject(new Error('unexpected outcome request')) };
}

function createEndpoints() {
  const providers = { first: createProvider('first', createToken), second: createProvider('second', succeed) };
  const onEvent = (event: PayEvent) => void events.push(event);
  return createPayEndpoints({ environment: 'sandbox', providers, order: lookUp, onToken, onEvent, fetch });
}

/** Stops the clock, and creates new endpoints, whose providers work. */
export function reset(): void {
  freezeTime();
  createToken.mockReset().mockImplementation(succeed);
  lookUp.mockReset().mockImplementation(() => order);
  onToken.mockReset();
  fetch.mockReset();
  events = [];
  pay = createEndpoints();
}

/** Requests a token, and returns what the response says. */
export async function request(body: object = {}, init?: RequestInit) {
  const answer = await readResponse(pay.token(createRequest({ provider: 'first', environment: 'sandbox', ...body }, init)));
  const { type, retryable, token } = answer.json as { readonly type?: string; readonly retryable?: boolean; readonly token?: string };
  const problem = type && { type: type.replace('urn:pay-checkout:problem:', ''), retryable };
  return { status: answer.status, ...problem, ...(token && { token }) };
}

export const requestWithFallback = () => request(withFallback);

/** Fails token requests, three by default, which open the breaker. */
export async function failTokens(count = 3): Promise<void> {
  createToken.mockImplementation(fail);
  for (let n = 0; n < count; n++) await request();
  createToken.mockReset().mockImplementation(succeed);
}

/** Starts a request that reaches the provider, which settles it by hand. */
export async function startRequest(body: object = {}, init?: RequestInit) {
  const pending = deferred<Awaited<ReturnType<CreateToken>>>();
  const count = createToken.mock.calls.length;
  createToken.mockImplementationOnce(() => pending.promise);
  const answer = request(body, init);
  await waitUntil(() => createToken.mock.calls.length > count);
  return { ...pending, answer };
}

/** The states that the breakers have reported. */
export const listStates = () => events.flatMap(({ phase, state }) => (phase === 'breaker' ? [state] : []));
