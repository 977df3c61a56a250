import { request } from 'node:http';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createStandIns, paymeCards, type StandIns } from '../../src/testing.js';
import { payWithFlex } from '../testing/payme/support.js';
import type { Json } from '../testing/support.js';
import { bundleWorker, runInWorkerd, runOnNode, type Running } from './runtimes.js';
import { extract, type Snippets } from './snippets.js';

const realFetch = fetch;
const env = { PAYME_CLIENT_ID: 'your_client_id', PAYME_CLIENT_SECRET: 'your_client_secret', PAYME_MERCHANT_CODE: 'your_merchant_code' };
const worker = 'worker, in workerd';
const origin = 'https://shop.example.com';
const tokenBody = { provider: 'payme', environment: 'sandbox', order: 'A-1001' };

/** Provider of the test that runs; each has its own. */
let standIns: StandIns;
let snippets: Snippets;
let calls: { url: string; signal: AbortSignal }[];

const toStandIns = async (url: string, init: RequestInit): Promise<Response> => {
  calls.push({ url, signal: init.signal! });
  return url.startsWith('https://records.example.com/') ? new Response() : standIns.fetch(url, init);
};
const callsOf = (name: string) => calls.filter(({ url }) => url.endsWith(`/${name}`));

/** Holds back the calls to the provider that have `part` in their address. */
function gateAt(part: string) {
  const { fetch } = standIns;
  const reached: string[] = [];
  let open = () => {};
  const opened = new Promise<void>((resolve) => (open = resolve));
  const held: typeof fetch = async (url, init) => {
    if ((url as string).includes(part)) {
      reached.push(part);
      await opened;
    }
    return fetch(url, init);
  };
  standIns = { ...standIns, fetch: held };
  return { open, isReached: () => reached.length > 0 };
}

beforeEach(() => {
  standIns = createStandIns();
  calls = [];
  // New files, so that each test has a process of its own, as it were.
  snippets = extract('docs/backend.md');
});
afterEach(() => snippets.remove());

function post(url: string, body: unknown, { headers, ...init }: RequestInit = {}): Promise<Response> {
  const all = { 'Content-Type': 'application/json', Cookie: 'visitor=visitor-1', ...(headers as object) };
  return realFetch(url, { method: 'POST', body: typeof body === 'string' ? body : JSON.stringify(body), ...init, headers: all });
}

/** Posts, to leave before the answer has come: by a reset, which every runtime notices; workerd takes no other sign. */
function postToLeave(url: string, body: object): () => void {
  const headers = { 'Content-Type': 'application/json', Cookie: 'visitor=visitor-1' };
  const asking = request(url, { method: 'POST', headers }).on('error', () => {});
  asking.end(JSON.stringify(body));
  return () => void asking.socket?.resetAndDestroy();
}

async function problemOf(answer: Promise<Response>) {
  const response = await answer;
  expect(response.headers.get('Content-Type')).toBe('application/problem+json');
  const { type, detail, retryable } = (await response.json()) as { type: string; detail: string; retryable: boolean };
  return { status: response.status, type: type.split(':').at(-1), detail, retryable };
}

const until = (condition: () => boolean) => vi.waitUntil(condition, { timeout: 50_000, interval: 5 });

