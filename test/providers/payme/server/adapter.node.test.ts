import { createHmac } from 'node:crypto';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { createOperationNumber, isOperationNumberFor } from '../../../../src/providers/payme/server/operation-number.js';
import { payme, type Order, type PaymentOutcome } from '../../../../src/server.js';
import {
  credentials,
  createEndpoints,
  fakePayme,
  merchantCode,
  nonce,
  order,
  createRequest,
  readResponse,
  secrets,
  tokenBody,
  skipDelays,
  type ScriptedResponse,
} from '../../../server/fake-payme.js';

afterEach(() => {
  vi.unstubAllGlobals();
});

/** From the documentation, "API Nonce" and "Autenticación". */
const documented = {
  sandbox: { auth: 'https://auth.preprod.alignet.io', api: 'https://api.preprod.alignet.io', audience: 'https://api.preprod.alignet.io/' },
  production: { auth: 'https://auth.alignet.io', api: 'https://api.alignet.io', audience: 'https://api.alignet.io/' },
} as const;
const headers = { 'Content-Type': 'application/json', 'ALG-API-VERSION': '1709847567' };

interface Payload {
  merchant_operation_number: string;
  payment_details: Record<string, unknown>;
}
const readPayload = (json: Record<string, unknown>) => (json.config as { payload: Payload }).payload;
const requestToken = (changed: Partial<Order>, upstream = fakePayme()) =>
  readResponse(createEndpoints(upstream, { order: () => ({ ...order, ...changed }) }).token(createRequest(tokenBody)));

describe.each(['sandbox', 'production'] as const)('payme() in %s', (environment) => {
  const { auth, api, audience } = documented[environment];

  it('requests a bearer, then a nonce, with the documented fields', async () => {
    const upstream = fakePayme();
    await readResponse(createEndpoints(upstream, { environment }).token(createRequest({ ...tokenBody, environment })));
    expect(upstream.calls.map(({ method, url, headers, body }) => ({ method, url, headers, body }))).toEqual([
      {
        method: 'POST',
        url: `${auth}/token`,
        headers,
        body: {
          action: 'authorize',
          grant_type: 'client_credentials',
          audience,
          client_id: 'your_client_id',
          client_secret: 'your_client_secret',
          scope: 'create:token post:charges get:charges',
        },
      },
      {
        method: 'POST',
        url: `${auth}/nonce`,
        headers: { ...headers, Authorization: `Bearer ${secrets.bearer}` },
        body: { action: 'create.nonce', audience, client_id: 'your_client_id', scope: 'post:charges' },
      },
    ]);
  });

  it('requests the outcome of a payment from Pay-me itself', async () => {
    const operation = await createOperationNumber(credentials.clientSecret, order.reference);
    const upstream = fakePayme({ charges: [createCharge(operation)] });
    const body = { ...createOutcomeBody(operation), environment };
    expect((await readResponse(createEndpoints(upstream, { environment }).outcome(createRequest(body)))).json).toEqual({ outcome: 'paid' });
    const { method, url, headers: sent, body: none } = upstream.callsTo('charges')[0] ?? {};
    expect({ method, url, none, sent }).toEqual({
      method: 'GET',
      url: `${api}/charges/your_merchant_code/${operation}/5hk8rwa3h3cq9oyfs3a28v1ms`,
      none: undefined,
      sent: { 'ALG-API-VERSION': '1709847567', Authorization: `Bearer ${secrets.bearer}` },
    });
  });
});

