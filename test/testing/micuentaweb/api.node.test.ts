import { createHmac } from 'node:crypto';
import { beforeEach, describe, expect, it } from 'vitest';
import { apiHosts, apiPath, tokenLifetime } from '../../../src/providers/micuentaweb/contract.js';
import { isCardNumber } from '../../../src/testing/cards.js';
import { createMicuentawebApi, type MicuentawebApi } from '../../../src/testing/micuentaweb/api.js';
import { micuentawebCards } from '../../../src/testing/micuentaweb/cards.js';
import { findBrand, readFormToken } from '../../../src/testing/micuentaweb/form-token.js';
import { sampleAccount } from '../../../src/testing/micuentaweb/sample-account.js';
import { post, read, type Json } from '../support.js';
import { basic, buy, call, createToken, order, pay } from './support.js';

let api: MicuentawebApi;
let now: number;

beforeEach(() => {
  now = Date.UTC(2026, 8, 15);
  api = createMicuentawebApi({ now: () => now });
});

const errorOf = (answer: unknown): unknown => (answer as { errorCode?: unknown }).errorCode;
const hmac = (text: string, key: string) => createHmac('sha256', key).update(text).digest('hex');

/** Reads a notification as a server does: the form is decoded once. */
async function readForm(request: Request): Promise<{ readonly form: URLSearchParams; readonly answer: Json }> {
  const form = new URLSearchParams(await request.text());
  return { form, answer: JSON.parse(form.get('kr-answer') ?? '') as Json };
}

describe('micuentawebCards', () => {
  it.each(Object.entries(micuentawebCards))('has a number with a valid check digit for %s', (_, number) => {
    expect(isCardNumber(number)).toBe(true);
  });
});

describe('Charge/CreatePayment', () => {
  it('answers a form token in the envelope of the documentation', async () => {
    expect(await call(api.fetch, 'Charge/CreatePayment', order)).toMatchObject({
      ...{ webService: 'Charge/CreatePayment', version: 'V4', status: 'SUCCESS', _type: 'V4/WebService/Response' },
      ...{ applicationProvider: 'MCW', answer: { _type: 'V4/Charge/PaymentForm', formToken: expect.any(String) as string } },
    });
  });

  it('issues a token of a prefix, 22 characters, 3 characters, JSON as base64 and 4 characters', async () => {
    const token = await createToken(api.fetch);
    expect(token).toMatch(/^26.{22}196[A-Za-z0-9+/]+=*.{4}$/);
    expect(readFormToken(token)).toMatchObject({ amount: 1050, currency: 'PEN', mode: 'TEST', orderId: 'A-1001' });
    expect(JSON.parse(Buffer.from(token.slice(27, -4), 'base64').toString())).toMatchObject({ version: 3 });
  });

  it('issues a token of production for a password of production', async () => {
    const password = 'prodpassword_example';
    const { fetch, payments } = createMicuentawebApi({ password });
    const authorization = `Basic ${btoa(`${sampleAccount.shopId}:${password}`)}`;
    const { answer } = await call(fetch, 'Charge/CreatePayment', order, authorization);
    const { formToken } = answer as { formToken: string };
    expect(readFormToken(formToken)).toMatchObject({ mode: 'PRODUCTION' });
    const { clientAnswer } = await pay(fetch, formToken, micuentawebCards.approved);
    expect(clientAnswer).toMatchObject({ orderDetails: { mode: 'PRODUCTION' } });
    expect(payments()).toMatchObject([{ environment: 'production' }]);
  });

  it.each(['payzen', 'payzen-brasil', 'payzen-india', 'osb'] as const)('issues a token of the brand %s at its own host', async (brand) => {
    const answer = await read(post(api.fetch, `${apiHosts[brand]}${apiPath}Charge/CreatePayment`, order, { authorization: basic }));
    expect(findBrand((answer.answer as { formToken: string }).formToken)).toBe(brand);
  });

  it.each([undefined, 'Basic nonsense', `Basic ${btoa(`${sampleAccount.shopId}:other`)}`])(
    'refuses the credentials %s with INT_905 and status 200',
    async (authorization) => {
      const response = await post(api.fetch, `${apiHosts.micuentaweb}${apiPath}Charge/CreatePayment`, order, { authorization });
      expect(response.status).toBe(200);
      expect(await read(response)).toMatchObject({
        status: 'ERROR',
        answer: { errorCode: 'INT_905', _type: 'V4/WebService/WebServiceError' },
      });
    },
  );

  it.each<[string, Json, string]>([
    ['an amount with decimals', { amount: 10.5 }, 'INT_006'],
    ['an amount of zero', { amount: 0 }, 'INT_006'],
    ['an amount as text', { amount: '1050' }, 'INT_006'],
    ['a currency as a number', { currency: 604 }, 'INT_902'],
    ['an order of 64 characters', { orderId: 'A'.repeat(64) }, 'INT_902'],
    ['an order beyond ASCII', { orderId: 'Ñ-1' }, 'INT_902'],
    ['an unknown form action', { formAction: 'PAY' }, 'INT_902'],
  ])('refuses %s', async (_, changes, code) => {
    expect(errorOf((await call(api.fetch, 'Charge/CreatePayment', { ...order, ...changes })).answer)).toBe(code);
  });

  it('does not accept GET', async () => {
    expect((await api.fetch(`${apiHosts.micuentaweb}${apiPath}Charge/CreatePayment`)).status).toBe(404);
  });
});

