import { createHash } from 'node:crypto';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { deriveIdempotencyKey } from '../../../../src/providers/payroc/server/idempotency-key.js';
import { unlessAborted } from '../../../../src/shared/signals.js';
import { sleep } from '../../../../src/shared/retries.js';
import { payroc, type Order, type PayEndpointsOptions, type PayrocOptions, type PaymentOutcome } from '../../../../src/server.js';
import {
  createEndpoints,
  fakePayroc,
  options,
  order,
  orderId,
  createOutcomeBody,
  createRequest,
  createProblem,
  createSale,
  secrets,
  secureToken,
  session,
  sessionToken,
  singleUseToken,
  terminal,
  readPayrocResponse,
  tokenBody,
  skipDelays,
  type ScriptedResponse,
  type FakePayroc,
} from './fake-payroc.js';
import { freezeTime, waitUntil } from '../../../server/fake-payme.js';

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

/** From the documentation, "Authenticate your session" and "Create a payment form". */
const documented = {
  sandbox: { identity: 'https://identity.uat.payroc.com', api: 'https://api.uat.payroc.com/v1', libVersion: '1.7.0.261457' },
  production: { identity: 'https://identity.payroc.com', api: 'https://api.payroc.com/v1', libVersion: '1.7.0.261471' },
} as const;

const uuidV4 = /^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/;
const anyKey = expect.stringMatching(uuidV4) as string;
const posted = { 'Content-Type': 'application/json', Authorization: `Bearer ${secrets.bearer}`, 'Idempotency-Key': anyKey };

const requestToken = (upstream = fakePayroc(), changed: Partial<PayrocOptions> = {}) =>
  readPayrocResponse(createEndpoints(upstream, changed).token(createRequest(tokenBody)));
const verify = (upstream = fakePayroc(), changed: Partial<PayrocOptions> = {}, made: Partial<Order> = {}) =>
  readPayrocResponse(
    createEndpoints(upstream, changed, { order: () => ({ ...order, ...made }) }).outcome(createRequest(createOutcomeBody())),
  );
async function verifyAndReport(upstream: FakePayroc, changed: Partial<PayrocOptions> = {}, rest: Partial<PayEndpointsOptions> = {}) {
  let reported: Partial<PaymentOutcome> | undefined;
  const onOutcome = ({ outcome, reason, approved, reference }: PaymentOutcome) =>
    void (reported = { outcome, reason, approved, reference });
  const answer = await readPayrocResponse(
    createEndpoints(upstream, changed, { onOutcome, ...rest }).outcome(createRequest(createOutcomeBody())),
  );
  return { ...answer, reported };
}
const readKeys = (calls: readonly { headers: Record<string, string> }[]) => calls.map(({ headers }) => headers['Idempotency-Key']);

describe.each(['sandbox', 'production'] as const)('payroc() in %s', (environment) => {
  const { identity, api, libVersion } = documented[environment];

  it('requests a bearer, then a session, with the documented fields', async () => {
    const upstream = fakePayroc();
    await readPayrocResponse(createEndpoints(upstream, {}, { environment }).token(createRequest({ ...tokenBody, environment })));
    expect(upstream.calls).toEqual([
      { method: 'POST', url: `${identity}/authorize`, headers: { 'x-api-key': 'your_api_key' }, body: undefined },
      {
        method: 'POST',
        url: `${api}/processing-terminals/1234001/hosted-fields-sessions`,
        headers: posted,
        body: { libVersion, scenario: 'payment' },
      },
    ]);
  });

  it('runs the sale with the documented fields', async () => {
    const upstream = fakePayroc();
    const { json } = await readPayrocResponse(
      createEndpoints(upstream, {}, { environment }).outcome(createRequest({ ...createOutcomeBody(), environment })),
    );
    expect(json).toEqual({ outcome: 'paid' });
    expect(upstream.callsTo('payments')).toEqual([
      {
        method: 'POST',
        url: `${api}/payments`,
        headers: posted,
        body: {
          channel: 'web',
          processingTerminalId: '1234001',
          order: { orderId, amount: 4999, currency: 'USD' },
          paymentMethod: { type: 'singleUseToken', token: singleUseToken },
        },
      },
    ]);
  });
});