describe('createToken', () => {
  it('returns the token with its payload', async () => {
    const { status, json } = await requestToken({});
    expect(status).toBe(200);
    expect(json).toEqual({
      token: nonce,
      expiresIn: 30,
      provider: 'payme',
      environment: 'sandbox',
      config: {
        payload: {
          action: 'authorize',
          channel: 'ecommerce',
          merchant_code: merchantCode,
          merchant_operation_number: expect.stringMatching(/^[1-9]\d{11}$/) as string,
          payment_method: {},
          payment_details: {
            amount: '1050',
            currency: '604',
            billing: {
              first_name: 'Lucía',
              last_name: 'Quispe',
              email: 'lucia@example.com',
              phone: { country_code: '+51', subscriber: '987654321' },
              location: { line_1: 'Av. Arequipa 123', city: 'Lima', state: 'Lima', country: 'PE' },
            },
          },
        },
      },
    });
  });

  it.each<[unknown, number]>([
    [25, 25],
    ['25', 25],
    [0, 0],
    [undefined, 30],
    ['soon', 30],
  ])('reads the lifetime %j as %i s', async (expires_in, seconds) => {
    const { json } = await requestToken({}, fakePayme({ nonce: [{ action: 'create.nonce', success: true, nonce, expires_in }] }));
    expect(json.expiresIn).toBe(seconds);
  });

  it.each<[string, string, object]>([
    ['a failed nonce', 'nonce', { action: 'create.nonce', success: false, nonce, nonce_creation: {} }],
    ['a failed nonce, with success as a string', 'nonce', { action: 'create.nonce', success: 'false', nonce }],
    ['a 200 without a nonce', 'nonce', { action: 'create.nonce', success: true, message: secrets.body }],
    ['a failed bearer', 'token', { action: 'authorize', success: false, access_token: secrets.bearer }],
    ['a 200 without a bearer', 'token', { action: 'authorize', success: true }],
  ])('responds with a retryable 502 to %s', async (_, name, answer) => {
    const upstream = fakePayme({ [name]: [answer] });
    const { status, json } = await requestToken({}, upstream);
    expect(status).toBe(502);
    expect(json).toMatchObject({
      type: 'urn:pay-checkout:problem:upstream-refused',
      detail: `Pay-me POST /${name} returned 200 without the requested token.`,
      retryable: true,
    });
    expect(upstream.callsTo(name)).toHaveLength(1);
  });

  it.each([true, 'true', undefined])('accepts a bearer with success: %j', async (success) => {
    const upstream = fakePayme({ token: [{ success, access_token: secrets.bearer }] });
    expect((await requestToken({}, upstream)).status).toBe(200);
  });

  it('rejects a bearer with a line break, which would inject a header', async () => {
    skipDelays();
    const broken = { success: true, access_token: `${secrets.bearer}\r\nX-Evil: 1` };
    expect((await requestToken({}, fakePayme({ token: [broken, broken] }))).json.type).toBe('urn:pay-checkout:problem:upstream-answer');
  });
});

describe('buildPayload', () => {
  it.each([
    ['PEN', '604'],
    ['USD', '840'],
    ['CRC', '188'],
    ['PAB', '590'],
  ])('converts the currency %s to %s', async (currency, code) => {
    expect(readPayload((await requestToken({ currency })).json).payment_details.currency).toBe(code);
  });

  it('rejects a currency that Pay-me is not known to take', async () => {
    const upstream = fakePayme();
    const { status, json } = await requestToken({ currency: 'EUR' }, upstream);
    expect(status).toBe(500);
    expect(json).toMatchObject({
      type: 'urn:pay-checkout:problem:order',
      detail: 'The order: `currency` should be one of PEN, USD, CRC, PAB for Pay-me, but was EUR.',
      retryable: false,
    });
    expect(upstream.calls).toEqual([]);
  });

  it('rejects an order without a buyer', async () => {
    const { status, json } = await requestToken({ buyer: undefined });
    expect(status).toBe(500);
    expect(json.detail).toMatch(/`buyer` should be an object, because Pay-me needs billing data, but was missing/);
  });

  it('rejects an amount that is longer than Pay-me takes', async () => {
    const { status, json } = await requestToken({ amount: 1_000_000_000_000 });
    expect(status).toBe(500);
    expect(json.detail).toMatch(/`payment_details.amount` should be minor units/);
  });

  it('contains the second address line and the postal code if the buyer has them', async () => {
    const buyer = { ...order.buyer!, address: { ...order.buyer!.address, line2: 'Dpto. 4', postalCode: '15046' } };
    const { billing } = readPayload((await requestToken({ buyer })).json).payment_details;
    expect(billing).toMatchObject({ location: { line_1: 'Av. Arequipa 123', line_2: 'Dpto. 4', zip_code: '15046' } });
  });

  it('puts the identity document into the customer', async () => {
    const document = { country: 'PER', type: 'DNI', number: '12345678' };
    const { billing, customer } = readPayload((await requestToken({ buyer: { ...order.buyer!, document } })).json).payment_details;
    expect(billing).not.toHaveProperty('identity_document');
    expect(customer).toEqual({ ...(billing as object), identity_document: { country: 'PER', type: 'DNI', identifier: '12345678' } });
  });

  it('merges `extra`, but not into amount, currency or billing', async () => {
    const extra = { additional_fields: { channel: 'web' }, shipping: { first_name: 'Ana' }, amount: '1', currency: '840', billing: {} };
    const { payment_details: details } = readPayload((await requestToken({ extra })).json);
    expect(details).toMatchObject({
      additional_fields: { channel: 'web' },
      shipping: { first_name: 'Ana' },
      amount: '1050',
      currency: '604',
    });
    expect(details.billing).toMatchObject({ first_name: 'Lucía' });
  });
});