describe('Charge/SDKTest', () => {
  it('echoes the value', async () => {
    expect((await call(api.fetch, 'Charge/SDKTest', { value: 'hello' })).answer).toMatchObject({ value: 'hello' });
  });
});

describe('Charge/Public/ProcessPayment', () => {
  it('answers a PAID payment, signed with the HMAC key over its exact text', async () => {
    const answer = await pay(api.fetch, await createToken(api.fetch), micuentawebCards.approved);
    const { rawClientAnswer, hash } = answer as { rawClientAnswer: string; hash: string };
    expect(hash).toBe(hmac(rawClientAnswer, sampleAccount.hashKey));
    expect(answer).toMatchObject({ hashAlgorithm: 'sha256_hmac', hashKey: 'sha256_hmac', _type: 'V4/Charge/ProcessPaymentAnswer' });
    expect(JSON.parse(rawClientAnswer)).toMatchObject({
      ...{ shopId: sampleAccount.shopId, orderStatus: 'PAID', orderCycle: 'CLOSED', _type: 'V4/Payment' },
      orderDetails: { orderTotalAmount: 1050, orderCurrency: 'PEN', mode: 'TEST', orderId: 'A-1001' },
      transactions: [{ uuid: expect.stringMatching(/^[0-9a-f]{32}$/) as string, detailedStatus: 'AUTHORISED', operationType: 'DEBIT' }],
    });
  });

  it.each([
    ['declined', 'UNPAID', 'REFUSED'],
    ['pending', 'RUNNING', 'WAITING_AUTHORISATION'],
    ['partial', 'PARTIALLY_PAID', 'PARTIALLY_AUTHORISED'],
    ['unknown', 'PAID', 'UNDER_REVISION'],
  ] as const)('answers the card %s with %s and %s', async (card, orderStatus, detailedStatus) => {
    const { clientAnswer } = await pay(api.fetch, await createToken(api.fetch), micuentawebCards[card]);
    expect(clientAnswer).toMatchObject({ orderStatus, transactions: [{ detailedStatus }] });
  });

  it('keeps the order open for one more try after a refusal, and then answers PSP_099', async () => {
    const token = await createToken(api.fetch);
    expect((await pay(api.fetch, token, micuentawebCards.declined)).clientAnswer).toMatchObject({ orderCycle: 'OPEN' });
    expect((await pay(api.fetch, token, micuentawebCards.declined)).clientAnswer).toMatchObject({ orderCycle: 'CLOSED' });
    expect(errorOf(await pay(api.fetch, token, micuentawebCards.approved))).toBe('PSP_099');
  });

  it('accepts a second card with the same token after a refusal', async () => {
    const token = await createToken(api.fetch);
    await pay(api.fetch, token, micuentawebCards.declined);
    expect((await pay(api.fetch, token, micuentawebCards.approved)).clientAnswer).toMatchObject({ orderStatus: 'PAID' });
  });

  it('answers as many refusals as cardOptions.retry sets', async () => {
    const token = await createToken(api.fetch, { transactionOptions: { cardOptions: { retry: 0 } } });
    expect((await pay(api.fetch, token, micuentawebCards.declined)).clientAnswer).toMatchObject({ orderCycle: 'CLOSED' });
  });

  it('answers PSP_108 to a token that is 15 minutes old or was spent, and INT_903 to an unknown one', async () => {
    const old = await createToken(api.fetch);
    now += tokenLifetime * 1000 - 1;
    expect(errorOf(await pay(api.fetch, old, micuentawebCards.declined))).toBe(undefined);
    now += 1;
    expect(errorOf(await pay(api.fetch, old, micuentawebCards.approved))).toBe('PSP_108');
    const spent = await createToken(api.fetch);
    await pay(api.fetch, spent, micuentawebCards.approved);
    expect(errorOf(await pay(api.fetch, spent, micuentawebCards.approved))).toBe('PSP_108');
    expect(errorOf(await pay(api.fetch, 'unknown', micuentawebCards.approved))).toBe('INT_903');
  });

  it('answers INT_904 to another public key', async () => {
    const body = { formToken: await createToken(api.fetch), publicKey: '1:testpublickey_other' };
    expect(errorOf((await call(api.fetch, 'Charge/Public/ProcessPayment', body)).answer)).toBe('INT_904');
  });

  it.each([
    ['challenge', 'PAID'],
    ['challengeDeclined', 'UNPAID'],
  ] as const)('redirects the card %s to 3DS first, and then answers %s once', async (card, orderStatus) => {
    const redirect = await pay(api.fetch, await createToken(api.fetch), micuentawebCards[card]);
    expect(redirect).toMatchObject({ _type: 'V4/Charge/RedirectRequest', redirectUrl: expect.any(String) as string });
    expect(api.payments()).toHaveLength(0);
    const finish = () => call(api.fetch, 'Charge/Public/ProcessPayment/2', { challenge: redirect.challenge });
    expect((await finish()).answer).toMatchObject({ clientAnswer: { orderStatus } });
    expect(errorOf((await finish()).answer)).toBe('PSP_649');
  });

  it('answers PSP_649 when 3DS took too long', async () => {
    const { challenge } = await pay(api.fetch, await createToken(api.fetch), micuentawebCards.challengeTimedOut);
    expect(errorOf((await call(api.fetch, 'Charge/Public/ProcessPayment/2', { challenge })).answer)).toBe('PSP_649');
  });

  it('charges the undecided card, and breaks the connection', async () => {
    const token = await createToken(api.fetch);
    await expect(pay(api.fetch, token, micuentawebCards.undecided)).rejects.toThrow(TypeError);
    expect(api.payments()).toMatchObject([{ state: 'AUTHORISED' }]);
  });

  it('answers the unsigned card with status 200 and without a payment', async () => {
    const answer = await pay(api.fetch, await createToken(api.fetch), micuentawebCards.unsigned);
    expect(answer).not.toHaveProperty('clientAnswer');
    expect(api.payments()).toHaveLength(0);
  });

  it('registers a card without money for REGISTER, and saves one beside a payment for REGISTER_PAY', async () => {
    const card = { paymentMethodToken: expect.stringMatching(/^[0-9a-f]{32}$/) as string };
    for (const [formAction, fields] of [
      ['REGISTER', { operationType: 'VERIFICATION', detailedStatus: 'ACCEPTED', ...card }],
      ['REGISTER_PAY', { operationType: 'DEBIT', detailedStatus: 'AUTHORISED', ...card }],
      ['PAYMENT', { operationType: 'DEBIT', paymentMethodToken: null }],
    ] as const) {
      const { clientAnswer } = await pay(api.fetch, await createToken(api.fetch, { formAction }), micuentawebCards.approved);
      expect(clientAnswer, formAction).toMatchObject({ transactions: [fields] });
    }
  });

  it('never answers the card number', async () => {
    const text = JSON.stringify(await pay(api.fetch, await createToken(api.fetch), micuentawebCards.approved));
    expect(text).toContain('497010******0055');
    expect(text).not.toContain('4970100000000055');
  });
});