describe('createToken', () => {
  it('returns the token with its expiry and configuration', async () => {
    const { status, json } = await requestToken();
    expect(status).toBe(200);
    expect(json).toEqual({
      token: sessionToken,
      expiresAt: session.expiresAt,
      provider: 'payroc',
      environment: 'sandbox',
      config: { mode: 'payment', form: 'card', amount: 4999, currency: 'USD' },
    });
  });

  it.each<[Partial<PayrocOptions>, object, object]>([
    [{ scenario: 'tokenization' }, { scenario: 'tokenization' }, { mode: 'tokenization', form: 'card' }],
    [{ form: 'ach' }, { scenario: 'payment' }, { mode: 'payment', form: 'ach', amount: 4999, currency: 'USD' }],
    [
      { scenario: 'tokenization', form: 'pad', secureTokenId: 'MREF_1' },
      { scenario: 'tokenization', secureTokenId: 'MREF_1' },
      { mode: 'tokenization', form: 'pad' },
    ],
    [
      { scenario: 'tokenization', secureTokenId: ({ reference }) => `MREF_${reference}` },
      { scenario: 'tokenization', secureTokenId: 'MREF_OrderRef6543' },
      { mode: 'tokenization', form: 'card' },
    ],
    // A saved token cannot be replaced by a sale.
    [{ secureTokenId: 'MREF_1' }, { scenario: 'payment' }, { mode: 'payment', form: 'card', amount: 4999, currency: 'USD' }],
  ])('requests a session with %j', async (changed, body, config) => {
    const upstream = fakePayroc();
    const { json } = await requestToken(upstream, changed);
    expect(upstream.callsTo('hosted-fields-sessions')[0]?.body).toEqual({ libVersion: '1.7.0.261457', ...body });
    expect(json.config).toEqual(config);
  });

  it('uses a new idempotency key each time, because a used one returns the old session', async () => {
    const upstream = fakePayroc();
    const pay = createEndpoints(upstream);
    for (let n = 0; n < 5; n++) await readPayrocResponse(pay.token(createRequest(tokenBody)));
    expect(new Set(readKeys(upstream.callsTo('hosted-fields-sessions'))).size).toBe(5);
  });

  it.each<[string, ScriptedResponse]>([
    ['a failure', 500],
    ['a lost connection', new TypeError('fetch failed')],
    ['a refused bearer', createProblem(401, 'not-authorized')],
  ])('keeps the idempotency key when it retries after %s', async (_, answer) => {
    skipDelays();
    const upstream = fakePayroc({ 'hosted-fields-sessions': [session, answer] });
    const pay = createEndpoints(upstream);
    await readPayrocResponse(pay.token(createRequest(tokenBody)));
    expect((await readPayrocResponse(pay.token(createRequest(tokenBody)))).status).toBe(200);
    const [, failed, retried] = readKeys(upstream.callsTo('hosted-fields-sessions'));
    expect(retried).toBe(failed);
  });

  it('shares one bearer between requests', async () => {
    const upstream = fakePayroc();
    const pay = createEndpoints(upstream);
    await Promise.all([readPayrocResponse(pay.token(createRequest(tokenBody))), readPayrocResponse(pay.token(createRequest(tokenBody)))]);
    await readPayrocResponse(pay.token(createRequest(tokenBody)));
    expect(upstream.callsTo('authorize')).toHaveLength(1);
  });

  it.each([3600, '3600'])('caches a bearer for a minute less than its lifetime of %j', async (expires_in) => {
    vi.useFakeTimers({ toFake: ['Date'], now: 0 });
    const upstream = fakePayroc({ authorize: [{ access_token: secrets.bearer, expires_in }] });
    const pay = createEndpoints(upstream);
    for (const seconds of [0, 3539, 3541]) {
      vi.setSystemTime(seconds * 1000);
      await readPayrocResponse(pay.token(createRequest(tokenBody)));
    }
    expect(upstream.callsTo('authorize')).toHaveLength(2);
  });

  it.each([null, true, 'x', '3600.0', -5, [3600]])('uses a bearer with the lifetime %j', async (expires_in) => {
    const upstream = fakePayroc({ authorize: [{ access_token: secrets.bearer, expires_in }] });
    expect((await readPayrocResponse(createEndpoints(upstream).token(createRequest(tokenBody)))).status).toBe(200);
  });

  it('caches a bearer without a lifetime for an hour', async () => {
    vi.useFakeTimers({ toFake: ['Date'], now: 0 });
    const upstream = fakePayroc({ authorize: [{ access_token: secrets.bearer }] });
    const pay = createEndpoints(upstream);
    const bearersAt = async (seconds: number) => {
      vi.setSystemTime(seconds * 1000);
      await readPayrocResponse(pay.token(createRequest(tokenBody)));
      return upstream.callsTo('authorize').length;
    };
    expect([await bearersAt(0), await bearersAt(3539), await bearersAt(3541)]).toEqual([1, 1, 2]);
  });

  it.each<[string, string, object]>([
    ['a session without a token', 'hosted-fields-sessions', { ...session, token: '' }],
    ['a session without an expiry', 'hosted-fields-sessions', { ...session, expiresAt: undefined }],
    ['a session whose expiry is not a date', 'hosted-fields-sessions', { ...session, expiresAt: 'soon' }],
    ['a bearer with a line break, which would inject a header', 'authorize', { access_token: `${secrets.bearer}\r\nX-Evil: 1` }],
    ['no bearer', 'authorize', { token_type: 'Bearer' }],
  ])('rejects %s', async (_, name, answer) => {
    skipDelays();
    const { status, json } = await requestToken(fakePayroc({ [name]: [answer, answer] }));
    expect([status, json.type]).toEqual([502, 'urn:pay-checkout:problem:upstream-answer']);
  });
});

