import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { hosts } from '../../../src/providers/payroc/contract.js';
import { createPayEndpoints, payroc } from '../../../src/server.js';
import { createPayrocApi, type PayrocApi } from '../../../src/testing/payroc/api.js';
import { payrocCards } from '../../../src/testing/payroc/cards.js';
import type { Json } from '../../../src/testing/http.js';
import type { PayrocApiFaults } from '../../../src/testing/payroc/faults.js';
import { read } from '../support.js';
import {
  bankUrl,
  bearer,
  call,
  gatewayUrl,
  key,
  paymentsUrl,
  post,
  saleBody,
  sandbox,
  session,
  sessionBody,
  sessionsUrl,
  singleUse,
  terminalUrl,
} from './support.js';

let clock: number;
let api: PayrocApi;

beforeEach(() => {
  clock = Date.UTC(2026, 2, 26);
  api = createPayrocApi({ now: () => clock });
});

afterEach(() => vi.useRealTimers());

const pass = (seconds: number): void => void (clock += seconds * 1000);
const status = async (answer: Promise<Response>): Promise<number> => (await answer).status;
const slug = async (answer: Promise<Response>): Promise<string | undefined> => String((await read(answer)).type).split('#')[1];
const open = (token: string) => api.fetch(gatewayUrl(token, 'configuration'));

describe('POST /authorize', () => {
  it('issues a bearer token for one hour for an API key without a request body', async () => {
    const answer = await api.fetch(`${sandbox.identity}/authorize`, { method: 'POST', headers: { 'x-api-key': 'your_api_key' } });
    const expected = { access_token: expect.any(String) as string, expires_in: 3600, token_type: 'Bearer' };
    expect(await answer.json()).toMatchObject(expected);
  });

  it('refuses a wrong or missing API key', async () => {
    for (const headers of [{ 'x-api-key': 'another' }, {}] as Record<string, string>[]) {
      expect(await status(api.fetch(`${sandbox.identity}/authorize`, { method: 'POST', headers }))).toBe(401);
    }
  });
});

describe('POST …/hosted-fields-sessions', () => {
  it('returns exactly the documented response', async () => {
    const answer = await call(api.fetch, sessionsUrl, sessionBody);
    expect(answer.status).toBe(201);
    expect(answer.headers.get('location')).toContain('/hosted-fields-sessions/');
    expect(await answer.json()).toEqual({
      processingTerminalId: '1234001',
      token: expect.stringMatching(/^[\da-f]{32}$/) as string,
      expiresAt: new Date(clock + 600_000).toISOString(),
    });
  });

  it.each<[string, object, number, string]>([
    ['another version of the library', { libVersion: '1.6.0.172429' }, 400, 'bad-request'],
    ["the other environment's version", { libVersion: hosts.production.libVersion }, 400, 'bad-request'],
    ['another scenario', { scenario: 'sale' }, 400, 'bad-request'],
  ])('refuses %s', async (_, changes, expected, name) => {
    const answer = await call(api.fetch, sessionsUrl, { ...sessionBody, ...changes });
    expect([answer.status, answer.headers.get('content-type')]).toEqual([expected, 'application/problem+json']);
    expect(await slug(Promise.resolve(answer))).toBe(name);
  });

  it('refuses a missing or expired bearer token and another terminal', async () => {
    expect(await status(post(api.fetch, sessionsUrl, sessionBody))).toBe(401);
    const Authorization = `Bearer ${await bearer(api.fetch)}`;
    pass(3600);
    expect(await status(post(api.fetch, sessionsUrl, sessionBody, { Authorization }))).toBe(401);
    expect(await status(call(api.fetch, sessionsUrl.replace('1234001', '9999'), sessionBody))).toBe(403);
  });

  it('refuses a body that is not a JSON object or has another content type', async () => {
    const Authorization = `Bearer ${await bearer(api.fetch)}`;
    const send = (body: string, type: string) =>
      api.fetch(sessionsUrl, {
        method: 'POST',
        body,
        headers: { Authorization, 'Content-Type': type, 'Idempotency-Key': crypto.randomUUID() },
      });
    expect(await status(send('{', 'application/json'))).toBe(400);
    expect(await status(send('[]', 'application/json'))).toBe(400);
    expect(await status(send('{}', 'text/plain'))).toBe(415);
  });
});