describe('createOperationNumber', () => {
  it('creates a new number for every token', async () => {
    const pay = createEndpoints(fakePayme());
    const answers = await Promise.all(Array.from({ length: 10 }, () => readResponse(pay.token(createRequest(tokenBody)))));
    expect(new Set(answers.map(({ json }) => readPayload(json).merchant_operation_number)).size).toBe(10);
  });

  it('appends five digits of an HMAC over the reference and the random digits', async () => {
    const operation = await createOperationNumber('your_client_secret', 'A-1001');
    const mac = createHmac('sha256', 'your_client_secret')
      .update(`A-1001:${operation.slice(0, 7)}`)
      .digest();
    expect(operation.slice(7)).toBe(String(mac.readUInt32BE(0) % 100_000).padStart(5, '0'));
  });

  it('binds the number to the order and to the merchant', async () => {
    const operation = await createOperationNumber('your_client_secret', 'A-1001');
    // One number in 100 000 fits by chance, but never all three.
    const otherOrders = ['A-1002', 'A-1003', 'A-1004'].map((reference) => isOperationNumberFor(operation, 'your_client_secret', reference));
    const otherSecrets = ['a', 'b', 'c'].map((secret) => isOperationNumberFor(operation, secret, 'A-1001'));
    expect(await isOperationNumberFor(operation, 'your_client_secret', 'A-1001')).toBe(true);
    expect(await Promise.all(otherOrders)).toContain(false);
    expect(await Promise.all(otherSecrets)).toContain(false);
  });

  it.each(['123456', '012345678901', '1234567890123', 'A23456789012', ''])('does not accept "%s"', async (operation) => {
    expect(await isOperationNumberFor(operation, 'your_client_secret', 'A-1001')).toBe(false);
  });
});

const transactionId = '5hk8rwa3h3cq9oyfs3a28v1ms';

function createOutcomeBody(operation: unknown, transaction: unknown = { transaction_id: transactionId, state: 'AUTORIZADO' }) {
  const raw = { success: 'true', merchant_operation_number: operation, transaction };
  return { ...tokenBody, attempt: 1, result: { provider: 'payme', raw } };
}

function createCharge(operation: string | number, changes: { top?: object; operation?: object; transaction?: object } = {}) {
  const transaction = { transaction_id: transactionId, state: 'AUTORIZADO', amount: '1050', currency: '604', ...changes.transaction };
  return {
    success: 'true',
    merchant_code: merchantCode,
    operation: {
      merchant_operation_number: operation,
      amount: '1050',
      currency: '604',
      state: 'AUTORIZADO',
      transactions: [{ transaction_id: 'another', state: 'DENEGADO' }, transaction],
      ...changes.operation,
    },
    ...changes.top,
  };
}

