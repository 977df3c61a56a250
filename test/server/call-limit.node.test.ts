import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { CheckoutError } from '../../src/state/errors.js';
import { postJson } from '../../src/endpoint/post-json.js';
import { createEndpoints, fakePayme, nonce, secrets, tokenBody } from './fake-payme.js';

/** Milliseconds for one try of a call. */
const tryTimeout = 5_000;
/** Timeouts of tries, requests and the element. All other timers are waits, and take no time here. */
const timeouts = [tryTimeout, 12_000, 15_000];
let endTry = () => {};

/** The maximum number of calls to a provider that element and endpoint together make for one attempt. */
const maxCalls = 6;

type Reply = () => Response | Promise<Response>;
type Call = 'token' | 'nonce';

const respondWith = (code: number, headers = {}) => (() => new Response(null, { status: code, headers })) as Reply;
const goodReplies: Record<Call, Reply> = {
  token: () => Response.json({ action: 'authorize', success: true, access_token: secrets.bearer, expires_in: 8600 }),
  nonce: () => Response.json({ action: 'create.nonce', success: true, nonce, expires_in: 30 }),
};
const hang: Reply = () => new Promise(() => setImmediate(endTry));
const truncate: Reply = () => new Response('{"success": true, "nonce": "ey');

beforeEach(() => {
  // The browser half needs these globals.
  vi.stubGlobal('document', new EventTarget());
  vi.stubGlobal('navigator', { onLine: true });
  vi.stubGlobal('setTimeout', (callback: () => void, ms: number) => {
    if (ms === tryTimeout) endTry = callback;
    if (!timeouts.includes(ms)) queueMicrotask(callback);
  });
});
afterEach(() => {
  vi.unstubAllGlobals();
});

/** Creates an endpoint with a scripted provider. `runAttempt` requests a token as the element does, with all its retries. */
function createShop() {
  const calls: Call[] = [];
  const provider = { reply: (call: Call): Reply => goodReplies[call] };
  const fetch = async (url: string) => {
    const call = new URL(url).pathname.slice(1) as Call;
    calls.push(call);
    return provider.reply(call)();
  };
  const pay = createEndpoints(fakePayme(), { fetch });
  const runAttempt = async () => {
    calls.length = 0;
    const endpoint = new URL('https://shop.example.com/api/pay/token');
    const post = {
      to: 'token',
      endpoint,
      body: tokenBody,
      credentials: 'same-origin',
      signal: new AbortController().signal,
    } as const;
    const ended = postJson({ ...post, send: (url, init) => pay.token(new Request(url, init)) });
    return ended.then(
      () => 'a token',
      ({ code, reason, retryable }: CheckoutError) => `${code} ${reason}, ${retryable ? 'retryable' : 'final'}`,
    );
  };
  return { provider, calls, runAttempt };
}

const disconnect: Reply = () => Promise.reject(new TypeError('fetch failed'));
const failures: [weather: string, reply: Reply, ended: string, cold: { token: number; nonce: number }, warm: number][] = [
  ['500', respondWith(500), 'endpoint http, retryable', { token: 4, nonce: 5 }, 4],
  ['503', respondWith(503), 'endpoint http, retryable', { token: 4, nonce: 5 }, 4],
  ['429', respondWith(429), 'endpoint http, retryable', { token: 4, nonce: 5 }, 4],
  ['429 for 2 s', respondWith(429, { 'Retry-After': '2' }), 'endpoint http, retryable', { token: 4, nonce: 5 }, 4],
  ['429 for 3 s, which is passed on', respondWith(429, { 'Retry-After': '3' }), 'endpoint http, retryable', { token: 2, nonce: 3 }, 2],
  ['429 for a minute', respondWith(429, { 'Retry-After': '60' }), 'endpoint http, retryable', { token: 1, nonce: 2 }, 1],
  ['a network error', disconnect, 'endpoint http, retryable', { token: 4, nonce: 5 }, 4],
  ['no response', hang, 'endpoint http, retryable', { token: 4, nonce: 5 }, 4],
  ['half of a response', truncate, 'endpoint http, retryable', { token: 4, nonce: 5 }, 4],
  ['JSON of another shape', () => Response.json([]), 'endpoint http, retryable', { token: 4, nonce: 5 }, 4],
  ['400', respondWith(400), 'endpoint http, final', { token: 1, nonce: 2 }, 1],
  ['403', respondWith(403), 'endpoint http, final', { token: 1, nonce: 2 }, 1],
  ['401', respondWith(401), 'endpoint http, final', { token: 1, nonce: 2 }, 3],
];

describe('one attempt of the element', () => {
  it.each(failures)('makes few calls while the provider keeps responding with %s', async (_, reply, ended, cold, warm) => {
    for (const call of ['token', 'nonce'] as const) {
      const { provider, calls, runAttempt } = createShop();
      provider.reply = (requested) => (requested === call ? reply : goodReplies[requested]);
      expect(await runAttempt()).toBe(ended);
      expect(calls, `POST /${call}, cold`).toHaveLength(cold[call]);
    }
    const { provider, calls, runAttempt } = createShop();
    expect(await runAttempt()).toBe('a token');
    provider.reply = (requested) => (requested === 'nonce' ? reply : goodReplies[requested]);
    expect(await runAttempt()).toBe(ended);
    expect(calls, 'POST /nonce, warm').toHaveLength(warm);
  });
});

describe('one attempt of the element, for any sequence of responses', () => {
  const kinds = [undefined, respondWith(401), truncate];
  const failed = respondWith(503);

  /** Runs an attempt with these replies and then 503, and explores every other reply for each of the later calls. */
  async function explore(warm: boolean, replies: (Reply | undefined)[], seen: Set<number>): Promise<Set<number>> {
    const { provider, calls, runAttempt } = createShop();
    if (warm) await runAttempt();
    let n = 0;
    provider.reply = (call) => (n < replies.length ? replies[n++] : failed) ?? goodReplies[call];
    await runAttempt();
    seen.add(calls.length);
    for (let length = replies.length; length < calls.length; length += 1) {
      const before = [...replies, ...Array<Reply>(length - replies.length).fill(failed)];
      for (const kind of kinds) await explore(warm, [...before, kind], seen);
    }
    return seen;
  }

  it.each([false, true])(`makes at most ${maxCalls} calls (bearer in the cache: %s)`, async (warm) => {
    expect([...(await explore(warm, [], new Set()))].sort()).toEqual([1, 2, 3, 4, 5, maxCalls]);
  });
});
