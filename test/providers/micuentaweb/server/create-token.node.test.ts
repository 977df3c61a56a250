import { afterEach, describe, expect, it, vi } from 'vitest';
import { createError, createShop, createUpstream, options } from './facts-upstream.js';

afterEach(() => vi.useRealTimers());

const buyer = {
  id: 'customer-7',
  firstName: 'A'.repeat(70),
  lastName: 'Flores',
  email: ' ana@example.com ',
  phone: '+51 987 654 321',
  address: { line1: 'Av. Larco 1', line2: 'Dpto 2', city: 'Lima', state: 'Lima', country: 'PER', postalCode: '15074' },
  document: { type: 'D.N.I.', number: '12345678' },
} as never;

describe('createToken (micuentaweb)', () => {
  it('requests a form token in minor units, and gives the page the public key', async () => {
    const { requestToken, sent } = createShop();
    expect(await requestToken()).toMatchObject({ token: '26form-token', config: { publicKey: options.publicKey } });
    expect(sent).toMatchObject([{ url: 'https://api.micuentaweb.pe/api-payment/V4/Charge/CreatePayment' }]);
    expect(sent[0]!.body).toEqual({
      ...{ amount: 1500, currency: 'PEN', orderId: 'A-1001', formAction: 'PAYMENT' },
      transactionOptions: { cardOptions: { manualValidation: 'NO' } },
    });
  });

  it('counts the lifetime of 900 s from before the request', async () => {
    vi.useFakeTimers({ now: 0, toFake: ['Date'] });
    const upstream = createUpstream();
    const { fetch } = upstream;
    const slow = (...call: Parameters<typeof fetch>) => (vi.setSystemTime(2000), fetch(...call));
    const { requestToken } = createShop({ ...upstream, fetch: slow as typeof fetch });
    expect(await requestToken()).toMatchObject({ expiresIn: 898 });
  });

  it('sends what the options and the order request', async () => {
    const own = {
      retries: 2,
      paymentMethods: ['CARDS'],
      form: 'smart',
      notificationUrl: 'https://shop.example.com/ipn',
      brand: 'payzen',
    } as const;
    const extra = {
      customer: { reference: 'mine', email: 'other@example.com' },
      transactionOptions: { mid: '7', cardOptions: { retry: 5, installmentNumber: 0, manualValidation: 'YES' } },
      metadata: { a1: 'x' },
      amount: 1,
    };
    const upstream = createUpstream();
    const { createPayEndpoints } = await import('../../../../src/server.js');
    const { micuentaweb } = await import('../../../../src/providers/micuentaweb/server/adapter.js');
    const { createRequest } = await import('../../../server/fake-payme.js');
    const pay = createPayEndpoints({
      ...{ environment: 'sandbox', providers: { payzen: micuentaweb({ ...options, ...own }) }, fetch: upstream.fetch },
      order: () => ({ reference: 'A-1001', amount: 1500, currency: 'PEN', capture: 'later', save: true, extra }),
    });
    const response = await pay.token(createRequest({ provider: 'payzen', environment: 'sandbox', order: 'A-1001' }));
    expect(await response.json()).toMatchObject({ config: { form: 'smart' } });
    expect(upstream.sent[0]!.url).toBe('https://api.payzen.eu/api-payment/V4/Charge/CreatePayment');
    expect(upstream.sent[0]!.body).toEqual({
      ...{ amount: 1500, currency: 'PEN', orderId: 'A-1001', formAction: 'ASK_REGISTER_PAY', paymentMethods: ['CARDS'] },
      ...{ ipnTargetUrl: 'https://shop.example.com/ipn', metadata: { a1: 'x' }, customer: extra.customer },
      transactionOptions: { mid: '7', cardOptions: { retry: 5, installmentNumber: 0, manualValidation: 'YES' } },
    });
  });

  it('never lets extra turn a payment into a hold', async () => {
    const { requestToken, sent } = createShop(createUpstream(), {
      extra: { transactionOptions: { cardOptions: { manualValidation: 'YES' } } },
    });
    await requestToken();
    expect(sent[0]!.body.transactionOptions).toEqual({ cardOptions: { manualValidation: 'NO' } });
  });

  it('registers a card without an amount', async () => {
    const { requestToken, sent } = createShop(createUpstream(), { save: 'only' });
    await requestToken();
    expect(sent[0]!.body).toMatchObject({ amount: 0, formAction: 'REGISTER' });
  });

  it('sends the buyer in the lengths and the words of Lyra', async () => {
    const { requestToken, sent } = createShop(createUpstream(), { buyer });
    await requestToken();
    expect(sent[0]!.body.customer).toEqual({
      reference: expect.stringMatching(/^[\da-f]{63}$/) as string,
      email: 'ana@example.com',
      billingDetails: {
        ...{ firstName: 'A'.repeat(63), lastName: 'Flores', phoneNumber: '+51987654321', address: 'Av. Larco 1', address2: 'Dpto 2' },
        ...{ city: 'Lima', state: 'Lima', country: 'PE', zipCode: '15074', identityType: 'DNI', identityCode: '12345678' },
      },
    });
  });

  it.each<[string, object, object]>([
    [
      'a passport',
      { document: { type: 'Passport', number: 'AB123456' } },
      { billingDetails: { identityType: 'PS', identityCode: 'AB123456' } },
    ],
    ['a document without a type', { document: { number: '12345678' } }, {}],
    ['a document without a number', { document: { type: 'DNI' } }, {}],
    ['a phone without a calling code', { phone: '5551234' }, { billingDetails: { phoneNumber: '5551234' } }],
    ['a phone without digits', { phone: 'none' }, {}],
    ['an invalid email', { email: 'ana' }, {}],
  ])('sends what fits of a buyer with %s', async (_, one, customer) => {
    const { requestToken, sent } = createShop(createUpstream(), { buyer: one });
    await requestToken();
    expect(sent[0]!.body.customer).toEqual(customer);
  });

  it.each<[string, object]>([
    ['a reference with a space', { reference: 'A 1001' }],
    ['a reference of 64 characters', { reference: 'A'.repeat(64) }],
    ['metadata with a key of digits', { extra: { metadata: { 1: 'x' } } }],
    ['a payment without the form', { extra: { formAction: 'SILENT' } }],
  ])('refuses an order with %s', async (_, changed) => {
    const { requestToken, sent, onError } = createShop(createUpstream(), changed);
    expect(await requestToken()).toMatchObject({ status: 500 });
    expect(onError.mock.calls[0]![0]).toMatchObject({ kind: 'order' });
    expect(sent).toEqual([]);
  });
});