/** The slugs from the documentation, "Errors". */
const errors: [status: number, slug: string, kind: string, retryable: boolean, tries: number][] = [
  [400, 'bad-request', 'upstream-request', false, 1],
  [400, 'idempotency-key-missing', 'upstream-request', false, 1],
  [400, 'capabilities-missing', 'upstream-scope', false, 1],
  [400, 'card-type-not-supported', 'upstream-request', false, 1],
  [401, 'not-authorized', 'upstream-credentials', false, 1],
  [403, 'forbidden', 'upstream-scope', false, 1],
  [404, 'not-found', 'upstream-absent', false, 1],
  [406, 'not-acceptable', 'upstream-request', false, 1],
  [409, 'idempotency-key-in-use', 'upstream-conflict', true, 1],
  [409, 'cannot-be-modified', 'upstream-request', false, 1],
  [415, 'unsupported-media-type', 'upstream-request', false, 1],
  [500, 'api-error', 'upstream-failed', true, 2],
];

describe('readErrorReason', () => {
  it.each(errors)('reports %i %s by its slug alone', async (status, slug, kind, retryable, tries) => {
    skipDelays();
    const onError = vi.fn();
    const upstream = fakePayroc({ 'hosted-fields-sessions': [createProblem(status, slug), createProblem(status, slug)] });
    const { json } = await readPayrocResponse(createEndpoints(upstream, {}, { onError }).token(createRequest(tokenBody)));
    expect(json).toMatchObject({
      type: `urn:pay-checkout:problem:${kind}`,
      detail: `Payroc POST /hosted-fields-sessions returned ${status}, ${slug}.`,
      retryable,
    });
    expect(upstream.callsTo('hosted-fields-sessions')).toHaveLength(tries);
    const [error] = onError.mock.calls[0] as [Error];
    expect(`${error.stack} ${JSON.stringify(error)}`).not.toMatch(new RegExp(Object.values(secrets).join('|')));
  });

  it('reports that the library version is no longer accepted', async () => {
    const answer = createProblem(400, 'bad-request', 'Invalid libVersion: 1.7.0.261457');
    const { json } = await requestToken(fakePayroc({ 'hosted-fields-sessions': [answer] }));
    expect(json.detail).toBe('Payroc POST /hosted-fields-sessions returned 400, libVersion-not-accepted.');
  });

  it.each<[string, Response, string]>([
    ['an undocumented slug', createProblem(409, 'brand-new'), 'upstream-request'],
    ['a property of every object as slug', createProblem(403, 'toString'), 'upstream-scope'],
    [
      'a type from elsewhere',
      Response.json({ type: 'https://evil.example.com/#api-error', title: '', status: 400 }, { status: 400 }),
      'upstream-request',
    ],
    ['an HTML page', new Response('<html>', { status: 404 }), 'upstream-absent'],
    ['an empty body', new Response(null, { status: 401 }), 'upstream-credentials'],
  ])('uses the status for %s', async (_, answer, kind) => {
    const { json } = await requestToken(fakePayroc({ 'hosted-fields-sessions': [answer] }));
    expect(json.type).toBe(`urn:pay-checkout:problem:${kind}`);
    expect(json.detail).toMatch(/returned \d{3}\.$/);
  });

  it('does not quote a rejected API key', async () => {
    const { status, json } = await requestToken(fakePayroc({ authorize: [createProblem(401, 'not-authorized')] }));
    expect([status, json.type]).toEqual([502, 'urn:pay-checkout:problem:upstream-credentials']);
  });
});