describe('the calls about a payment', () => {
  it('list all attempts of an order, newest first, also those of another token', async () => {
    const token = await createToken(api.fetch);
    await pay(api.fetch, token, micuentawebCards.declined);
    await buy(api.fetch, micuentawebCards.approved);
    const { answer } = await call(api.fetch, 'Order/Get', { orderId: 'A-1001', operationType: 'DEBIT' });
    expect(answer).toMatchObject({
      _type: 'V4/OrderTransactions',
      transactions: [
        { detailedStatus: 'AUTHORISED', orderDetails: { orderTotalAmount: 1050 } },
        { detailedStatus: 'REFUSED', detailedErrorCode: '51' },
      ],
    });
  });

  it('answer PSP_010 to an unknown order or transaction, and INT_902 to an order without an operation type', async () => {
    const ask = async (operation: string, body: Json) => errorOf((await call(api.fetch, operation, body)).answer);
    expect(await ask('Order/Get', { orderId: 'A-1001', operationType: 'DEBIT' })).toBe('PSP_010');
    expect(await ask('Order/Get', { orderId: 'A-1001' })).toBe('INT_902');
    expect(await ask('Transaction/Get', { uuid: 'unknown' })).toBe('PSP_010');
  });

  it('read one transaction', async () => {
    const uuid = await buy(api.fetch, micuentawebCards.approved);
    expect((await call(api.fetch, 'Transaction/Get', { uuid })).answer).toMatchObject({
      uuid,
      detailedStatus: 'AUTHORISED',
      status: 'PAID',
    });
  });

  it('cancel a payment that was not captured, once', async () => {
    const uuid = await buy(api.fetch, micuentawebCards.approved);
    expect((await call(api.fetch, 'Transaction/Cancel', { uuid })).answer).toMatchObject({ uuid, detailedStatus: 'CANCELLED' });
    expect(errorOf((await call(api.fetch, 'Transaction/Cancel', { uuid })).answer)).toBe('PSP_011');
  });

  it('cancel the whole of an authorised payment with AUTO, and refund a captured one with a CREDIT', async () => {
    const cancelled = await buy(api.fetch, micuentawebCards.approved);
    const body = { amount: 1050, currency: 'PEN', resolutionMode: 'AUTO' };
    expect((await call(api.fetch, 'Transaction/CancelOrRefund', { ...body, uuid: cancelled })).answer).toMatchObject({ uuid: cancelled });
    const uuid = await buy(api.fetch, micuentawebCards.approved);
    expect(api.settle(uuid)).toBe(true);
    const { answer } = await call(api.fetch, 'Transaction/CancelOrRefund', { ...body, uuid, amount: 50 });
    expect(answer).toMatchObject({ operationType: 'CREDIT', amount: 50, detailedStatus: 'AUTHORISED' });
    expect((answer as Json).uuid).not.toBe(uuid);
    expect((await call(api.fetch, 'Order/Get', { orderId: 'A-1001', operationType: 'CREDIT' })).answer).toMatchObject({
      transactions: [{ operationType: 'CREDIT', amount: 50 }],
    });
  });

  it.each<[string, Json, string]>([
    ['more than is left', { amount: 1051 }, 'PSP_020'],
    ['an amount with decimals', { amount: 0.5 }, 'PSP_020'],
    ['another currency', { amount: 50, currency: 'USD' }, 'PSP_021'],
    ['a cancellation of a captured payment', { resolutionMode: 'CANCELLATION_ONLY' }, 'PSP_011'],
  ])('refuse %s', async (_, changes, code) => {
    const uuid = await buy(api.fetch, micuentawebCards.approved);
    api.settle(uuid);
    const body = { uuid, amount: 1050, currency: 'PEN', ...changes };
    expect(errorOf((await call(api.fetch, 'Transaction/CancelOrRefund', body)).answer)).toBe(code);
  });

  it('refuse to refund a refused or a disputed payment', async () => {
    const refused = await buy(api.fetch, micuentawebCards.declined);
    const body = { amount: 50, currency: 'PEN', resolutionMode: 'REFUND_ONLY' };
    expect(errorOf((await call(api.fetch, 'Transaction/CancelOrRefund', { ...body, uuid: refused })).answer)).toBe('PSP_011');
    const disputed = await buy(api.fetch, micuentawebCards.approved);
    expect(api.dispute(disputed)).toBe(true);
    expect(errorOf((await call(api.fetch, 'Transaction/CancelOrRefund', { ...body, uuid: disputed })).answer)).toBe('PSP_083');
  });

  it('validate a payment that the merchant has to validate, once', async () => {
    const options = { transactionOptions: { cardOptions: { manualValidation: 'YES' } } };
    const uuid = await buy(api.fetch, micuentawebCards.approved, options);
    expect((await call(api.fetch, 'Transaction/Get', { uuid })).answer).toMatchObject({ detailedStatus: 'AUTHORISED_TO_VALIDATE' });
    expect((await call(api.fetch, 'Transaction/Validate', { uuid })).answer).toMatchObject({ detailedStatus: 'AUTHORISED' });
    expect(errorOf((await call(api.fetch, 'Transaction/Validate', { uuid })).answer)).toBe('PSP_011');
  });
});

