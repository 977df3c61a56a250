import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { CheckoutError } from '../../src/state/errors.js';
import { postJson } from '../../src/endpoint/post-json.js';
import { createEndpoints, fakePayme, nonce, secrets, tokenBody } from './fake-payme.js';

/** Milliseconds after which a call is given up. */
const patience = 5_000;
/** And a request. Everything else is a wait, and takes no time here. */
const limits = [patience, 12_000, 15_000];
let giveUp = () => {};

/** The most calls to a provider that both halves together make for one attempt, whatever the weather. */
const most = 6;

type Reply = () => Response | Promise<Response>;
type Call = 'token' | 'nonce';

const status = (code: number, headers = {}) => (() => new Response(null, { status: code, headers })) as Reply;
const good: Record<Call, Reply> = {
  token: () => Response.json({ action: 'authorize', success: true, access_token: secrets.bearer, expires_in: 8600 }),
  nonce: () => Response.json({ action: 'create.nonce', success: true, nonce, expires_in: 30 }),
};
const silent: Reply = () => new Promise(() => setImmediate(giveUp));
const half: Reply = () => new Response('{"success": true, "nonce": "ey');

beforeEach(() => {
  // What the element's half wants of a page.
  vi.stubGlobal('document', new EventTarget());
  vi.stubGlobal('navigator', { onLine: true });
  vi.stubGlobal('setTimeout', (callback: () => void, ms: number) => {
    if (ms === patience) giveUp = callback;
    if (!limits.includes(ms)) queueMicrotask(callback);
  });
});
afterEach(() => {
  vi.unstubAllGlobals();
});

/** A shop whose provider answers as it is told. `attempt` is one of the element's own, with all of its retries. */
function shop() {
  const calls: Call[] = [];
  const provider = { reply: (call: Call): Reply => good[call] };
  const fetch = async (url: string) => {
    const call = new URL(url).pathname.slice(1) as Call;
    calls.push(call);
    return provider.reply(call)();
  };
  const pay = createEndpoints(fakePayme(), { fetch });
  const attempt = async () => {
    calls.length = 0;
    const endpoint = new URL('https://shop.example.com/api/pay/token');
    const post = {
      name: 'token endpoint',
      endpoint,
      body: tokenBody,
      credentials: 'same-origin',
      signal: new AbortController().signal,
    } as const;
    const ended = postJson({ ...post, send: (request) => pay.token(request) });
    return ended.then(
      () => 'a token',
      ({ code, reason, retryable }: CheckoutError) => `${code} ${reason}, ${retryable ? 'retryable' : 'final'}`,
    );
  };
  return { provider, calls, attempt };
}

const down: Reply = () => Promise.reject(new TypeError('fetch failed'));
const weathers: [weather: string, reply: Reply, ended: string, cold: { token: number; nonce: number }, warm: number][] = [
  ['500', status(500), 'endpoint http, retryable', { token: 4, nonce: 5 }, 4],
  ['503', status(503), 'endpoint http, retryable', { token: 4, nonce: 5 }, 4],
  ['429', status(429), 'endpoint http, retryable', { token: 4, nonce: 5 }, 4],
  ['429 for 2 s', status(429, { 'Retry-After': '2' }), 'endpoint http, retryable', { token: 4, nonce: 5 }, 4],
  ['429 for 3 s, which we pass on', status(429, { 'Retry-After': '3' }), 'endpoint http, retryable', { token: 2, nonce: 3 }, 2],
  ['429 for a minute', status(429, { 'Retry-After': '60' }), 'endpoint http, retryable', { token: 1, nonce: 2 }, 1],
  ['nothing, as it cannot be reached', down, 'endpoint http, retryable', { token: 4, nonce: 5 }, 4],
  ['nothing at all', silent, 'endpoint http, retryable', { token: 4, nonce: 5 }, 4],
  ['half of an answer', half, 'endpoint http, retryable', { token: 4, nonce: 5 }, 4],
  ['something else', () => Response.json([]), 'endpoint http, retryable', { token: 4, nonce: 5 }, 4],
  ['400', status(400), 'endpoint http, final', { token: 1, nonce: 2 }, 1],
  ['403', status(403), 'endpoint http, final', { token: 1, nonce: 2 }, 1],
  ['401', status(401), 'endpoint http, final', { token: 1, nonce: 2 }, 3],
];

describe('while a provider goes on to answer', () => {
  it.each(weathers)('%s, one attempt makes few calls, and ends as it should', async (_, reply, ended, cold, warm) => {
    for (const call of ['token', 'nonce'] as const) {
      const { provider, calls, attempt } = shop();
      provider.reply = (asked) => (asked === call ? reply : good[asked]);
      expect(await attempt()).toBe(ended);
      expect(calls, `POST /${call}, cold`).toHaveLength(cold[call]);
    }
    const { provider, calls, attempt } = shop();
    expect(await attempt()).toBe('a token');
    provider.reply = (asked) => (asked === 'nonce' ? reply : good[asked]);
    expect(await attempt()).toBe(ended);
    expect(calls, 'POST /nonce, warm').toHaveLength(warm);
  });
});

describe('whatever a provider answers, call after call,', () => {
  const kinds = [undefined, status(401), half];
  const failed = status(503);

  /** Runs an attempt whose calls are answered so, and then with 503; and, from every call after, each of the other ways to go on. */
  async function explore(warm: boolean, replies: (Reply | undefined)[], seen: Set<number>): Promise<Set<number>> {
    const { provider, calls, attempt } = shop();
    if (warm) await attempt();
    let n = 0;
    provider.reply = (call) => (n < replies.length ? replies[n++] : failed) ?? good[call];
    await attempt();
    seen.add(calls.length);
    for (let length = replies.length; length < calls.length; length += 1) {
      const before = [...replies, ...Array<Reply>(length - replies.length).fill(failed)];
      for (const kind of kinds) await explore(warm, [...before, kind], seen);
    }
    return seen;
  }

  it.each([false, true])(`one attempt makes at most ${most} calls (with a bearer in the cache: %s)`, async (warm) => {
    expect([...(await explore(warm, [], new Set()))].sort()).toEqual([1, 2, 3, 4, 5, most]);
  });
});