describe('createPayrocApi: the Idempotency-Key', () => {
  const create = (changes: Record<string, string | undefined>, body: object = sessionBody, url = sessionsUrl) =>
    call(api.fetch, url, body, changes);

  it('must be present and a version 4 UUID', async () => {
    expect(await slug(create({ 'Idempotency-Key': undefined }))).toBe('idempotency-key-missing');
    expect(await slug(create({ 'Idempotency-Key': '1' }))).toBe('bad-request');
    expect(await slug(create({ 'Idempotency-Key': '8e03978e-40d5-13e8-bc93-6894a57f9324' }))).toBe('bad-request');
  });

  it('returns the first session, even an expired one, for seven days', async () => {
    const first = await read(create({ 'Idempotency-Key': key }));
    pass(7 * 24 * 3600 - 1);
    expect(await read(create({ 'Idempotency-Key': key }))).toEqual(first);
    expect(await status(open(String(first.token)))).toBe(401);
    pass(1);
    expect((await read(create({ 'Idempotency-Key': key }))).token).not.toBe(first.token);
  });

  it('returns the first session when a server has replaced the global Response', async () => {
    vi.stubGlobal('Response', class extends Response {});
    try {
      const first = await read(create({ 'Idempotency-Key': key }));
      expect(await read(create({ 'Idempotency-Key': key }))).toEqual(first);
    } finally {
      vi.unstubAllGlobals();
    }
  });

  it('is in use for another body and for another URL', async () => {
    await create({ 'Idempotency-Key': key });
    const other = { ...sessionBody, scenario: 'tokenization' };
    expect(await slug(create({ 'Idempotency-Key': key }, other))).toBe('idempotency-key-in-use');
    expect(await status(create({ 'Idempotency-Key': key }, sessionBody, paymentsUrl))).toBe(409);
  });

  it('can be used again after a refusal', async () => {
    expect(await status(create({ 'Idempotency-Key': key }, { ...sessionBody, scenario: 'x' }))).toBe(400);
    expect(await status(create({ 'Idempotency-Key': key }))).toBe(201);
  });
});

describe('createPayrocApi: a session', () => {
  it('opens a form until it is 10 minutes old and then returns 401', async () => {
    const token = await session(api.fetch);
    pass(599);
    expect(await status(open(token))).toBe(200);
    pass(1);
    expect(await status(open(token))).toBe(401);
    expect(await status(post(api.fetch, gatewayUrl(token, 'fields'), {}))).toBe(401);
    expect(await status(post(api.fetch, gatewayUrl(token, 'single-use-tokens'), {}))).toBe(401);
  });

  it('is refused as invalid when it is unknown', async () => {
    const answer = await open('abcdef1234567890');
    expect([answer.status, (await read(answer)).errors]).toEqual([
      400,
      [expect.objectContaining({ message: "'hostedFieldsSessionId' supplied is invalid" })],
    ]);
  });

  it('is refused in the other environment', async () => {
    const token = await session(api.fetch);
    expect(await status(api.fetch(gatewayUrl(token, 'configuration').replace('testpayments', 'payments')))).toBe(400);
  });

  it('issues a single-use token once it has all fields and reports the surcharge of a card', async () => {
    const token = await session(api.fetch);
    expect(await status(post(api.fetch, gatewayUrl(token, 'single-use-tokens'), {}))).toBe(400);
    const put = (field: string, value: string) => read(post(api.fetch, gatewayUrl(token, 'fields'), { field, value }));
    expect(await put('cardNumber', payrocCards.approved)).toEqual({ surcharging: null });
    expect(await put('cardNumber', payrocCards.surcharge)).toMatchObject({ surcharging: { percentage: 3 } });
    for (const field of ['cardholderName', 'expiryDate', 'cvv']) await put(field, '123');
    const answer = await read(post(api.fetch, gatewayUrl(token, 'single-use-tokens'), {}));
    expect(answer).toEqual({
      token: expect.stringMatching(/^[\da-f]{128}$/) as string,
      expiresAt: new Date(clock + 1_800_000).toISOString(),
    });
  });
});