async function verify(answer: (operation: string) => ScriptedResponse, { reference = order.reference, ...made }: Partial<Order> = {}) {
  const operation = await createOperationNumber(credentials.clientSecret, reference);
  const given = answer(operation);
  const upstream = fakePayme({ charges: [given, given] });
  const reported: Partial<PaymentOutcome>[] = [];
  const onOutcome = ({ outcome, reason, reference }: PaymentOutcome) => void reported.push({ outcome, reason, reference });
  const pay = createEndpoints(upstream, { order: () => ({ ...order, ...made }), onOutcome });
  return { ...(await readResponse(pay.outcome(createRequest(createOutcomeBody(operation))))), upstream, reported: reported[0] };
}

describe('verifyCharge', () => {
  it.each([
    ['AUTORIZADO', 'paid'],
    ['PENDIENTE', 'pending'],
    ['REGISTRADO', 'pending'],
    [undefined, 'pending'],
    ['DENEGADO', 'declined'],
    ['INVALIDO', 'declined'],
    ['CANCELADO', 'declined'],
    ['EXPIRADO', 'declined'],
    ['EXTORNADO', 'declined'],
    ['LIQUIDADO', 'paid'],
    ['DEPOSITADO', 'paid'],
  ])('reports the state %s as %s', async (state, outcome) => {
    const { status, json } = await verify((operation) => createCharge(operation, { transaction: { state } }));
    expect(status).toBe(200);
    expect(json).toEqual({ outcome });
  });

  it('trusts Pay-me, not the page', async () => {
    const { json } = await verify((operation) => createCharge(operation, { transaction: { state: 'DENEGADO' } }));
    expect(json).toEqual({ outcome: 'declined' });
  });

  it.each<[string, (operation: string) => object]>([
    [
      'numbers',
      (operation) =>
        createCharge(Number(operation), { operation: { amount: 1050, currency: 604 }, transaction: { amount: 1050, currency: 604 } }),
    ],
    [
      'a transaction without amount and currency',
      (operation) => createCharge(operation, { transaction: { amount: undefined, currency: null } }),
    ],
    ['padded digits', (operation) => createCharge(operation, { operation: { amount: '000000001050' } })],
  ])('reports paid with %s', async (_, answer) => {
    expect((await verify(answer)).json).toEqual({ outcome: 'paid' });
  });

  it.each<[string, string, { top?: object; operation?: object; transaction?: object }]>([
    ['another merchant', 'order', { top: { merchant_code: 'another' } }],
    ['another operation', 'order', { operation: { merchant_operation_number: '100000000000' } }],
    ['another amount', 'price', { operation: { amount: '105' } }],
    ['another currency', 'price', { operation: { currency: '840' } }],
    ['a transaction of another amount', 'price', { transaction: { amount: '1' } }],
    ['a transaction of another currency', 'price', { transaction: { currency: '840' } }],
  ])('reports %s as forged, and as pending to the page', async (_, reason, changes) => {
    const { json, reported } = await verify((operation) => createCharge(operation, changes));
    expect(json).toEqual({ outcome: 'pending' });
    expect(reported).toEqual({ outcome: 'forged', reason, reference: transactionId });
  });

  it('does not report paid if the order’s price has changed', async () => {
    for (const changed of [{ amount: 2000 }, { currency: 'USD' }]) {
      const { json, reported } = await verify((operation) => createCharge(operation), changed);
      expect(json).toEqual({ outcome: 'pending' });
      expect(reported).toMatchObject({ outcome: 'forged', reason: 'price' });
    }
  });

  it('returns Pay-me’s own reference once Pay-me knows the charge', async () => {
    expect((await verify((operation) => createCharge(operation))).reported).toEqual({ outcome: 'paid', reference: transactionId });
    expect((await verify(() => 404)).reported).toEqual({ outcome: 'pending' });
  });

  it('rejects the payment of another order with the same price', async () => {
    const foreign: string[] = [];
    for (const reference of ['B-1', 'B-2', 'B-3']) {
      const { json, upstream, reported } = await verify((operation) => createCharge(operation), { reference });
      if (json.outcome === 'pending' && reported?.reason === 'order' && upstream.calls.length === 0) foreign.push(reference);
    }
    // One in 100 000 foreign numbers fits by chance.
    expect(foreign.length).toBeGreaterThanOrEqual(2);
  });

  it('reports pending while Pay-me does not know the transaction', async () => {
    expect((await verify(() => 404)).json).toEqual({ outcome: 'pending' });
    expect((await verify((operation) => createCharge(operation, { operation: { transactions: [] } }))).json).toEqual({
      outcome: 'pending',
    });
  });

  it.each<[string, ScriptedResponse, number, boolean]>([
    ['a failure', 500, 502, true],
    ['a busy response', 503, 503, true],
    ['a network error', new TypeError('fetch failed'), 502, true],
    ['a missing permission', 403, 502, false],
    ['a response of another shape', { operation: {} }, 502, true],
  ])('responds with an error to %s', async (_, answer, status, retryable) => {
    skipDelays();
    const result = await verify(() => answer);
    expect(result.status).toBe(status);
    expect(result.json).toMatchObject({ retryable });
  });

  it('responds with an error if amounts cannot be compared', async () => {
    skipDelays();
    const { status } = await verify((operation) => createCharge(operation, { operation: { amount: '10.50' } }));
    expect(status).toBe(502);
  });

  it('retries with a new bearer when Pay-me rejects a cached one', async () => {
    const operation = await createOperationNumber(credentials.clientSecret, order.reference);
    const upstream = fakePayme({ charges: [createCharge(operation), 401, createCharge(operation)] });
    const pay = createEndpoints(upstream);
    await readResponse(pay.outcome(createRequest(createOutcomeBody(operation))));
    expect((await readResponse(pay.outcome(createRequest(createOutcomeBody(operation))))).json).toEqual({ outcome: 'paid' });
    expect(upstream.callsTo('token')).toHaveLength(2);
  });

  it.each<[string, unknown, unknown]>([
    ['no operation', undefined, { transaction_id: transactionId }],
    ['an operation that is a path', '../charges/1', { transaction_id: transactionId }],
    ['an operation that is a number', 123456789012, { transaction_id: transactionId }],
    ['no transaction', '123456789012', null],
    ['a transaction without an id', '123456789012', {}],
    ['a transaction that is a path', '123456789012', { transaction_id: '..' }],
    ['a transaction that is a deeper path', '123456789012', { transaction_id: 'a/../../b' }],
    ['a transaction with a query', '123456789012', { transaction_id: 'a?b=c' }],
    ['a long transaction id', '123456789012', { transaction_id: 'a'.repeat(65) }],
  ])('responds with 422 to %s, without calling Pay-me', async (_, operation, transaction) => {
    const upstream = fakePayme();
    const { status, json } = await readResponse(
      createEndpoints(upstream).outcome(createRequest(createOutcomeBody(operation, transaction))),
    );
    expect(status).toBe(422);
    expect(json.detail).toMatch(/^The body: `result.raw`: /);
    expect(upstream.calls).toEqual([]);
  });
});