describe('createMicuentawebApi: notifications', () => {
  it('are form-encoded, and signed with the password over the decoded text', async () => {
    const uuid = await buy(api.fetch, micuentawebCards.approved, { metadata: { note: 'ñ & + %' } });
    const request = await api.notification(uuid);
    expect([request.method, request.url]).toEqual(['POST', 'https://shop.example.com/ipn']);
    expect(request.headers.get('content-type')).toContain('application/x-www-form-urlencoded');
    const { form, answer } = await readForm(request);
    expect(form.get('kr-hash')).toBe(hmac(form.get('kr-answer') ?? '', sampleAccount.password));
    expect([form.get('kr-hash-key'), form.get('kr-hash-algorithm')]).toEqual(['password', 'sha256_hmac']);
    expect([form.get('kr-answer-type'), form.get('kr-src')]).toEqual(['V4/Payment', 'PAY']);
    expect(answer).toMatchObject({ orderStatus: 'PAID', transactions: [{ uuid, metadata: { note: 'ñ & + %' } }] });
  });

  it('are sent about each attempt and each later change, with the state of that time', async () => {
    const token = await createToken(api.fetch);
    await pay(api.fetch, token, micuentawebCards.declined);
    await pay(api.fetch, token, micuentawebCards.approved);
    api.settle();
    const all = await Promise.all((await api.notifications('A-1001')).map(readForm));
    expect(all.map(({ answer }) => answer)).toMatchObject([
      { orderStatus: 'UNPAID', orderCycle: 'OPEN', transactions: [{ detailedStatus: 'REFUSED' }] },
      { orderStatus: 'PAID', transactions: [{ detailedStatus: 'AUTHORISED' }] },
      { orderStatus: 'PAID', transactions: [{ detailedStatus: 'CAPTURED' }] },
    ]);
  });

  it('about a refund have only a CREDIT transaction, and the total of the order', async () => {
    const uuid = await buy(api.fetch, micuentawebCards.approved);
    expect([api.refund(uuid, 50), api.refund(uuid, 1001), api.refund('unknown')]).toEqual([true, false, false]);
    const { answer } = await readForm(await api.notification('A-1001'));
    expect(answer).toMatchObject({ orderDetails: { orderTotalAmount: 1050 }, transactions: [{ operationType: 'CREDIT', amount: 50 }] });
    expect(answer.transactions).toHaveLength(1);
  });

  it('go to the given address instead', async () => {
    const uuid = await buy(api.fetch, micuentawebCards.approved, { ipnTargetUrl: undefined });
    expect((await api.notification(uuid, 'https://other.example.com/')).url).toBe('https://other.example.com/');
    await expect(api.notification(uuid)).rejects.toThrow('no address');
  });

  it('do not exist for an unknown payment', async () => {
    await expect(api.notification('unknown')).rejects.toThrow('no notification');
  });
});

