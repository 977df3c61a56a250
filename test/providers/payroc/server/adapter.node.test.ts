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
          order: { orderId: 'OrderRef6543', amount: 4999, currency: 'USD' },
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
      config: { mode: 'payment', form: 'card' },
    });
  });

  it.each<[Partial<PayrocOptions>, object, object]>([
    [{ scenario: 'tokenization' }, { scenario: 'tokenization' }, { mode: 'tokenization', form: 'card' }],
    [{ form: 'ach' }, { scenario: 'payment' }, { mode: 'payment', form: 'ach' }],
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
    [{ secureTokenId: 'MREF_1' }, { scenario: 'payment' }, { mode: 'payment', form: 'card' }],
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

describe('decideOutcome', () => {
  it.each<[status: string, code: string | undefined, outcome: string, reason?: string]>([
    ['ready', 'A', 'paid'],
    ['complete', 'A', 'paid'],
    ['accepted', 'A', 'paid'],
    ['pending', 'A', 'pending', 'processing'],
    ['referral', 'A', 'pending', 'referral'],
    ['referral', 'R', 'pending', 'referral'],
    ['ready', 'P', 'pending', 'partial'],
    ['ready', 'E', 'pending', 'processing'],
    ['pending', 'E', 'pending', 'processing'],
    ['ready', undefined, 'pending', 'processing'],
    ['pending', undefined, 'pending', 'processing'],
    ['declined', 'D', 'declined'],
    ['declined', undefined, 'declined'],
    ['ready', 'D', 'declined'],
    ['declined', 'A', 'declined'],
    ['declined', 'R', 'declined'],
    ['pickup', 'C', 'declined'],
    ['reversal', 'A', 'declined'],
    ['admin', 'A', 'declined'],
    ['expired', 'A', 'declined'],
    ['returned', 'A', 'declined'],
    ['approved', 'D', 'declined'],
  ])('reports status %s with response code %s as %s', async (status, responseCode, outcome, reason) => {
    const answer = createSale({ result: { status, responseCode } });
    const { json, reported } = await verifyAndReport(fakePayroc({ payments: [answer] }));
    expect(json).toEqual({ outcome });
    expect(reported).toMatchObject({ outcome, reason, reference: 'M2MJOG6O2Y' });
  });

  it.each<[string, Parameters<typeof createSale>[0], approved: number | undefined]>([
    ['with its own code', { result: { responseCode: 'P', authorizedAmount: 2500 } }, 2500],
    ['with that part as the order’s amount', { order: { amount: 2500 }, result: { responseCode: 'P', authorizedAmount: 2500 } }, 2500],
    ['without an amount', { result: { responseCode: 'P', authorizedAmount: undefined } }, undefined],
    ['as an approval of less than the price', { result: { authorizedAmount: 4998 } }, 4998],
  ])('reports a partial approval %s as pending, with the amount for the merchant to void or complete', async (_, changed, approved) => {
    const { json, reported } = await verifyAndReport(fakePayroc({ payments: [createSale(changed)] }));
    expect(json).toEqual({ outcome: 'pending' });
    expect(reported).toEqual({ outcome: 'pending', reason: 'partial', approved, reference: 'M2MJOG6O2Y' });
  });

  it.each<[string, string, Parameters<typeof createSale>[0]]>([
    ['another amount', 'price', { order: { amount: 499 } }],
    ['another currency', 'price', { order: { currency: 'CAD' } }],
    ['another order', 'order', { order: { orderId: 'another' } }],
    ['another terminal', 'order', { processingTerminalId: '1234002' }],
    ['a partial approval of another amount', 'price', { order: { amount: 5000 }, result: { authorizedAmount: 4000 } }],
    ['a partial approval of another order', 'order', { order: { orderId: 'another' }, result: { responseCode: 'P' } }],
    ['a partial approval in another currency', 'price', { order: { currency: 'CAD' }, result: { responseCode: 'P' } }],
    ['a result in another currency', 'price', { result: { currency: 'CAD' } }],
  ])('reports an approval of %s as forged: neither paid nor declined, because money moved', async (_, reason, changed) => {
    const { json, reported } = await verifyAndReport(fakePayroc({ payments: [createSale(changed)] }));
    expect(json).toEqual({ outcome: 'pending' });
    expect(reported).toEqual({ outcome: 'forged', reason, reference: 'M2MJOG6O2Y' });
  });

  it.each<[string, object, object]>([
    ['from an approval', createSale(), { outcome: 'paid', reference: 'M2MJOG6O2Y' }],
    ['from a decline', createSale({ result: { responseCode: 'D' } }), { outcome: 'declined', reference: 'M2MJOG6O2Y' }],
    ['only if Payroc returns one', { ...createSale(), paymentId: undefined }, { outcome: 'paid' }],
  ])('takes the reference %s', async (_, answer, expected) => {
    expect((await verifyAndReport(fakePayroc({ payments: [answer] }))).reported).toEqual(expected);
  });

  it.each<[string, Parameters<typeof createSale>[0]]>([
    [
      'without amounts',
      {
        processingTerminalId: undefined,
        order: { orderId: undefined, amount: undefined, currency: undefined },
        result: { authorizedAmount: undefined, currency: undefined },
      },
    ],
    ['with a surcharge', { result: { authorizedAmount: 5149 } }],
  ])('reports a sale %s as paid', async (_, changed) => {
    expect((await verify(fakePayroc({ payments: [createSale(changed)] }))).json).toEqual({ outcome: 'paid' });
  });

  it('reports an unsupported card type as declined', async () => {
    const { json, reported } = await verifyAndReport(fakePayroc({ payments: [createProblem(400, 'card-type-not-supported')] }));
    expect(json).toEqual({ outcome: 'declined' });
    expect(reported).toEqual({ outcome: 'declined', reason: 'card-type' });
  });

  it.each<[string, ScriptedResponse, number, boolean]>([
    ['an invalid request', createProblem(400, 'bad-request'), 502, false],
    ['a missing permission', createProblem(403, 'forbidden'), 502, false],
    ['a failure', createProblem(500, 'api-error'), 502, true],
    ['a network error', new TypeError('fetch failed'), 502, true],
    ['a response of another shape', { transactionResult: {} }, 502, true],
  ])('responds with an error to %s', async (_, answer, status, retryable) => {
    skipDelays();
    const copy = answer instanceof Response ? answer.clone() : answer;
    const result = await verify(fakePayroc({ payments: [answer, copy] }));
    expect(result.status).toBe(status);
    expect(result.json).toMatchObject({ retryable });
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
      order: { description: 'Large Pepperoni Pizza', orderId: order.reference, amount: 4999, currency: 'USD' },
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
          order: { orderId: order.reference, amount: 4999, currency: 'USD' },
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

describe('resolveSaleError, with a key in use', () => {
  const createInUse = () => createProblem(409, 'idempotency-key-in-use');
  const createListing = (...data: object[]) =>
    fakePayroc({ payments: [createInUse(), { limit: 10, count: data.length, hasMore: false, data }] });
  const listCalls = ({ calls }: FakePayroc) => calls.map(({ method, url }) => `${method} ${url.split('/').at(-1)}`);
  const price = { order: { amount: 3000 }, result: { authorizedAmount: 3000 } };

  it.each<[string, object[], object]>([
    ['a sale at another price', [createSale(price)], { outcome: 'forged', reason: 'price' }],
    ['a sale with other fields in `extra`', [createSale()], { outcome: 'paid' }],
    [
      'a partial approval',
      [createSale({ result: { responseCode: 'P', authorizedAmount: 9 } })],
      { outcome: 'pending', reason: 'partial', approved: 9 },
    ],
    [
      'several sales, one of them paid',
      [createSale({ result: { responseCode: 'D' } }), createSale(price), createSale()],
      { outcome: 'paid' },
    ],
  ])('reports %s from Payroc’s list, without another sale', async (_, data, found) => {
    const upstream = createListing(...data);
    const { status, reported } = await verifyAndReport(upstream);
    expect([status, reported]).toEqual([200, { ...found, reference: 'M2MJOG6O2Y' }]);
    expect(listCalls(upstream)).toEqual([
      'POST authorize',
      'POST payments',
      'GET payments?processingTerminalId=1234001&orderId=OrderRef6543',
    ]);
    expect(upstream.calls[2]).toMatchObject({ headers: { Authorization: `Bearer ${secrets.bearer}` }, body: undefined });
  });

  it('searches the bank transfers for ACH', async () => {
    const upstream = fakePayroc({ 'bank-transfer-payments': [createInUse(), { data: [createSale()] }] });
    expect((await verifyAndReport(upstream, { form: 'ach' })).reported).toMatchObject({ outcome: 'paid' });
    expect(listCalls(upstream).at(-1)).toBe('GET bank-transfer-payments?processingTerminalId=1234001&orderId=OrderRef6543');
  });

  it.each<[string, ScriptedResponse]>([
    ['an empty list', { data: [] }],
    ['a decline, which may belong to another card', { data: [createSale({ result: { responseCode: 'D' } })] }],
    ['a sale in progress', { data: [createSale({ result: { status: 'pending', responseCode: 'E' } })] }],
    ['a sale of another order', { data: [createSale({ order: { orderId: 'another' } })] }],
    ['a sale without an order', { data: [createSale({ order: { orderId: undefined } })] }],
    ['a missing permission', createProblem(403, 'forbidden')],
    ['a failure', 500],
    ['a list of another shape', { data: 'all' }],
  ])('responds with 503 and Retry-After 5 s to %s, and calls onError', async (_, answer) => {
    const [upstream, onError] = [fakePayroc({ payments: [createInUse(), answer] }), vi.fn()];
    const { status, headers, json, reported } = await verifyAndReport(upstream, {}, { onError });
    expect([status, headers.get('Retry-After'), reported]).toEqual([503, '5', undefined]);
    expect(json).toMatchObject({ type: 'urn:pay-checkout:problem:upstream-conflict', retryable: true });
    expect(json.detail).toMatch(/still in progress, or the price or `extra` of the order has changed since\./);
    expect(onError).toHaveBeenCalledOnce();
    expect(listCalls(upstream)).toHaveLength(3);
  });

  it('does not request the list after a retry', async () => {
    skipDelays();
    const upstream = fakePayroc({ payments: [500, createInUse(), { data: [createSale()] }] });
    expect((await verify(upstream)).status).toBe(503);
    expect(listCalls(upstream)).toEqual(['POST authorize', 'POST payments', 'POST payments']);
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
    await waitUntil(() => vi.getTimerCount() === 2); // the deadline, and the delay before the retry
    await vi.advanceTimersByTimeAsync(200);
    const { status, headers } = await first;
    expect([status, headers.get('Retry-After')]).toEqual([503, '5']);
    await vi.advanceTimersByTimeAsync(5_000);
    expect((await readPayrocResponse(pay.outcome(createRequest(createOutcomeBody())))).json).toEqual({ outcome: 'paid' });
    expect(payrocs.callsTo('payments')).toHaveLength(1);
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
    expect(json).toEqual({ outcome: 'paid' });
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
    expect((await verify(upstream, { ...tokenization, secureTokenId: 'MREF/1' })).json).toEqual({ outcome: 'paid' });
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