describe('payme()', () => {
  it.each(['clientId', 'clientSecret', 'merchantCode'] as const)('requires `%s`, with an error that quotes no credential', (name) => {
    expect(() => payme({ ...credentials, [name]: '' })).toThrow(`payme(): \`${name}\` should not be empty`);
    expect(() => payme({ ...credentials, [name]: undefined })).toThrow(`payme(): \`${name}\``);
  });

  it('uses a custom audience for bearer and nonce', async () => {
    const upstream = fakePayme();
    const audience = 'https://api.dev.alignet.io';
    await readResponse(
      createEndpoints(upstream, { providers: { payme: payme({ ...credentials, audience }) } }).token(createRequest(tokenBody)),
    );
    expect(upstream.calls.map(({ body }) => (body as { audience: string }).audience)).toEqual([audience, audience]);
  });

  it.each(['http://api.alignet.io', 'api.alignet.io', 'https://api.alignet.io/v1'])('rejects %s as audience', (audience) => {
    expect(() => payme({ ...credentials, audience })).toThrow('`audience` should be the base URL of an API');
  });

  it('does not expose credentials when serialized', () => {
    const provider = payme(credentials);
    expect(JSON.stringify(provider)).not.toMatch(/your_client/);
    expect(provider.name).toBe('payme');
    expect(provider.environments).toEqual(['sandbox', 'production']);
  });
});
