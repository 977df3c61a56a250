import { createHmac } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { tokenBodySchema as bodySchema } from '../../../../src/providers/izipay/server/token-call.js';
import { createOrderNumber, isOrderNumberFor, readPurpose } from '../../../../src/providers/izipay/server/order-number.js';
import { izipay, type IssuedToken, type Order } from '../../../../src/server.js';
import { account, createEndpoints, fakeIzipay, createJwt, order, createRequest, readResponse, token, tokenBody } from './fake-izipay.js';

/** Izipay's hosts by environment. `test` is the seed's. */
const documented = {
  test: 'https://testapi-pw.izipay.pe/security/v1/Token/Generate',
  sandbox: 'https://sandbox-api-pw.izipay.pe/security/v1/Token/Generate',
  production: 'https://api-pw.izipay.pe/security/v1/Token/Generate',
} as const;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'], now: Date.UTC(2025, 8, 15) });
});
afterEach(() => {
  vi.useRealTimers();
});

interface Config {
  readonly transactionId: string;
  readonly order: Readonly<Record<string, string>>;
  readonly billing?: Readonly<Record<string, string>>;
  readonly [name: string]: unknown;
}
const requestToken = (changed: Partial<Order> = {}, upstream = fakeIzipay()) =>
  readResponse(createEndpoints(upstream, { order: () => ({ ...order, ...changed }) }).token(createRequest(tokenBody)));
const requestConfig = async (changed: Partial<Order> = {}): Promise<Config> => (await requestToken(changed)).json.config as Config;