/** What every backend does, whatever runs it. */
function describeBackend(name: string, run: () => Promise<Running>) {
  describe(name, () => {
    let backend: Running;
    const token = (body: unknown = tokenBody, init?: RequestInit) => post(`${backend.url}/api/pay/token`, body, init);

    // A new one for each test: a bearer of one stand-in is no good at another.
    beforeEach(async () => {
      for (const [key, value] of Object.entries(env)) vi.stubEnv(key, value);
      vi.stubGlobal('fetch', toStandIns);
      backend = await run();
    });
    afterEach(async () => {
      await backend.close();
      vi.unstubAllEnvs();
      vi.unstubAllGlobals();
    });

    it('hands out a token for an order of this visitor', async () => {
      const answer = await token();
      expect(answer.status).toBe(200);
      expect(answer.headers.get('Cache-Control')).toBe('no-store');
      expect(await answer.json()).toMatchObject({
        token: expect.any(String) as string,
        expiresIn: 30,
        provider: 'payme',
        config: { payload: { payment_details: { amount: '1050', currency: '604' } } },
      });
    });

    it('says what came of a payment', async () => {
      const raw = { merchant_operation_number: '123456789012', transaction: { transaction_id: '1' } };
      const answer = await post(`${backend.url}/api/pay/outcome`, { ...tokenBody, attempt: 1, result: { provider: 'payme', raw } });
      expect(await answer.json()).toEqual({ outcome: 'pending' });
    });

    /** A shopper pays; what their page would tell of it. */
    const payFor = async (order: string) => {
      const opened = (await (await token({ ...tokenBody, order })).json()) as Json;
      const raw = await payWithFlex(standIns, opened, paymeCards.approved);
      return { ...tokenBody, order, attempt: 1, result: { provider: 'payme', raw } };
    };
    const outcome = (body: object) => post(`${backend.url}/api/pay/outcome`, body);

    it('confirms that an order is paid, and a second one after it', async () => {
      for (const order of ['A-1001', 'A-1004']) {
        const answer = await outcome(await payFor(order));
        expect(await answer.json()).toEqual({ outcome: 'paid' });
        expect(callsOf(order)).toHaveLength(1);
      }
    });

    it('has an order fulfilled although its shopper leaves before the provider has answered', async () => {
      const body = await payFor('A-1001');
      const gate = gateAt('/charges/');
      const leave = postToLeave(`${backend.url}/api/pay/outcome`, body);
      await until(gate.isReached);
      leave();
      // By the time that those who ask after it have been served, the backend has heard that the first one left.
      for (let n = 0; n < 5; n += 1) expect((await token({ ...tokenBody, order: 'A-9' })).status).toBe(404);
      gate.open();
      await until(() => callsOf('A-1001').length === 1);
    });

    it('answers that an order is paid instead of a token, and goes on to say that it is', async () => {
      const paid = { ...tokenBody, order: 'A-1003' };
      expect(await (await token(paid)).json()).toEqual({ outcome: 'paid' });
      const raw = { merchant_operation_number: '123456789012', transaction: { transaction_id: '1' } };
      const answer = await post(`${backend.url}/api/pay/outcome`, { ...paid, attempt: 1, result: { provider: 'payme', raw } });
      expect(answer.status).toBe(200);
    });

    it('refuses what cannot be served, and says why', async () => {
      expect(await problemOf(token({ ...tokenBody, order: 'A-9' }))).toMatchObject({ status: 404, type: 'refused', retryable: false });
      expect(await problemOf(token({ ...tokenBody, order: undefined }))).toMatchObject({ status: 404, type: 'refused' });
      expect(await problemOf(token(tokenBody, { headers: { Cookie: 'visitor=another' } }))).toMatchObject({ status: 404 });
      expect(await problemOf(token({ ...tokenBody, order: 'A-1002' }))).toMatchObject({
        status: 422,
        type: 'invalid',
        detail: 'Sold out.',
      });
      expect(await problemOf(token({ ...tokenBody, environment: 'production' }))).toMatchObject({ status: 422, type: 'mismatch' });
      expect(await problemOf(token({ ...tokenBody, provider: 'izipay' }))).toMatchObject({ status: 422, type: 'mismatch' });
      expect(await problemOf(token('{"provider":'))).toMatchObject({ status: 422, type: 'request' });
      expect(await problemOf(token('a=1', { headers: { 'Content-Type': 'application/x-www-form-urlencoded' } }))).toMatchObject({
        status: 415,
      });
      expect(await problemOf(token({ ...tokenBody, more: 'x'.repeat(17_000) }))).toMatchObject({ status: 413, type: 'too-large' });
      expect(await problemOf(realFetch(`${backend.url}/api/pay/token`))).toMatchObject({ status: 405, type: 'method' });
      expect((await post(`${backend.url}/api/pay/other`, {})).status).toBe(404);
      expect(calls).toEqual([]);
    });

    it('lets pages of the listed origin in, and no others', async () => {
      const preflight = (from: string) =>
        realFetch(`${backend.url}/api/pay/token`, {
          method: 'OPTIONS',
          headers: { Origin: from, 'Access-Control-Request-Method': 'POST' },
        });
      const [ours, another] = [await preflight(origin), await preflight('https://evil.example')];
      expect([ours.status, ours.headers.get('Access-Control-Allow-Origin')]).toEqual([204, origin]);
      expect([another.status, another.headers.get('Access-Control-Allow-Origin')]).toEqual([204, null]);
      const answer = await token(tokenBody, { headers: { Origin: origin } });
      expect([answer.headers.get('Access-Control-Allow-Origin'), answer.headers.get('Vary')]).toEqual([origin, 'Origin']);
    });

    it('asks for one bearer, however many ask it at the same time', async () => {
      const answers = await Promise.all(Array.from({ length: 100 }, () => token()));
      expect(answers.map(({ status }) => status)).toEqual(Array(100).fill(200));
      await Promise.all(answers.map((answer) => answer.text()));
      expect([callsOf('token'), callsOf('nonce')].map(({ length }) => length)).toEqual([1, 100]);
    });

    // Outside workerd, a test cannot see what happens to a call whose request was cancelled.
    if (name !== worker)
      it('ends its call to the provider when the shopper leaves', async () => {
        standIns.payme.faults.nonce = 'hang';
        const leaving = new AbortController();
        const answer = token(tokenBody, { signal: leaving.signal }).catch(() => 'left');
        await until(() => callsOf('nonce').length === 1);
        leaving.abort();
        expect(await answer).toBe('left');
        await until(() => callsOf('nonce')[0]!.signal.aborted);
        expect(callsOf('nonce')).toHaveLength(1);
      });

    it('goes on for those who wait for the bearer with one who leaves', async () => {
      const gate = gateAt('/token');
      const leave = postToLeave(`${backend.url}/api/pay/token`, tokenBody);
      await until(gate.isReached);
      const others = [token(), token()];
      // They are on their way as soon as something that was sent after them has come back.
      await token({ ...tokenBody, order: 'A-9' });
      leave();
      await token({ ...tokenBody, order: 'A-9' });
      gate.open();
      expect((await Promise.all(others)).map(({ status }) => status)).toEqual([200, 200]);
    });
  });
}