describe('verify, with a sale', () => {
  it.each<[string, Parameters<typeof createSale>[0], object]>([
    ['paid', {}, { outcome: 'paid' }],
    ['authorized', { result: { type: 'preAuthorization' } }, { outcome: 'authorized' }],
    ['pending', { result: { status: 'pending', responseCode: 'E' } }, { outcome: 'pending', reason: 'processing' }],
    ['declined', { result: { status: 'declined', responseCode: 'D' } }, { outcome: 'declined' }],
    ['of another price', { order: { amount: 499 } }, { outcome: 'pending', reason: 'price' }],
    ['forged', { order: { currency: 'CAD' } }, { outcome: 'forged', reason: 'currency' }],
  ])('tells the merchant that it is %s, with its reference', async (_, changed, expected) => {
    const { reported } = await verifyAndReport(fakePayroc({ payments: [createSale(changed)] }));
    expect(reported).toEqual({ ...expected, reference: 'M2MJOG6O2Y' });
  });

  it.each<[string, Parameters<typeof createSale>[0], object]>([
    ['of another price as pending', { order: { amount: 499 } }, { outcome: 'pending' }],
    ['forged as pending', { order: { currency: 'CAD' } }, { outcome: 'pending' }],
    ['reversed as returned', { result: { status: 'reversal' } }, { outcome: 'declined', reason: 'returned' }],
  ])('tells the page what is %s', async (_, changed, expected) => {
    expect((await verify(fakePayroc({ payments: [createSale(changed)] }))).json).toEqual(expected);
  });

  it('tells the merchant numbers, details and the saved card, and the page none of them', async () => {
    const secureToken = { token: '296753123456', secureTokenId: 'MREF_1', status: 'cvvValidated' };
    const answer = { ...createSale(), card: { type: 'MasterCard', cardNumber: '453985******7062', secureToken } };
    const onOutcome = vi.fn();
    const pay = createEndpoints(fakePayroc({ payments: [answer] }), {}, { onOutcome });
    const { json } = await readPayrocResponse(pay.outcome(createRequest(createOutcomeBody())));
    expect(json).toEqual({ outcome: 'paid' });
    const numbers = { id: 'M2MJOG6O2Y', orderId, form: 'card', amount: 4999, currency: 'USD' };
    expect(onOutcome.mock.calls[0]?.[0]).toMatchObject({
      payment: { ...numbers, provider: 'payroc', environment: 'sandbox', order: 'OrderRef6543' },
      details: { method: 'CARD', brand: 'MasterCard', last4: '7062', authorizationCode: 'OK3', paidAt: '2024-07-02T15:30:00Z' },
      savedCard: { token: '296753123456', id: 'MREF_1', last4: '7062' },
    });
  });

  it('reports a sale without a payment id, an order or a currency as paid', async () => {
    const order = { orderId: null, amount: null, currency: null };
    const answer = {
      ...createSale({ order, result: { authorizedAmount: null, currency: null } }),
      paymentId: null,
      processingTerminalId: null,
    };
    const { reported } = await verifyAndReport(fakePayroc({ payments: [answer] }));
    expect(reported).toEqual({ outcome: 'paid' });
  });

  it.each<[string, Partial<PayrocOptions>, Partial<Order>, string]>([
    ['a hold', {}, { extra: { autoCapture: false } }, 'authorized'],
    ['a sale that `processAsSale` settles at once', {}, { extra: { autoCapture: false, processAsSale: true } }, 'paid'],
    ['a bank transfer, which cannot be held', { form: 'ach' }, { extra: { autoCapture: false } }, 'paid'],
  ])('decides an approval without a type by what was sent: %s', async (_, changed, made, outcome) => {
    const answer = createSale({ result: { type: undefined } });
    const upstream = fakePayroc({ payments: [answer], 'bank-transfer-payments': [answer] });
    expect((await verify(upstream, changed, made)).json).toEqual({ outcome });
  });

  it.each<[string, ScriptedResponse, number, boolean]>([
    ['missing credentials', createProblem(401, 'not-authorized'), 502, false],
    ['a missing permission', createProblem(403, 'forbidden'), 502, false],
    ['an unknown resource', createProblem(404, 'not-found'), 502, false],
    ['a missing key', createProblem(400, 'idempotency-key-missing'), 502, false],
    ['a failure', createProblem(500, 'api-error'), 502, true],
    ['a network error', new TypeError('fetch failed'), 502, true],
    ['a response of another shape', { transactionResult: {} }, 502, true],
    ['a result without a status', { ...createSale(), transactionResult: {} }, 502, true],
  ])('responds with an error to %s', async (_, answer, status, retryable) => {
    skipDelays();
    const copy = answer instanceof Response ? answer.clone() : answer;
    const result = await verifyAndReport(fakePayroc({ payments: [answer, copy] }));
    expect(result.status).toBe(status);
    expect(result.json).toMatchObject({ retryable });
    expect(result.reported).toBeUndefined();
  });

  it('merges `extra`, but not into price, terminal, channel or card', async () => {
    const upstream = fakePayroc();
    const extra = {
      customer: { firstName: 'Sarah' },
      credentialOnFile: { tokenize: true },
      channel: 'moto',
      processingTerminalId: '9999',
      order: { description: 'Large Pepperoni Pizza', amount: 1, currency: 'CAD', orderId: 'x' },
      paymentMethod: { type: 'card', token: 'x' },
    };
    await verify(upstream, {}, { extra });
    expect(upstream.callsTo('payments')[0]?.body).toEqual({
      customer: { firstName: 'Sarah' },
      credentialOnFile: { tokenize: true },
      channel: 'web',
      processingTerminalId: terminal,
      order: { description: 'Large Pepperoni Pizza', orderId, amount: 4999, currency: 'USD' },
      paymentMethod: { type: 'singleUseToken', token: singleUseToken },
    });
  });

  it.each<[Partial<PayrocOptions>, object]>([
    [{ form: 'ach' }, { type: 'singleUseToken', token: singleUseToken, secCode: 'web' }],
    [
      { form: 'ach', secCode: 'ppd' },
      { type: 'singleUseToken', token: singleUseToken, secCode: 'ppd' },
    ],
    [{ form: 'pad' }, { type: 'singleUseToken', token: singleUseToken }],
  ])('sends a bank transfer for %j', async (changed, paymentMethod) => {
    const upstream = fakePayroc();
    expect((await verify(upstream, changed)).json).toEqual({ outcome: 'paid' });
    expect(upstream.callsTo('bank-transfer-payments').map(({ url, body }) => ({ url, body }))).toEqual([
      {
        url: 'https://api.uat.payroc.com/v1/bank-transfer-payments',
        body: {
          processingTerminalId: terminal,
          order: { orderId, amount: 4999, currency: 'USD' },
          paymentMethod,
        },
      },
    ]);
  });

  it.each([null, '', 7, 'two words', 'line\nbreak', 'a'.repeat(257)])(
    'responds with 422 to the token %j, without calling Payroc',
    async (token) => {
      const upstream = fakePayroc();
      const { status } = await readPayrocResponse(createEndpoints(upstream).outcome(createRequest(createOutcomeBody(token))));
      expect(status).toBe(422);
      expect(upstream.calls).toEqual([]);
    },
  );
});