describe('createPayrocApi: a sale', () => {
  const pay = async (number: string, changes: object = {}) =>
    call(api.fetch, paymentsUrl, { ...saleBody(await singleUse(api.fetch, number)), ...changes });

  it.each<[keyof typeof payrocCards, string, string, number]>([
    ['approved', 'ready', 'A', 4999],
    ['surcharge', 'ready', 'A', 4999],
    ['partial', 'ready', 'P', 2499],
    ['declined', 'declined', 'D', 0],
    ['pending', 'pending', 'E', 0],
    ['referral', 'referral', 'R', 0],
  ])('with the card %s returns 201, %s and %s', async (name, expected, responseCode, authorizedAmount) => {
    const answer = await pay(payrocCards[name]);
    expect(answer.status).toBe(201);
    expect(await answer.json()).toMatchObject({
      processingTerminalId: '1234001',
      order: { orderId: 'OrderRef6543', amount: 4999, currency: 'USD' },
      transactionResult: { type: 'sale', status: expected, responseCode, authorizedAmount, currency: 'USD' },
    });
  });

  it('never returns the full card number', async () => {
    expect(await (await pay(payrocCards.approved)).text()).not.toContain(payrocCards.approved.replaceAll(' ', ''));
  });

  it('is refused for a card type that the terminal does not support', async () => {
    expect(await slug(pay(payrocCards.unsupported))).toBe('card-type-not-supported');
  });

  it('takes 6 s with the slow card', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout'] });
    const answer = pay(payrocCards.slow);
    let isOver = false;
    void answer.then(() => (isOver = true));
    while (vi.getTimerCount() === 0) await new Promise((resolve) => setImmediate(resolve));
    await vi.advanceTimersByTimeAsync(5_999);
    expect(isOver).toBe(false);
    await vi.advanceTimersByTimeAsync(1);
    expect((await answer).status).toBe(201);
  });

  /** A sale of 6 s that a test can repeat under the same key. */
  const slowly = async () => {
    vi.useFakeTimers({ toFake: ['setTimeout'] });
    const body = saleBody(await singleUse(api.fetch, payrocCards.slow));
    const Authorization = `Bearer ${await bearer(api.fetch)}`;
    const headers = { Authorization, 'Idempotency-Key': key, 'Content-Type': 'application/json' };
    const sell = (init: RequestInit = {}) => api.fetch(paymentsUrl, { method: 'POST', headers, body: JSON.stringify(body), ...init });
    const begun = async () => {
      while (vi.getTimerCount() === 0) await new Promise((resolve) => setImmediate(resolve));
    };
    return { sell, begun };
  };

  it('keeps its key in use while it is pending', async () => {
    const { sell, begun } = await slowly();
    const first = sell();
    await begun();
    expect(await slug(sell())).toBe('idempotency-key-in-use');
    await vi.advanceTimersByTimeAsync(6_000);
    expect(await read(sell())).toEqual(await read(first));
  });

  it('continues after the backend aborts its request and is not repeated', async () => {
    const { sell, begun } = await slowly();
    const leaving = new AbortController();
    const first = sell({ signal: leaving.signal });
    await begun();
    leaving.abort();
    await expect(first).rejects.toThrow('abort');
    expect(await status(sell())).toBe(409);
    await vi.advanceTimersByTimeAsync(6_000);
    expect(await status(sell())).toBe(201);
  });

  it('is made once with the slow card when the page requests the outcome twice', async () => {
    const token = await singleUse(api.fetch, payrocCards.slow);
    vi.useFakeTimers({ toFake: ['setTimeout'] });
    const { outcome } = createPayEndpoints({
      environment: 'sandbox',
      providers: { payroc: payroc({ apiKey: 'your_api_key', processingTerminalId: '1234001' }) },
      order: () => ({ reference: 'OrderRef6543', amount: 4999, currency: 'USD' }),
      fetch: api.fetch,
    });
    const body = {
      provider: 'payroc',
      environment: 'sandbox',
      order: 'A',
      attempt: 1,
      result: { provider: 'payroc', singleUseToken: token, raw: {} },
    };
    const ask = () => read(post((url, init) => outcome(new Request(url, init)), 'https://shop.example.com/outcome', body));
    const answer = ask();
    while (api.requests.at(-1)?.url !== paymentsUrl) await new Promise((resolve) => setImmediate(resolve));
    await vi.advanceTimersByTimeAsync(6_000);
    expect([await answer, await ask()]).toEqual([{ outcome: 'paid' }, { outcome: 'paid' }]);
    const { data } = await read(query(paymentsUrl, {}));
    expect(data).toHaveLength(1);
  });

  const query = async (url: string, filter: Record<string, string>, terminal = '1234001') =>
    api.fetch(`${url}?${new URLSearchParams({ processingTerminalId: terminal, ...filter })}`, {
      headers: { Authorization: `Bearer ${await bearer(api.fetch)}` },
    });
  const list = (url: string, orderId = 'OrderRef6543', terminal?: string) => query(url, { orderId }, terminal);

  it('is listed under its order, with the latest first', async () => {
    const [first, second] = [await read(pay(payrocCards.declined)), await read(pay(payrocCards.approved))];
    expect(await read(list(paymentsUrl))).toEqual({ limit: 10, count: 2, hasMore: false, data: [second, first] });
    expect((await read(list(paymentsUrl, 'another'))).data).toEqual([]);
    expect((await read(list(bankUrl))).data).toEqual([]);
    expect(await status(list(paymentsUrl, 'OrderRef6543', '9999'))).toBe(403);
    expect(await status(api.fetch(paymentsUrl))).toBe(401);
  });

  it('is listed by its date, page by page', async () => {
    const sales: Json[] = [];
    for (let n = 0; n < 3; n++) {
      sales.unshift(await read(pay(payrocCards.approved)));
      pass(60);
    }
    const { dateTime: dateFrom } = sales[1]!.order as { dateTime: string };
    expect((await read(query(paymentsUrl, { dateFrom }))).data).toEqual(sales.slice(0, 2));
    const first = await read(query(paymentsUrl, { limit: '2' }));
    expect(first).toEqual({ limit: 2, count: 2, hasMore: true, data: sales.slice(0, 2) });
    const next = await read(query(paymentsUrl, { limit: '2', after: String(sales[1]!.paymentId) }));
    expect(next).toEqual({ limit: 2, count: 1, hasMore: false, data: sales.slice(2) });
  });

  it('is a hold without `autoCapture`, until it is captured', async () => {
    const hold = await read(
      call(api.fetch, paymentsUrl, { ...saleBody(await singleUse(api.fetch, payrocCards.approved)), autoCapture: false }),
    );
    expect(hold.transactionResult).toMatchObject({
      type: 'preAuthorization',
      status: 'pending',
      responseCode: 'A',
      authorizedAmount: 4999,
    });
    expect(api.settle(String(hold.paymentId), 'captured')).toBe(true);
    const [captured] = (await read(list(paymentsUrl))).data as Json[];
    expect(captured!.transactionResult).toMatchObject({ type: 'preAuthorizationCompletion', status: 'ready', responseCode: 'A' });
  });

  it('has a status that Payroc does not document with the unknown card', async () => {
    expect((await read(pay(payrocCards.unknown))).transactionResult).toMatchObject({ status: 'held', responseCode: 'A' });
  });

  it('is made although its response is lost, and is returned when the request is repeated', async () => {
    const [body, headers] = [saleBody(await singleUse(api.fetch, payrocCards.approved)), { 'Idempotency-Key': key }];
    api.faults.payments = ['lost', 'lost'];
    for (let n = 0; n < 2; n++) await expect(call(api.fetch, paymentsUrl, body, headers)).rejects.toThrow(TypeError);
    const answer = await read(call(api.fetch, paymentsUrl, body, headers));
    expect((await read(list(paymentsUrl))).data).toEqual([answer]);
  });

  it.each([
    ['declined', { status: 'declined', responseCode: 'D' }],
    ['approved', { status: 'ready', responseCode: 'A', authorizedAmount: 4999 }],
  ] as const)('that was only received can be %s later', async (settlement, result) => {
    const { paymentId } = await read(pay(payrocCards.pending));
    expect(api.settle(String(paymentId), settlement)).toBe(true);
    expect(((await read(list(paymentsUrl))).data as Json[])[0]!.transactionResult).toMatchObject(result);
    expect(api.settle('another', settlement)).toBe(false);
  });

  it('stays approved when it is refunded, and leaves the batch when it is reversed', async () => {
    const { paymentId } = await read(pay(payrocCards.approved));
    api.settle(String(paymentId), 'refunded');
    const [refunded] = (await read(list(paymentsUrl))).data as Json[];
    expect(refunded!.transactionResult).toMatchObject({ status: 'ready', responseCode: 'A' });
    expect(refunded!.refunds).toMatchObject([{ amount: 4999, status: 'ready', responseCode: 'A' }]);
    api.settle(String(paymentId), 'reversed');
    expect(((await read(list(paymentsUrl))).data as Json[])[0]!.transactionResult).toMatchObject({ status: 'reversal' });
  });

  it('spends its single-use token and is refused with one that is 30 minutes old', async () => {
    const token = await singleUse(api.fetch, payrocCards.approved);
    expect(await status(call(api.fetch, paymentsUrl, saleBody(token)))).toBe(201);
    expect(await status(call(api.fetch, paymentsUrl, saleBody(token)))).toBe(400);
    const old = await singleUse(api.fetch, payrocCards.approved);
    pass(1800);
    expect(await status(call(api.fetch, paymentsUrl, saleBody(old)))).toBe(400);
  });

  it('is made once when its request is repeated under the same key', async () => {
    const token = await singleUse(api.fetch, payrocCards.approved);
    const again = () => call(api.fetch, paymentsUrl, saleBody(token), { 'Idempotency-Key': key });
    const first = await read(again());
    expect(await read(again())).toEqual(first);
  });

  it.each<[string, object]>([
    ['without a channel', { channel: undefined }],
    ['without an order id', { order: { amount: 1, currency: 'USD' } }],
    ['with a fractional amount', { order: { orderId: 'a', amount: 1.5, currency: 'USD' } }],
    ['without a currency', { order: { orderId: 'a', amount: 1 } }],
    ['without a method', { paymentMethod: {} }],
  ])('is refused %s', async (_, changes) => {
    expect(await status(pay(payrocCards.approved, changes))).toBe(400);
  });

  it('by bank requires an account number, whose last four digits decide the result', async () => {
    const body = async (number: string, secCode?: string) => {
      const { channel: _, ...rest } = saleBody(await singleUse(api.fetch, number, 'achAccountNumber'));
      return { ...rest, paymentMethod: { ...rest.paymentMethod, secCode } };
    };
    const result = async (number: string) => (await read(call(api.fetch, bankUrl, await body(number, 'web')))).transactionResult;
    expect(await result('1234567890')).toMatchObject({ status: 'ready', responseCode: 'A' });
    expect(await result('1234560002')).toMatchObject({ status: 'declined', responseCode: 'D' });
    expect(await result('1234565100')).toMatchObject({ status: 'pending' });
    expect(await status(call(api.fetch, bankUrl, await body('1234567890', 'fax')))).toBe(400);
    expect(await status(call(api.fetch, bankUrl, { ...(await body('1234567890')), channel: 'web' }))).toBe(400);
    expect(await status(call(api.fetch, paymentsUrl, { ...(await body('1234567890')), channel: 'web' }))).toBe(400);
  });
});