for (const name of ['node', 'express', 'hono', 'fastify']) describeBackend(name, () => runOnNode(snippets.path(`${name}.ts`)));
let script: Promise<string> | undefined;
describeBackend(worker, async () => runInWorkerd(await (script ??= bundleWorker(snippets.path('worker.ts'))), env, toStandIns));

describe('docs/backend.md', () => {
  beforeEach(() => {
    for (const [key, value] of Object.entries(env)) vi.stubEnv(key, value);
  });
  afterEach(() => {
    vi.unstubAllEnvs();
    vi.unstubAllGlobals();
  });

  it('has a rate limit that stops who asks too often, and says to pages elsewhere, too, how long to wait', async () => {
    const limited = await runOnNode(snippets.path('limited.ts'));
    try {
      const ask = (from = origin) => post(`${limited.url}/api/pay/token`, { ...tokenBody, order: 'A-9' }, { headers: { Origin: from } });
      const granted = ({ status, headers }: Response) => [status, headers.get('Access-Control-Allow-Origin')];
      for (let n = 0; n < 20; n += 1) expect(granted(await ask())).toEqual([404, origin]);
      const stopped = await ask();
      expect(granted(stopped)).toEqual([429, origin]);
      expect(Number(stopped.headers.get('Retry-After'))).toBeGreaterThan(0);
      expect(stopped.headers.get('Access-Control-Expose-Headers')).toContain('Retry-After');
      expect(stopped.headers.get('Access-Control-Allow-Credentials')).toBe('true');
      expect(granted(await ask('https://evil.example'))).toEqual([429, null]);
      const preflight = { method: 'OPTIONS', headers: { Origin: origin, 'Access-Control-Request-Headers': 'content-type' } };
      const allowed = await realFetch(`${limited.url}/api/pay/token`, preflight);
      expect(granted(allowed)).toEqual([204, origin]);
      expect(allowed.headers.get('Access-Control-Allow-Headers')?.toLowerCase()).toBe('content-type');
    } finally {
      await limited.close();
    }
  });

  it('has a route handler for Next.js that serves both methods', async () => {
    vi.stubGlobal('fetch', toStandIns);
    const route = (await import(snippets.path('app/api/pay/token/route.ts'))) as Record<
      'POST' | 'OPTIONS',
      (request: Request) => Promise<Response>
    >;
    const headers = { 'Content-Type': 'application/json', Cookie: 'visitor=visitor-1', Origin: origin };
    const request = (method: string, body?: string) => new Request(`${origin}/api/pay/token`, { method, headers, body });
    expect((await route.OPTIONS(request('OPTIONS'))).status).toBe(204);
    expect((await route.POST(request('POST', JSON.stringify(tokenBody)))).status).toBe(200);
  });
});