describe('verify, with a paid order', () => {
  it('does not run another sale, not even with another card', async () => {
    const upstream = fakePayroc();
    const { json, reported } = await verifyAndReport(upstream, {}, { order: () => ({ ...order, paid: true }) });
    expect(json).toEqual({ outcome: 'paid' });
    expect(reported).toBeUndefined();
    expect(upstream.calls).toEqual([]);
  });

  it('still saves a card, which moves no money', async () => {
    const upstream = fakePayroc();
    await verify(upstream, { scenario: 'tokenization' }, { paid: true });
    expect(upstream.calls).not.toEqual([]);
  });
});

describe('verify, with a slow bank', () => {
  /** Creates a Payroc that completes a sale after `ms`, even if the client disconnects. Until then, the key is in use. */
  function createSlowPayroc(ms: number) {
    const [payrocs, done] = [fakePayroc(), Date.now() + ms];
    const answers: number[] = [];
    const fetch = async (url: string, init: RequestInit) => {
      if (!new URL(url).pathname.endsWith('/payments')) return payrocs.fetch(url, init);
      if (init.method === 'GET') return Response.json({ data: [] });
      const isFirst = answers.push(Date.now()) === 1;
      if (isFirst) await sleep(ms, init.signal!);
      return Date.now() < done ? createProblem(409, 'idempotency-key-in-use') : payrocs.fetch(url, init);
    };
    return { payrocs, fetch, answers };
  }
  it.each([6_000, 9_900])('waits %i ms for a sale', async (ms) => {
    freezeTime();
    const { payrocs, fetch, answers } = createSlowPayroc(ms);
    const answer = readPayrocResponse(createEndpoints(payrocs, {}, { fetch }).outcome(createRequest(createOutcomeBody())));
    await waitUntil(() => answers.length === 1);
    await vi.advanceTimersByTimeAsync(ms);
    expect((await answer).json).toEqual({ outcome: 'paid' });
    expect(answers).toHaveLength(1);
  });

  it('ends with 503 before a sale of 14 s completes, and returns its outcome when the page asks again', async () => {
    freezeTime();
    const { payrocs, fetch, answers } = createSlowPayroc(14_000);
    const pay = createEndpoints(payrocs, {}, { fetch });
    const first = readPayrocResponse(pay.outcome(createRequest(createOutcomeBody())));
    await waitUntil(() => answers.length === 1);
    await vi.advanceTimersByTimeAsync(10_000);
    await waitUntil(() => vi.getTimerCount() === 3); // the deadline, the lock, and the delay before the retry
    await vi.advanceTimersByTimeAsync(200);
    const { status, headers } = await first;
    expect([status, headers.get('Retry-After')]).toEqual([503, '5']);
    await vi.advanceTimersByTimeAsync(5_000);
    expect((await readPayrocResponse(pay.outcome(createRequest(createOutcomeBody())))).json).toEqual({ outcome: 'paid' });
    expect(payrocs.callsTo('payments')).toHaveLength(1);
  });

  it('finds a sale that outlived its request, before another card is charged', async () => {
    freezeTime();
    const [payrocs, sales]: [FakePayroc, object[]] = [fakePayroc(), []];
    const fetch = async (url: string, init: RequestInit) => {
      if (!new URL(url).pathname.endsWith('/payments')) return payrocs.fetch(url, init);
      if (init.method === 'GET') return Response.json({ data: sales });
      sales.push(createSale());
      return unlessAborted(init.signal!, new Promise<Response>(() => {}));
    };
    const onOutcome = vi.fn();
    const pay = createEndpoints(payrocs, {}, { fetch, onOutcome });
    const first = readPayrocResponse(pay.outcome(createRequest(createOutcomeBody())));
    await waitUntil(() => sales.length === 1);
    await vi.advanceTimersByTimeAsync(10_000);
    await waitUntil(() => vi.getTimerCount() === 3); // the deadline, the lock, and the delay before the retry
    await vi.advanceTimersByTimeAsync(200);
    await waitUntil(() => sales.length === 2);
    sales.pop(); // the retry has the key of the first try
    await vi.advanceTimersByTimeAsync(1_800);
    expect((await first).status).toBe(504);
    expect(onOutcome).not.toHaveBeenCalled();
    expect((await readPayrocResponse(pay.outcome(createRequest(createOutcomeBody('another-card'))))).json).toEqual({ outcome: 'paid' });
    expect(sales).toHaveLength(1);
  });
});