describe('createToken', () => {
  it.each(['test', 'sandbox', 'production'] as const)('requests a token in %s with the seed’s fields', async (environment) => {
    const upstream = fakeIzipay();
    await readResponse(createEndpoints(upstream, { environment }).token(createRequest({ ...tokenBody, environment })));
    expect(upstream.calls).toEqual([
      {
        method: 'POST',
        url: documented[environment],
        headers: {
          Accept: 'application/json',
          'Content-Type': 'application/json',
          transactionId: expect.stringMatching(/^[0-9A-Za-z]{5,40}$/) as string,
        },
        body: {
          requestSource: 'ECOMMERCE',
          merchantCode: '4007701',
          orderNumber: expect.stringMatching(/^A1001[0-9A-Z]{9}$/) as string,
          publicKey: 'VErethUtraQuxas57wuMuquprADrAHAb',
          amount: '15.00',
        },
      },
    ]);
  });

  it('returns the token with its configuration', async () => {
    const upstream = fakeIzipay();
    const { status, json } = await requestToken({}, upstream);
    const [{ headers, body }] = upstream.calls as [(typeof upstream.calls)[number]];
    expect(status).toBe(200);
    expect(json).toEqual({
      token,
      expiresIn: 900,
      provider: 'izipay',
      environment: 'sandbox',
      config: {
        keyRSA: account.keyRSA,
        transactionId: headers.transactionId,
        action: 'pay',
        merchantCode: '4007701',
        order: {
          orderNumber: body.orderNumber,
          currency: 'PEN',
          amount: '15.00',
          processType: 'AT',
          merchantBuyerId: body.orderNumber,
          dateTimeTransaction: '1757894400000000',
        },
        billing: {
          firstName: 'Lucía',
          lastName: 'Quispe',
          email: 'lucia@example.com',
          phoneNumber: '987654321',
          street: 'Av. Arequipa 123',
          city: 'Lima',
          state: 'Lima',
          country: 'PE',
        },
      },
    });
  });

  it('gives onToken the numbers that Izipay gets, and does not send them to the page beside the configuration', async () => {
    const [upstream, onToken] = [fakeIzipay(), vi.fn<(issued: IssuedToken) => void>()];
    const { json } = await readResponse(createEndpoints(upstream, { onToken }).token(createRequest(tokenBody)));
    const [{ headers, body }] = upstream.calls as [(typeof upstream.calls)[number]];
    expect(onToken.mock.calls[0]?.[0].payment).toEqual({
      ...{ provider: 'izipay', environment: 'sandbox', order: 'A-1001' },
      ...{ id: body.orderNumber, transactionId: headers.transactionId, amount: 1500, currency: 'PEN' },
    });
    expect(json).not.toHaveProperty('numbers');
  });

  it('creates the order number with the newest hash key', async () => {
    const upstream = fakeIzipay();
    const providers = { izipay: izipay({ ...account, hashKey: ['newest', account.hashKey] }) };
    await createEndpoints(upstream, { providers }).token(createRequest(tokenBody));
    const { orderNumber = '' } = upstream.calls[0]!.body;
    expect(await isOrderNumberFor(orderNumber, 'newest', 'A-1001')).toBe(true);
    expect(await isOrderNumberFor(orderNumber, account.hashKey, 'A-1001')).toBe(false);
  });

  it.each<[string, Partial<Order>]>([
    ['payment', {}],
    ['payment', { capture: 'later', extra: { order: { processType: 'AT' } } }],
    ['hold', { capture: 'later' }],
    ['hold', { extra: { order: { processType: 'PA' } } }],
    ['registration', { save: 'only', amount: 0 }],
    ['registration', { save: 'only', amount: 0, extra: { order: { processType: 'PA' } } }],
  ])('creates the order number of a %s for %j', async (purpose, changed) => {
    const upstream = fakeIzipay();
    await createEndpoints(upstream, { order: () => ({ ...order, ...changed }) }).token(createRequest(tokenBody));
    const { orderNumber = '' } = upstream.calls[0]!.body;
    expect(await readPurpose(orderNumber, ['other', account.hashKey], 'A-1001')).toBe(purpose);
  });

  it('does not return the public key or the hash key', async () => {
    const { text } = await requestToken();
    expect(text).not.toContain(account.publicKey);
    expect(text).not.toContain(account.hashKey);
  });

  it('creates a new transaction id and order number each time', async () => {
    const pay = createEndpoints(fakeIzipay());
    const answers = await Promise.all(Array.from({ length: 20 }, () => readResponse(pay.token(createRequest(tokenBody)))));
    const configs = answers.map(({ json }) => json.config as Config);
    expect(new Set(configs.map(({ transactionId }) => transactionId)).size).toBe(20);
    expect(new Set(configs.map((config) => config.order.orderNumber)).size).toBe(20);
  });

  it.each<[string, string, number]>([
    ['its own lifetime if shorter than 15 minutes', createJwt({ iat: 100, exp: 160 }), 60],
    ['15 minutes if it claims a day, like the seed’s sample', createJwt({ iat: 1665616336, exp: 1665702736 }), 900],
    ['15 minutes if it has no lifetime', createJwt({}), 900],
    ['15 minutes if it is not a JWT', 'opaque', 900],
  ])('expires the token after %s', async (_, given, seconds) => {
    expect((await requestToken({}, fakeIzipay({ code: '00', message: 'OK', response: { token: given } }))).json.expiresIn).toBe(seconds);
  });

  it('accepts capitalized keys in the response', async () => {
    expect((await requestToken({}, fakeIzipay({ Code: '00', Message: 'OK', Response: { Token: token } }))).json.token).toBe(token);
  });

  it.each<[string, object, string]>([
    ['another code', { code: '96', message: 'Comercio no habilitado', response: {} }, 'with code 96: Comercio no habilitado.'],
    ['a code without a message', { code: '96' }, 'with code 96.'],
    ['another code beside a token', { code: '01', message: 'no', response: { token } }, 'with code 01: no.'],
    ['no token', { code: '00', message: 'OK', response: {} }, 'without a token.'],
    ['an empty token', { code: '00', message: 'OK', response: { token: '' } }, 'without a token.'],
    ['no response', { code: '00', message: 'OK' }, 'without a token.'],
    ['an invalid code', { code: '<b>no</b>', message: 'x' }, 'with code in an unknown format: x.'],
    ['a code as long as a key', { code: 'K'.repeat(32), message: 'x' }, 'with code in an unknown format: x.'],
  ])('responds with a retryable 502 to %s', async (_, answer, words) => {
    const upstream = fakeIzipay(answer);
    const { status, json } = await requestToken({}, upstream);
    expect(status).toBe(502);
    expect(json).toMatchObject({
      type: 'urn:pay-checkout:problem:upstream-refused',
      detail: `Izipay POST /security/v1/Token/Generate returned 200 ${words}`,
      retryable: true,
    });
    expect(upstream.calls).toHaveLength(1);
  });

  it.each([
    `the key ${account.publicKey} is unknown`,
    'the merchant 4007701 is unknown',
    'lucia@example.com',
    '<html>504</html>',
    '{"error":"upstream"}',
    'two\nlines',
    'word '.repeat(40),
  ])('does not quote the message %j, which may contain secrets', async (message) => {
    const { json } = await requestToken({}, fakeIzipay({ code: '96', message }));
    expect(json.detail).toBe('Izipay POST /security/v1/Token/Generate returned 200 with code 96.');
  });

  it('does not quote the body of an error', async () => {
    const { status, text } = await requestToken({}, fakeIzipay(401));
    expect(status).toBe(502);
    for (const secret of Object.values(account)) expect(text).not.toContain(secret);
  });
});