describe('createMicuentawebApi: settle', () => {
  it('authorises a payment that waits, and then captures it', async () => {
    const uuid = await buy(api.fetch, micuentawebCards.pending);
    api.settle(uuid);
    expect(api.payments()).toMatchObject([{ id: uuid, state: 'AUTHORISED' }]);
    api.settle(uuid);
    expect(api.payments()).toMatchObject([{ state: 'CAPTURED' }]);
    expect(api.settle(uuid)).toBe(false);
  });

  it('gives a payment the state that the caller names', async () => {
    const uuid = await buy(api.fetch, micuentawebCards.pending);
    expect(api.settle(uuid, 'EXPIRED')).toBe(true);
    expect(api.payments()).toMatchObject([{ state: 'EXPIRED', amount: 1050, currency: 'PEN', order: 'A-1001', environment: 'sandbox' }]);
  });
});

describe('createMicuentawebApi: faults', () => {
  it('answers PSP_100 at status 200 when the contract has no REST operations, while the form works', async () => {
    api.faults.queries = 'PSP_100';
    api.faults.moves = 'PSP_100';
    const uuid = await buy(api.fetch, micuentawebCards.approved);
    for (const operation of ['Order/Get', 'Transaction/Get', 'Transaction/Cancel', 'Transaction/CancelOrRefund', 'Transaction/Validate'])
      expect(errorOf((await call(api.fetch, operation, { uuid })).answer), operation).toBe('PSP_100');
  });

  it('answers 401 with a body that can be read', async () => {
    api.faults.token = 401;
    const response = await post(api.fetch, `${apiHosts.micuentaweb}${apiPath}Charge/CreatePayment`, order, { authorization: basic });
    expect(response.status).toBe(401);
    expect(await read(response)).toMatchObject({ status: 'ERROR', answer: { errorCode: 'INT_905' } });
  });

  it('answers a success without a token', async () => {
    api.faults.token = 'without-token';
    expect((await call(api.fetch, 'Charge/CreatePayment', order)).answer).toEqual({ _type: 'V4/Charge/PaymentForm' });
  });

  it('performs a lost payment and a lost move', async () => {
    api.faults.payment = ['lost'];
    await expect(buy(api.fetch, micuentawebCards.approved)).rejects.toThrow(TypeError);
    const [{ id } = { id: '' }] = api.payments();
    api.faults.moves = ['lost'];
    await expect(call(api.fetch, 'Transaction/Cancel', { uuid: id })).rejects.toThrow(TypeError);
    expect(api.payments()).toMatchObject([{ state: 'CANCELLED' }]);
  });

  it('expires as many tokens as deadTokens sets', async () => {
    api.faults.deadTokens = 1;
    const token = await createToken(api.fetch);
    expect(errorOf(await pay(api.fetch, token, micuentawebCards.approved))).toBe('PSP_108');
    expect((await pay(api.fetch, token, micuentawebCards.approved)).clientAnswer).toMatchObject({ orderStatus: 'PAID' });
  });

  it('signs with other keys after a rotation', async () => {
    Object.assign(api.faults, { hashKey: 'new', notificationPassword: 'testpassword_new' });
    const answer = await pay(api.fetch, await createToken(api.fetch), micuentawebCards.approved);
    expect(answer.hash).toBe(hmac(String(answer.rawClientAnswer), 'new'));
    const { form } = await readForm(await api.notification('A-1001'));
    expect(form.get('kr-hash')).toBe(hmac(form.get('kr-answer') ?? '', 'testpassword_new'));
  });
});

describe('createMicuentawebApi', () => {
  it('returns the credentials of the public demo shop', async () => {
    expect(await api.credentials()).toEqual(sampleAccount);
  });

  it('rejects a request to any other host', async () => {
    expect(new Set(api.hosts)).toEqual(new Set(Object.values(apiHosts).map((url) => new URL(url).host)));
    await expect(api.fetch('https://shop.example.com/')).rejects.toThrow(TypeError);
  });
});