describe('callApi', () => {
  it.each<[string, string, boolean]>([
    ['PSP_100', 'upstream-scope', true],
    ['INT_902', 'upstream-request', true],
    ['PSP_999', 'upstream-failed', false],
    ['PSP_777', 'upstream-refused', false],
    ['a secret of 30 characters', 'upstream-answer', false],
  ])('reads the error %s from an answer with status 200', async (code, kind, hasNoEffect) => {
    const { requestToken, onError } = createShop(createUpstream(createError(code)));
    expect(JSON.stringify(await requestToken())).not.toContain('secret');
    expect(onError.mock.calls[0]![0]).toMatchObject({ kind, hasNoEffect });
  });

  it('does not send refused credentials again for 5 s', async () => {
    vi.useFakeTimers({ now: 0, toFake: ['performance'] });
    const refusal = Response.json(createError('INT_905'), { status: 401 });
    const { requestToken, sent, onError } = createShop(createUpstream(refusal));
    for (let n = 0; n < 3; n++) expect(await requestToken()).toMatchObject({ type: 'urn:pay-checkout:problem:upstream-credentials' });
    expect(sent).toHaveLength(1);
    expect((onError.mock.calls[0]![0] as Error).message).toContain('401, INT_905');
    vi.advanceTimersByTime(5_001);
    await requestToken();
    expect(sent).toHaveLength(2);
  });

  it('reads a refusal without a code by its HTTP status, and rejects an answer of another shape', async () => {
    expect(await createShop(createUpstream(new Response('no', { status: 401 }))).requestToken()).toMatchObject({
      type: 'urn:pay-checkout:problem:upstream-credentials',
    });
    expect(await createShop(createUpstream({ status: 'SUCCESS', answer: {} })).requestToken()).toMatchObject({
      type: 'urn:pay-checkout:problem:upstream-answer',
    });
  });
});