describe('createTokenCall', () => {
  const good = {
    requestSource: 'ECOMMERCE',
    merchantCode: '4007701',
    orderNumber: 'R202211101518',
    publicKey: 'VErethUtraQuxas57wuMuquprADrAHAb',
    amount: '15.00',
  };
  /** The seed's table "Cuerpo de la Solicitud": valid values at the limits, and invalid ones. */
  const table: [keyof typeof good, unknown[], unknown[]][] = [
    ['requestSource', ['ECOMMERCE', 'REFUND'], ['ecommerce', 'SALE', '', 1]],
    ['merchantCode', ['1', '1'.repeat(15)], ['', '1'.repeat(16), 4007701]],
    ['orderNumber', ['R2022', 'R'.repeat(15)], ['R202', 'R'.repeat(16)]],
    ['publicKey', ['k'.repeat(16), 'k'.repeat(400)], ['k'.repeat(15), 'k'.repeat(401)]],
    ['amount', ['0.00', '9999999999.99'], ['0', '15', '15.0', '15.000', '1,500.00', '.00', '10000000000.00', '-1.00', 15]],
  ];

  it.each(table)('validates `%s` as in the seed', (field, right, wrong) => {
    for (const value of right) expect(bodySchema.safeParse({ ...good, [field]: value }).success, String(value)).toBe(true);
    for (const value of [...wrong, undefined, null]) {
      const result = bodySchema.safeParse({ ...good, [field]: value });
      expect(result.success, String(value)).toBe(false);
      expect(result.error?.issues[0]?.path).toEqual([field]);
    }
  });

  it.each<[number, string]>([
    [1, '0.01'],
    [99, '0.99'],
    [100, '1.00'],
    [123_450, '1234.50'],
    [999_999_999_999, '9999999999.99'],
  ])('formats %i minor units as %s', async (amount, written) => {
    expect((await requestConfig({ amount })).order.amount).toBe(written);
  });

  it('sends 0.00 for an operation without a payment', async () => {
    const upstream = fakeIzipay();
    await requestToken({ extra: { action: 'register' } }, upstream);
    expect(upstream.calls[0]?.body.amount).toBe('0.00');
  });

  it('rejects an amount that is longer than Izipay takes, without a call', async () => {
    const upstream = fakeIzipay();
    const { status, json } = await requestToken({ amount: 1_000_000_000_000 }, upstream);
    expect(status).toBe(500);
    expect(json.detail).toMatch(/`amount` should have 4 to 13 characters/);
    expect(upstream.calls).toEqual([]);
  });

  it('rejects a currency that Izipay does not take', async () => {
    const { json } = await requestToken({ currency: 'EUR' });
    expect(json.detail).toBe('The order: `currency` should be one of PEN, USD for Izipay, but was EUR.');
  });
});