describe('deriveIdempotencyKey', () => {
  const requestSaleKey = async (made: Partial<Order> = {}, token = singleUseToken) => {
    const upstream = fakePayroc();
    await readPayrocResponse(
      createEndpoints(upstream, {}, { order: () => ({ ...order, ...made }) }).outcome(createRequest(createOutcomeBody(token))),
    );
    return readKeys(upstream.callsTo('payments'))[0];
  };

  it('returns the same key when the page asks again', async () => {
    expect(await requestSaleKey()).toBe(await requestSaleKey());
  });

  it('returns another key for another card or order', async () => {
    const keys = [await requestSaleKey(), await requestSaleKey({}, 'another-token'), await requestSaleKey({ reference: 'another' })];
    expect(new Set(keys).size).toBe(3);
  });

  it('keeps the key for a retry', async () => {
    skipDelays();
    const upstream = fakePayroc({ payments: [500] });
    await verify(upstream);
    expect(new Set(readKeys(upstream.callsTo('payments'))).size).toBe(1);
  });

  it('cuts the SHA-256 of order and token to a UUID with the bits of version 4', async () => {
    const hash = createHash('sha256')
      .update(JSON.stringify([order.reference, singleUseToken]))
      .digest('hex');
    const key = await deriveIdempotencyKey(order.reference, singleUseToken);
    expect(key).toMatch(uuidV4);
    const hex = key.replaceAll('-', '');
    expect([hex.slice(0, 12), hex.slice(13, 16), hex.slice(17)]).toEqual([hash.slice(0, 12), hash.slice(13, 16), hash.slice(17, 32)]);
  });

  it('does not collide when a letter moves from the order to the token', async () => {
    expect(await deriveIdempotencyKey('A-1', '23')).not.toBe(await deriveIdempotencyKey('A-12', '3'));
  });
});