describe('createPayrocApi: a secure token', () => {
  const source = async (number: string = payrocCards.approved) => ({ type: 'singleUseToken', token: await singleUse(api.fetch, number) });

  it('is created from a single-use token and updated with another one', async () => {
    const saved = await read(call(api.fetch, `${terminalUrl}/secure-tokens`, { source: await source() }));
    expect(saved).toMatchObject({ secureTokenId: expect.stringMatching(/^MREF_/) as string, status: 'cvvValidated' });
    expect(saved.token).toMatch(/^296753/);
    const url = `${terminalUrl}/secure-tokens/${String(saved.secureTokenId)}/update-account`;
    const updated = await call(api.fetch, url, await source());
    expect([updated.status, (await read(updated)).secureTokenId]).toEqual([200, saved.secureTokenId]);
    expect(await status(call(api.fetch, url.replace('MREF', 'X'), await source()))).toBe(404);
  });

  it('has the status validationFailed for the declined card', async () => {
    const saved = await read(
      call(api.fetch, `${terminalUrl}/secure-tokens`, { secureTokenId: 'mine', source: await source(payrocCards.declined) }),
    );
    expect(saved).toMatchObject({ secureTokenId: 'mine', status: 'validationFailed' });
  });
});

describe('createPayrocApi: a fault', () => {
  it.each(['authorize', 'sessions', 'configuration', 'fields', 'singleUseTokens', 'payments', 'listings', 'secureTokens'] as const)(
    'breaks one call or every call of %s',
    async (name) => {
      const token = await session(api.fetch);
      const calls: Record<string, () => Promise<Response>> = {
        authorize: () => api.fetch(`${sandbox.identity}/authorize`, { method: 'POST', headers: { 'x-api-key': 'your_api_key' } }),
        sessions: () => call(api.fetch, sessionsUrl, sessionBody),
        configuration: () => open(token),
        fields: () => post(api.fetch, gatewayUrl(token, 'fields'), {}),
        singleUseTokens: () => post(api.fetch, gatewayUrl(token, 'single-use-tokens'), {}),
        payments: () => call(api.fetch, paymentsUrl, {}),
        listings: () => api.fetch(paymentsUrl),
        secureTokens: () => call(api.fetch, `${terminalUrl}/secure-tokens`, {}),
      };
      const ask = calls[name]!;
      (api.faults as Record<string, unknown>)[name] = [503, undefined, 'html', 'empty'];
      expect(await status(ask())).toBe(503);
      expect(await status(ask())).not.toBe(503);
      expect(await (await ask()).text()).toContain('<!doctype html>');
      expect(await (await ask()).text()).toBe('');
      Object.assign(api.faults, { [name]: 'drop' } as PayrocApiFaults);
      await expect(ask()).rejects.toThrow(TypeError);
    },
  );

  it('leaves a call pending until the caller aborts it', async () => {
    const controller = new AbortController();
    api.faults.configuration = 'hang';
    const answer = api.fetch(gatewayUrl('a', 'configuration'), { signal: controller.signal });
    controller.abort();
    await expect(answer).rejects.toThrow('abort');
  });

  it('refuses the library version or ends sessions early', async () => {
    api.faults.sessions = ['libVersion'];
    expect(JSON.stringify(await read(call(api.fetch, sessionsUrl, sessionBody)))).toContain('Invalid libVersion');
    api.faults.deadSessions = 1;
    const token = await session(api.fetch);
    expect([await status(open(token)), await status(open(token))]).toEqual([401, 200]);
    api.faults.deadSessions = true;
    expect(await status(open(token))).toBe(401);
  });

  it('delays every response', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout'] });
    api.faults.slow = 2_000;
    const answer = status(open('a'));
    await vi.advanceTimersByTimeAsync(2_000);
    expect(await answer).toBe(400);
  });
});

describe('createPayrocApi', () => {
  it('serves all hosts of both environments and rejects a request to any other host', async () => {
    expect(new Set(api.hosts)).toEqual(
      new Set([
        ...['identity.uat.payroc.com', 'api.uat.payroc.com', 'testpayments.worldnettps.com'],
        ...['identity.payroc.com', 'api.payroc.com', 'payments.worldnettps.com'],
      ]),
    );
    await expect(api.fetch('https://example.com/')).rejects.toThrow(TypeError);
    expect(await status(api.fetch(`${sandbox.api}/v1/nothing`))).toBe(404);
    expect(await status(api.fetch(`${sandbox.identity}/connect/token`, { method: 'POST' }))).toBe(404);
  });

  it('records the last 1000 requests without their headers and bodies', async () => {
    for (let n = 0; n < 1001; n++) await open('a');
    expect(api.requests).toHaveLength(1000);
    expect(api.requests[0]).toEqual({ method: 'GET', url: gatewayUrl('a', 'configuration') });
  });
});