describe('buildConfig', () => {
  it('merges `extra` key by key', async () => {
    const extra = {
      render: { typeForm: 'pop-up' },
      urlIPN: 'https://shop.example.com/ipn',
      order: { payMethod: 'CARD', processType: 'PA' },
    };
    const config = await requestConfig({ extra });
    expect(config).toMatchObject({ render: { typeForm: 'pop-up' }, urlIPN: 'https://shop.example.com/ipn', action: 'pay' });
    expect(config.order).toMatchObject({ payMethod: 'CARD', processType: 'PA', amount: '15.00' });
  });

  it('does not let `extra` replace bound values, currency, billing data or key', async () => {
    const money = { amount: '1.00', currency: 'USD', orderNumber: 'another', dateTimeTransaction: '1' };
    const config = await requestConfig({ extra: { keyRSA: 'x', transactionId: 'x', merchantCode: 'x', billing: {}, order: money } });
    expect(config).toMatchObject({ keyRSA: account.keyRSA, merchantCode: '4007701', billing: { firstName: 'Lucía' } });
    expect(config.transactionId).toHaveLength(32);
    expect(config.order).toMatchObject({ amount: '15.00', currency: 'PEN', dateTimeTransaction: '1757894400000000' });
    expect(config.order.orderNumber).toMatch(/^A1001/);
  });

  it('gives each order its own buyer id, unless the merchant sets one', async () => {
    const [one, other] = [await requestConfig(), await requestConfig()];
    expect(one.order.merchantBuyerId).not.toBe(other.order.merchantBuyerId);
    expect((await requestConfig({ extra: { order: { merchantBuyerId: 'buyer-7' } } })).order.merchantBuyerId).toBe('buyer-7');
  });

  it('has no billing data without a buyer', async () => {
    expect(await requestConfig({ buyer: undefined })).not.toHaveProperty('billing');
  });
});

describe('createOrderNumber', () => {
  it.each<[string, RegExp]>([
    ['A-1001', /^A1001[0-9A-Z]{9}$/],
    ['order/2025/000123', /^000123[0-9A-Z]{9}$/],
    ['ñ', /^[0-9A-Z]{9}$/],
    ['8b2e1c1e-7c7e-4f0e-9d3a-2f6b8a9c0d1e', /^9c0d1e[0-9A-Z]{9}$/],
  ])('creates 9 to 15 letters and digits for %s, beginning with the end of the reference', async (reference, shape) => {
    expect(await createOrderNumber('key', reference)).toMatch(shape);
  });

  it('binds the number to the order and to the merchant', async () => {
    const number = await createOrderNumber('key', 'A-1001');
    expect(await isOrderNumberFor(number, 'key', 'A-1001')).toBe(true);
    expect(await isOrderNumberFor(number, 'key', 'A-1002')).toBe(false);
    expect(await isOrderNumberFor(number, 'key', 'A1001')).toBe(false);
    expect(await isOrderNumberFor(number, 'another', 'A-1001')).toBe(false);
    expect(await isOrderNumberFor(number.replace('A', 'B'), 'key', 'A-1001')).toBe(false);
  });

  it('leaves the order number of an ordinary payment as in earlier versions', async () => {
    const number = await createOrderNumber('key', 'A-1001');
    const mac = createHmac('sha256', 'key')
      .update(`order-number:${number.slice(5, 9)}:A-1001`)
      .digest();
    const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
    expect(number.slice(9)).toBe([...mac.subarray(0, 5)].map((byte) => alphabet[byte % 32]).join(''));
  });

  it.each(['', 'A1001', 'A-1001ABCDEFGHI', 'A1001ABCDEFGHIJKLMN', 'a1001ABCDEFGHI'])('does not accept "%s"', async (number) => {
    expect(await isOrderNumberFor(number, 'key', 'A-1001')).toBe(false);
  });
});

describe('izipay()', () => {
  it.each(['merchantCode', 'publicKey', 'hashKey', 'keyRSA'] as const)('requires `%s`, with an error that quotes no key', (name) => {
    expect(() => izipay({ ...account, [name]: '' })).toThrow(`izipay(): \`${name}\` should have`);
    expect(() => izipay({ ...account, [name]: undefined as unknown as string })).toThrow(`izipay(): \`${name}\``);
  });

  it.each<[string, unknown]>([
    ['an empty list', []],
    ['an empty key in the list', ['newest', '']],
    ['a number in the list', ['newest', 7]],
  ])('rejects %s as `hashKey`', (_, hashKey) => {
    expect(() => izipay({ ...account, hashKey: hashKey as string[] })).toThrow('izipay(): `hashKey');
  });

  it('does not quote a key of the wrong length', () => {
    expect(() => izipay({ ...account, publicKey: 'short-secret' })).toThrow(
      /^(?!.*short-secret).*`publicKey` should have 16 to 400 characters/,
    );
  });

  it('does not expose keys when serialized', () => {
    const provider = izipay(account);
    for (const secret of Object.values(account)) expect(JSON.stringify(provider)).not.toContain(secret);
    expect(provider.name).toBe('izipay');
    expect(provider.environments).toEqual(['test', 'sandbox', 'production']);
  });
});