describe('verify, with tokenization', () => {
  const tokenization = { scenario: 'tokenization' } as const;

  it('converts the single-use token to a secure token, and notifies the merchant', async () => {
    const onSecureToken = vi.fn();
    const upstream = fakePayroc();
    const { json } = await verify(upstream, { ...tokenization, onSecureToken }, { extra: { mitAgreement: 'unscheduled', source: {} } });
    expect(json).toEqual({ outcome: 'saved' });
    expect(upstream.callsTo('payments')).toEqual([]);
    expect(upstream.calls[1]).toEqual({
      method: 'POST',
      url: 'https://api.uat.payroc.com/v1/processing-terminals/1234001/secure-tokens',
      headers: posted,
      body: { mitAgreement: 'unscheduled', source: { type: 'singleUseToken', token: singleUseToken } },
    });
    const { secureTokenId, token, status } = secureToken;
    expect(onSecureToken.mock.calls).toEqual([[{ secureTokenId, token, status }, expect.objectContaining({ reference: order.reference })]]);
  });

  it('replaces a saved token', async () => {
    const upstream = fakePayroc();
    expect((await verify(upstream, { ...tokenization, secureTokenId: 'MREF/1' })).json).toEqual({ outcome: 'saved' });
    expect(upstream.calls[1]).toEqual({
      method: 'POST',
      url: 'https://api.uat.payroc.com/v1/processing-terminals/1234001/secure-tokens/MREF%2F1/update-account',
      headers: posted,
      body: { type: 'singleUseToken', token: singleUseToken },
    });
  });

  it('reports a card that failed its check as declined, without calling onSecureToken', async () => {
    const onSecureToken = vi.fn();
    const upstream = fakePayroc({ 'secure-tokens': [{ ...secureToken, status: 'validationFailed' }] });
    expect((await verify(upstream, { ...tokenization, onSecureToken })).json).toEqual({ outcome: 'declined' });
    expect(onSecureToken).not.toHaveBeenCalled();
  });

  it('tells the merchant the saved card', async () => {
    const onOutcome = vi.fn();
    const answer = { ...secureToken, source: { type: 'card', cardNumber: '453985******7062' } };
    const pay = createEndpoints(fakePayroc({ 'secure-tokens': [answer] }), tokenization, { onOutcome });
    await readPayrocResponse(pay.outcome(createRequest(createOutcomeBody())));
    expect(onOutcome.mock.calls[0]?.[0]).toMatchObject({
      outcome: 'saved',
      payment: { id: secureToken.secureTokenId, form: 'card' },
      details: { method: 'CARD', last4: '7062' },
      savedCard: { token: secureToken.token, id: secureToken.secureTokenId, last4: '7062' },
    });
  });

  it('takes the last digits of a saved account', async () => {
    const onOutcome = vi.fn();
    const answer = { ...secureToken, status: 'bankAccountValidated', source: { accountNumber: '****7890' } };
    const pay = createEndpoints(fakePayroc({ 'secure-tokens': [answer] }), { ...tokenization, form: 'ach' }, { onOutcome });
    await readPayrocResponse(pay.outcome(createRequest(createOutcomeBody())));
    expect(onOutcome.mock.calls[0]?.[0]).toMatchObject({ savedCard: { last4: '7890' }, payment: { form: 'ach' } });
  });

  it('reports a status that Payroc does not list as pending, without a saved card', async () => {
    const [onSecureToken, onOutcome] = [vi.fn(), vi.fn()];
    const pay = createEndpoints(
      fakePayroc({ 'secure-tokens': [{ ...secureToken, status: 'reviewing' }] }),
      { ...tokenization, onSecureToken },
      { onOutcome },
    );
    const { json } = await readPayrocResponse(pay.outcome(createRequest(createOutcomeBody())));
    expect(json).toEqual({ outcome: 'pending' });
    expect(onOutcome.mock.calls[0]?.[0]).toMatchObject({ outcome: 'pending', reason: 'unknown-state' });
    expect(onOutcome.mock.calls[0]?.[0]).not.toHaveProperty('savedCard');
    expect(onSecureToken).not.toHaveBeenCalled();
  });

  it('responds with 500 if onSecureToken fails, and uses the same key again', async () => {
    const upstream = fakePayroc();
    const pay = createEndpoints(upstream, { ...tokenization, onSecureToken: () => Promise.reject(new Error('database')) });
    for (let n = 0; n < 2; n++) expect((await readPayrocResponse(pay.outcome(createRequest(createOutcomeBody())))).status).toBe(500);
    expect(new Set(readKeys(upstream.callsTo('secure-tokens'))).size).toBe(1);
  });

  it('rejects an invalid id of a saved token, without calling Payroc', async () => {
    const upstream = fakePayroc();
    const { status, json } = await requestToken(upstream, { ...tokenization, secureTokenId: () => '' });
    expect([status, json.type]).toEqual([500, 'urn:pay-checkout:problem:order']);
    expect(upstream.calls).toEqual([]);
  });
});

