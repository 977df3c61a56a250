import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { tokenBodySchema as bodySchema } from '../../../../src/providers/izipay/server/token-call.js';
import { createOrderNumber, isOrderNumberFor } from '../../../../src/providers/izipay/server/order-number.js';
import { izipay, type Order, type PaymentOutcome } from '../../../../src/server.js';
import {
  account,
  createEndpoints,
  fakeIzipay,
  createJwt,
  order,
  createRequest,
  readResponse,
  sign,
  token,
  tokenBody,
} from './fake-izipay.js';

/** Izipay's hosts by environment: `test` is the seed's. */
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

describe('the token', () => {
  it.each(['test', 'sandbox', 'production'] as const)('of %s is asked for field by field as the seed says', async (environment) => {
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

  it('goes to the browser with the configuration that it was made for', async () => {
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

  it('never comes with the public key or the hash key', async () => {
    const { text } = await requestToken();
    expect(text).not.toContain(account.publicKey);
    expect(text).not.toContain(account.hashKey);
  });

  it('has a transaction and an order number of its own, every time', async () => {
    const pay = createEndpoints(fakeIzipay());
    const answers = await Promise.all(Array.from({ length: 20 }, () => readResponse(pay.token(createRequest(tokenBody)))));
    const configs = answers.map(({ json }) => json.config as Config);
    expect(new Set(configs.map(({ transactionId }) => transactionId)).size).toBe(20);
    expect(new Set(configs.map((config) => config.order.orderNumber)).size).toBe(20);
  });

  it.each<[string, string, number]>([
    ['its own word, where that is less', createJwt({ iat: 100, exp: 160 }), 60],
    ['15 minutes, where it claims a day as the sample of the seed does', createJwt({ iat: 1665616336, exp: 1665702736 }), 900],
    ['15 minutes, where it says nothing', createJwt({}), 900],
    ['15 minutes, where it is no JWT', 'opaque', 900],
  ])('lives for %s', async (_, given, seconds) => {
    expect((await requestToken({}, fakeIzipay({ code: '00', message: 'OK', response: { token: given } }))).json.expiresIn).toBe(seconds);
  });

  it('is read from an answer whose keys begin with capitals as well', async () => {
    expect((await requestToken({}, fakeIzipay({ Code: '00', Message: 'OK', Response: { Token: token } }))).json.token).toBe(token);
  });

  it.each<[string, object, string]>([
    ['another code', { code: '96', message: 'Comercio no habilitado', response: {} }, 'with code 96: Comercio no habilitado.'],
    ['a code without words', { code: '96' }, 'with code 96.'],
    ['another code beside a token', { code: '01', message: 'no', response: { token } }, 'with code 01: no.'],
    ['no token', { code: '00', message: 'OK', response: {} }, 'without a token.'],
    ['an empty token', { code: '00', message: 'OK', response: { token: '' } }, 'without a token.'],
    ['no response', { code: '00', message: 'OK' }, 'without a token.'],
    ['a code that is none', { code: '<b>no</b>', message: 'x' }, 'with code in an unknown format: x.'],
  ])('is not made of %s: a 502, worth another try', async (_, answer, words) => {
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
  ])('is refused without the words %j, which could hold anything', async (message) => {
    const { json } = await requestToken({}, fakeIzipay({ code: '96', message }));
    expect(json.detail).toBe('Izipay POST /security/v1/Token/Generate returned 200 with code 96.');
  });

  it('is refused without the body of an error', async () => {
    const { status, text } = await requestToken({}, fakeIzipay(401));
    expect(status).toBe(502);
    for (const secret of Object.values(account)) expect(text).not.toContain(secret);
  });
});

describe('the body of the request', () => {
  const good = {
    requestSource: 'ECOMMERCE',
    merchantCode: '4007701',
    orderNumber: 'R202211101518',
    publicKey: 'VErethUtraQuxas57wuMuquprADrAHAb',
    amount: '15.00',
  };
  /** The table of the seed, "Cuerpo de la Solicitud": shortest, longest, and what is neither. */
  const table: [keyof typeof good, unknown[], unknown[]][] = [
    ['requestSource', ['ECOMMERCE', 'REFUND'], ['ecommerce', 'SALE', '', 1]],
    ['merchantCode', ['1', '1'.repeat(15)], ['', '1'.repeat(16), 4007701]],
    ['orderNumber', ['R2022', 'R'.repeat(15)], ['R202', 'R'.repeat(16)]],
    ['publicKey', ['k'.repeat(16), 'k'.repeat(400)], ['k'.repeat(15), 'k'.repeat(401)]],
    ['amount', ['0.00', '9999999999.99'], ['0', '15', '15.0', '15.000', '1,500.00', '.00', '10000000000.00', '-1.00', 15]],
  ];

  it.each(table)('holds `%s` as the seed says', (field, right, wrong) => {
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
  ])('writes %i minor units as %s', async (amount, written) => {
    expect((await requestConfig({ amount })).order.amount).toBe(written);
  });

  it('holds 0.00 for what is no payment', async () => {
    const upstream = fakeIzipay();
    await requestToken({ extra: { action: 'register' } }, upstream);
    expect(upstream.calls[0]?.body.amount).toBe('0.00');
  });

  it('holds no amount that is longer than Izipay takes, and says so before it asks', async () => {
    const upstream = fakeIzipay();
    const { status, json } = await requestToken({ amount: 1_000_000_000_000 }, upstream);
    expect(status).toBe(500);
    expect(json.detail).toMatch(/`amount` should have 4 to 13 characters/);
    expect(upstream.calls).toEqual([]);
  });

  it('names no currency that Izipay does not take', async () => {
    const { json } = await requestToken({ currency: 'EUR' });
    expect(json.detail).toBe('The order: `currency` should be one of PEN, USD for Izipay, but was EUR.');
  });
});

describe('the configuration', () => {
  it('takes what the merchant adds, key by key', async () => {
    const extra = {
      render: { typeForm: 'pop-up' },
      urlIPN: 'https://shop.example.com/ipn',
      order: { payMethod: 'CARD', processType: 'PA' },
    };
    const config = await requestConfig({ extra });
    expect(config).toMatchObject({ render: { typeForm: 'pop-up' }, urlIPN: 'https://shop.example.com/ipn', action: 'pay' });
    expect(config.order).toMatchObject({ payMethod: 'CARD', processType: 'PA', amount: '15.00' });
  });

  it('keeps what the token is bound to, the currency, the billing data and the key', async () => {
    const money = { amount: '1.00', currency: 'USD', orderNumber: 'another', dateTimeTransaction: '1' };
    const config = await requestConfig({ extra: { keyRSA: 'x', transactionId: 'x', merchantCode: 'x', billing: {}, order: money } });
    expect(config).toMatchObject({ keyRSA: account.keyRSA, merchantCode: '4007701', billing: { firstName: 'Lucía' } });
    expect(config.transactionId).toHaveLength(32);
    expect(config.order).toMatchObject({ amount: '15.00', currency: 'PEN', dateTimeTransaction: '1757894400000000' });
    expect(config.order.orderNumber).toMatch(/^A1001/);
  });

  it('gives no two orders the same buyer, unless the merchant says so', async () => {
    const [one, other] = [await requestConfig(), await requestConfig()];
    expect(one.order.merchantBuyerId).not.toBe(other.order.merchantBuyerId);
    expect((await requestConfig({ extra: { order: { merchantBuyerId: 'buyer-7' } } })).order.merchantBuyerId).toBe('buyer-7');
  });

  it('has billing data only where there is a buyer: the library asks for none', async () => {
    expect(await requestConfig({ buyer: undefined })).not.toHaveProperty('billing');
  });

  it('has the postal code, the document and both lines of the address, as much of them as Izipay takes', async () => {
    const { buyer } = order as Required<Order>;
    const address = { ...buyer.address, line2: 'Departamento 404, Torre Norte, piso 12', postalCode: '15046' };
    const { billing } = await requestConfig({
      buyer: { ...buyer, address, document: { country: 'PER', type: 'DNI', number: '12345678' } },
    });
    expect(billing).toMatchObject({ postalCode: '15046', documentType: 'DNI', document: '12345678' });
    expect(billing?.street).toBe('Av. Arequipa 123 Departamento 404, Torre');
  });

  it.each<[string, string, object]>([
    ['a name of one letter', 'firstName', { firstName: 'L' }],
    ['an endless e-mail address', 'email', { email: `${'l'.repeat(45)}@example.com` }],
    ['a phone number with letters', 'phoneNumber', { phone: { countryCode: '51', number: '98765432x' } }],
    ['a country of three letters', 'country', { address: { line1: 'Calle 123', city: 'Lima', state: 'Lima', country: 'PER' } }],
    ['a document of an unknown type', 'documentType', { document: { country: 'PER', type: 'CARNET', number: '12345678' } }],
  ])('cannot be made with %s, and names the field', async (_, field, changes) => {
    const { status, text, json } = await requestToken({ buyer: { ...order.buyer!, ...changes } });
    expect(status).toBe(500);
    expect(json.detail).toContain(`\`${field}\``);
    for (const value of Object.values(changes as Record<string, unknown>))
      if (typeof value === 'string') expect(text).not.toContain(`"${value}"`);
  });
});

describe('the order number', () => {
  it.each<[string, RegExp]>([
    ['A-1001', /^A1001[0-9A-Z]{9}$/],
    ['order/2025/000123', /^000123[0-9A-Z]{9}$/],
    ['ñ', /^[0-9A-Z]{9}$/],
    ['8b2e1c1e-7c7e-4f0e-9d3a-2f6b8a9c0d1e', /^9c0d1e[0-9A-Z]{9}$/],
  ])('of %s has 9 to 15 letters and digits, the end of the reference first', async (reference, shape) => {
    expect(await createOrderNumber('key', reference)).toMatch(shape);
  });

  it('belongs to the order that it was made for, and to the merchant who made it', async () => {
    const number = await createOrderNumber('key', 'A-1001');
    expect(await isOrderNumberFor(number, 'key', 'A-1001')).toBe(true);
    expect(await isOrderNumberFor(number, 'key', 'A-1002')).toBe(false);
    expect(await isOrderNumberFor(number, 'key', 'A1001')).toBe(false);
    expect(await isOrderNumberFor(number, 'another', 'A-1001')).toBe(false);
    expect(await isOrderNumberFor(number.replace('A', 'B'), 'key', 'A-1001')).toBe(false);
  });

  it.each(['', 'A1001', 'A-1001ABCDEFGHI', 'A1001ABCDEFGHIJKLMN', 'a1001ABCDEFGHI'])('is not "%s"', async (number) => {
    expect(await isOrderNumberFor(number, 'key', 'A-1001')).toBe(false);
  });
});

interface ResultChanges {
  code?: unknown;
  transactionId?: string;
  payment?: object;
  payments?: object[];
  merchant?: object;
}

async function createSignedResult(
  { code = '00', payment = {}, payments, merchant = { merchantCode: '4007701' }, transactionId }: ResultChanges = {},
  reference = order.reference,
) {
  const ours = { orderNumber: await createOrderNumber(account.hashKey, reference), amount: '15.00', currency: 'PEN', ...payment };
  const payloadHttp = JSON.stringify({ code, message: 'OK', transactionId, response: { order: payments ?? [ours], merchant } });
  return { code: '00', payloadHttp, signature: sign(payloadHttp) };
}

/** What the merchant is told, or the status of a failure; the page hears of no forgery. */
async function verify(raw: unknown, changed: Partial<Order> = {}) {
  const [upstream, onOutcome] = [fakeIzipay(), vi.fn<(told: PaymentOutcome) => void>()];
  const body = { ...tokenBody, attempt: 1, result: { provider: 'izipay', reference: 'said-by-the-page', raw } };
  const answer = await readResponse(
    createEndpoints(upstream, { order: () => ({ ...order, ...changed }), onOutcome }).outcome(createRequest(body)),
  );
  expect(upstream.calls).toEqual([]);
  if (answer.status !== 200) return { outcome: answer.status };
  const { outcome, reason, reference } = onOutcome.mock.calls[0]![0];
  expect(answer.json).toEqual({ outcome: outcome === 'forged' ? 'pending' : outcome });
  return { outcome, reason, reference };
}

const verifyOutcome = async (...asked: Parameters<typeof verify>) => (await verify(...asked)).outcome;
const expectForged = (reason: string): unknown => expect.objectContaining({ outcome: 'forged', reason });

describe('the outcome', () => {
  it('is paid when Izipay signed 00 for this order, amount and currency', async () => {
    expect(await verifyOutcome(await createSignedResult())).toBe('paid');
  });

  it.each<[string, ResultChanges]>([
    ['an amount that is a number', { payment: { amount: 15 } }],
    ['an amount without its last zero', { payment: { amount: '15.0' } }],
    ['no merchant code', { merchant: {} }],
  ])('is paid with %s as well', async (_, said) => {
    expect(await verifyOutcome(await createSignedResult(said))).toBe('paid');
  });

  it.each<[string, string, ResultChanges]>([
    ['another amount', 'price', { payment: { amount: '1.50' } }],
    ['another currency', 'price', { payment: { currency: 'USD' } }],
    ['an order number that nobody made', 'order', { payment: { orderNumber: 'A1001ABCDEFGHI' } }],
    ['another merchant', 'order', { merchant: { merchantCode: '4000901' } }],
    ['an order number that nobody made, though declined', 'order', { code: 'T05', payment: { orderNumber: 'A1001ABCDEFGHI' } }],
  ])('is forged for %s', async (_, reason, said) => {
    expect(await verify(await createSignedResult(said))).toEqual(expectForged(reason));
  });

  it('is pending where an approval names no payment', async () => {
    expect(await verifyOutcome(await createSignedResult({ payments: [] }))).toBe('pending');
  });

  it('is declined where a refusal names no payment', async () => {
    expect(await verifyOutcome(await createSignedResult({ code: 'T05', payments: [] }))).toBe('declined');
  });

  it.each<[string, ResultChanges, string | undefined]>([
    ['the payment’s own', { payment: { uniqueId: 'unique-1' }, transactionId: 'transaction-1' }, 'unique-1'],
    ['that of the transaction, where it has none', { payment: { uniqueId: '' }, transactionId: 'transaction-1' }, 'transaction-1'],
    ['none, where Izipay signed none', {}, undefined],
  ])('has for its reference %s, not the page’s', async (_, said, reference) => {
    expect(await verify(await createSignedResult(said))).toMatchObject({ outcome: 'paid', reference });
  });

  it('is forged when one of several payments is not ours', async () => {
    const orderNumber = await createOrderNumber(account.hashKey, order.reference);
    const ours = { orderNumber, amount: '15.00', currency: 'PEN' };
    expect(await verify(await createSignedResult({ payments: [ours, { ...ours, currency: 'USD' }] }))).toEqual(expectForged('price'));
  });

  it('is forged with the payment of another order of the same price', async () => {
    expect(await verify(await createSignedResult({}, 'B-1001'))).toEqual(expectForged('order'));
  });

  it('is never paid for an order whose price has changed since', async () => {
    expect(await verify(await createSignedResult(), { amount: 2000 })).toEqual(expectForged('price'));
    expect(await verify(await createSignedResult(), { currency: 'USD' })).toEqual(expectForged('price'));
  });

  it('is declined with another code than that of an approval', async () => {
    expect(await verifyOutcome(await createSignedResult({ code: 'T05' }))).toBe('declined');
  });

  it.each<[string, (result: { payloadHttp: string; signature: string }) => object]>([
    ['another key', ({ payloadHttp }) => ({ payloadHttp, signature: sign(payloadHttp, 'forged') })],
    ['another text', ({ payloadHttp, signature }) => ({ payloadHttp: payloadHttp.replace('15.00', '15.0'), signature })],
    ['a text with one more space', ({ payloadHttp, signature }) => ({ payloadHttp: `${payloadHttp} `, signature })],
    ['half a signature', ({ payloadHttp, signature }) => ({ payloadHttp, signature: signature.slice(0, 20) })],
    ['what is no base64', ({ payloadHttp }) => ({ payloadHttp, signature: '*' })],
    ['its digest in hex', ({ payloadHttp, signature }) => ({ payloadHttp, signature: Buffer.from(signature, 'base64').toString('hex') })],
  ])('is forged when it is signed with %s', async (_, forge) => {
    expect(await verify(forge(await createSignedResult()))).toEqual({ outcome: 'forged', reason: 'signature', reference: undefined });
  });

  it('is what was signed, not what the page says beside it', async () => {
    expect(await verifyOutcome({ ...(await createSignedResult({ code: 'T05' })), code: '00' })).toBe('declined');
    expect(await verifyOutcome({ ...(await createSignedResult()), code: 'T05' })).toBe('paid');
  });

  it.each<[string, unknown]>([
    ['nothing', {}],
    ['an unsigned 00', { code: '00' }],
    ['COMMUNICATION_ERROR', { code: 'COMMUNICATION_ERROR', payloadHttp: null, signature: null }],
    ['021', { code: '021', payloadHttp: '', signature: '' }],
    ['a text without its signature', { payloadHttp: '{"code":"00"}' }],
    ['a signature without its text', { signature: 'AAAA' }],
  ])('is pending, never paid, for %s', async (_, raw) => {
    expect(await verifyOutcome(raw)).toBe('pending');
  });

  it.each(['not json', '{}', '{"code":0}', '{"code":"021"}', '{"code":"COMMUNICATION_ERROR"}', '{"code":"00","response":{"order":{}}}'])(
    'is pending where what was signed is %s',
    async (payloadHttp) => {
      expect(await verifyOutcome({ payloadHttp, signature: sign(payloadHttp) })).toBe('pending');
    },
  );

  it.each([[null], ['text'], [7], [[]], [{ payloadHttp: 7 }]])('cannot be asked for with %j', async (raw) => {
    expect(await verifyOutcome(raw)).toBe(422);
  });
});

describe('izipay()', () => {
  it.each(['merchantCode', 'publicKey', 'hashKey', 'keyRSA'] as const)('needs `%s`, and says so without a key', (name) => {
    expect(() => izipay({ ...account, [name]: '' })).toThrow(`izipay(): \`${name}\` should have`);
    expect(() => izipay({ ...account, [name]: undefined as unknown as string })).toThrow(`izipay(): \`${name}\``);
  });

  it('never quotes a key that has the wrong length', () => {
    expect(() => izipay({ ...account, publicKey: 'short-secret' })).toThrow(
      /^(?!.*short-secret).*`publicKey` should have 16 to 400 characters/,
    );
  });

  it('shows no key to whoever prints it', () => {
    const provider = izipay(account);
    for (const secret of Object.values(account)) expect(JSON.stringify(provider)).not.toContain(secret);
    expect(provider.name).toBe('izipay');
    expect(provider.environments).toEqual(['test', 'sandbox', 'production']);
  });
});
