import { createHmac } from 'node:crypto';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { createOperationNumber, isOperationNumberFor } from '../../../../src/providers/payme/server/operation-number.js';
import { payme, type BearerGrant, type Order, type ServerContext } from '../../../../src/server.js';
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
} from '../../../server/fake-payme.js';
import { createCharge, createOutcomeBody } from './fake-charge.js';

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

  it('tells the merchant the numbers of the payment, without sending them to the browser', async () => {
    const onToken = vi.fn();
    const { json } = await readResponse(createEndpoints(fakePayme(), { onToken }).token(createRequest(tokenBody)));
    const operation = readPayload(json).merchant_operation_number;
    expect(onToken.mock.calls).toEqual([
      [
        expect.objectContaining({
          payment: {
            provider: 'payme',
            environment: 'sandbox',
            order: 'A-1001',
            id: operation,
            operationNumber: operation,
            amount: 1050,
            currency: 'PEN',
          },
        }),
      ],
    ]);
    expect(Object.keys(json).sort()).toEqual(['config', 'environment', 'expiresIn', 'provider', 'token']);
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

  it.each([null, true, 'x', '8600.0', -5, [8600]])('uses a bearer with the lifetime %j', async (expires_in) => {
    const upstream = fakePayme({ token: [{ action: 'authorize', success: true, access_token: secrets.bearer, expires_in }] });
    expect((await requestToken({}, upstream)).status).toBe(200);
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
    const otherOrders = ['A-1002', 'A-1003', 'A-1004'].map((reference) =>
      isOperationNumberFor(operation, ['your_client_secret'], reference),
    );
    const otherSecrets = ['a', 'b', 'c'].map((secret) => isOperationNumberFor(operation, [secret], 'A-1001'));
    expect(await isOperationNumberFor(operation, ['your_client_secret'], 'A-1001')).toBe(true);
    expect(await Promise.all(otherOrders)).toContain(false);
    expect(await Promise.all(otherSecrets)).toContain(false);
  });

  it.each(['123456', '012345678901', '1234567890123', 'A23456789012', ''])('does not accept "%s"', async (operation) => {
    expect(await isOperationNumberFor(operation, ['your_client_secret'], 'A-1001')).toBe(false);
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

  it('names the audience in the grant, so that accounts with another one share no bearer', async () => {
    const audience = 'https://api.dev.alignet.io';
    const grants: BearerGrant[] = [];
    const withBearer = (grant: BearerGrant) => (grants.push(grant), Promise.reject(new Error('enough')));
    const context = { environment: 'sandbox', order, withBearer } as unknown as ServerContext;
    for (const provider of [payme(credentials), payme({ ...credentials, audience })])
      await expect(provider.createToken(context)).rejects.toThrow('enough');
    expect(grants.map((grant) => grant.audience)).toEqual(['https://api.preprod.alignet.io/', audience]);
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