describe('payroc()', () => {
  it.each<[keyof PayrocOptions, unknown]>([
    ['apiKey', ''],
    ['apiKey', undefined],
    ['apiKey', 'two words'],
    ['processingTerminalId', '123'],
    ['processingTerminalId', '1'.repeat(51)],
    ['processingTerminalId', undefined],
    ['scenario', 'sale'],
    ['form', 'cash'],
    ['secCode', 'fax'],
  ])('rejects `%s` of %j, with an error that does not quote it', (name, value) => {
    expect(() => payroc({ ...options, [name]: value })).toThrow(`payroc(): \`${name}\``);
  });

  it('does not expose credentials when serialized', () => {
    const provider = payroc(options);
    expect(JSON.stringify(provider)).not.toContain(secrets.apiKey);
    expect([provider.name, provider.environments]).toEqual(['payroc', ['sandbox', 'production']]);
  });
});

describe('pay.outcome, when the shopper disconnects during a sale', () => {
  it('completes the sale and notifies the merchant', async () => {
    const { leaving, paying, upstream, answer, onOutcome } = await startSale();
    leaving.abort();
    expect(upstream.signal?.aborted).toBe(false);
    expect(onOutcome).not.toHaveBeenCalled();
    paying();
    expect((await answer).json).toEqual({ outcome: 'paid' });
    expect(onOutcome.mock.calls).toEqual([[expect.objectContaining({ outcome: 'paid', order }) as unknown]]);
    expect(upstream.signal?.aborted).toBe(false);
  });

  it('calls onError if the merchant cannot be notified', async () => {
    const full = new Error('the database is full');
    const { leaving, paying, answer, onError } = await startSale(() => Promise.reject(full));
    leaving.abort();
    paying();
    expect((await answer).status).toBe(500);
    expect(onError.mock.calls[0]?.[0]).toBe(full);
  });

  it('makes no call if the body was incomplete', async () => {
    const [leaving, upstream, onError] = [new AbortController(), fakePayroc(), vi.fn()];
    const body = new ReadableStream({
      start: (stream) => leaving.signal.addEventListener('abort', () => stream.error(new Error('reset'))),
    });
    const init = { method: 'POST', headers: { 'Content-Type': 'application/json' }, body, duplex: 'half', signal: leaving.signal };
    const answer = readPayrocResponse(
      createEndpoints(upstream, {}, { onError }).outcome(new Request('https://shop.example.com/api/pay/outcome', init)),
    );
    leaving.abort();
    expectAborted(await answer);
    expect([upstream.calls, onError.mock.calls]).toEqual([[], []]);
  });
});

function expectAborted({ status, json }: { status: number; json: Record<string, unknown> }) {
  expect([status, json.type]).toEqual([499, 'urn:pay-checkout:problem:aborted']);
}

/** Runs an outcome request until Payroc has received the sale, but has not responded. */
async function startSale(notify: () => Promise<void> = () => Promise.resolve()) {
  let paying = () => {};
  const gate = new Promise<void>((resolve) => (paying = resolve));
  const [leaving, payrocs, onOutcome, onError] = [new AbortController(), fakePayroc(), vi.fn(notify), vi.fn()];
  const upstream: { signal?: AbortSignal } = {};
  const fetch = async (url: string, init: RequestInit) => {
    if (!url.endsWith('/payments')) return payrocs.fetch(url, init);
    upstream.signal = init.signal!;
    await unlessAborted(init.signal!, gate);
    return payrocs.fetch(url, init);
  };
  const pay = createEndpoints(payrocs, {}, { fetch, onOutcome, onError });
  const answer = readPayrocResponse(pay.outcome(createRequest(createOutcomeBody(), { signal: leaving.signal })));
  await waitUntil(() => upstream.signal !== undefined);
  return { leaving, paying, upstream, answer, onOutcome, onError };
}
