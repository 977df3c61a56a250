import { describe, expect, it } from 'vitest';
import { createOrderNumber } from '../../../../src/providers/izipay/server/order-number.js';
import type { Order } from '../../../../src/server.js';
import { account, createPayload, createSignedResult, order, registration, sign, signResult, type ResultChanges } from './fake-izipay.js';
import { readVerdict, reportResult } from './report-result.js';

const unknown = 'pending, unknown-state';

/** Each good outcome: what the order requests, and the result that leads to it. */
const goods: [string, Partial<Order>, ResultChanges][] = [
  ['paid', {}, {}],
  ['authorized', { extra: { order: { processType: 'PA' } } }, {}],
  ['saved', { extra: { action: 'register' } }, registration],
];

describe.each(goods)('verifyResult, for a result that is %s', (outcome, asked, result) => {
  const verdictOf = async (changes: ResultChanges, changed: Partial<Order> = {}, reference?: string) => {
    const payment = { ...result.payment, ...changes.payment };
    return readVerdict(await createSignedResult({ ...result, ...changes, payment }, reference), { ...asked, ...changed });
  };

  it('accepts this order, amount and currency', async () => {
    expect(await verdictOf({})).toBe(outcome);
  });

  it.each<[string, string, ResultChanges]>([
    ['another amount', 'pending, price', { payment: { amount: '1.50' } }],
    ['another currency', 'forged, currency', { payment: { currency: 'USD' } }],
    ['an invalid order number', 'forged, order', { payment: { orderNumber: 'A1001ABCDEFGHI' } }],
    ['another merchant', 'forged, order', { response: { ...result.response, merchant: { merchantCode: '4000901' } } }],
  ])('reports %s as %s', async (_, verdict, changes) => {
    expect(await verdictOf(changes)).toBe(verdict);
  });

  it('reports the payment of another order with the same price as forged', async () => {
    expect(await verdictOf({}, {}, 'B-1001')).toBe('forged, order');
  });

  it('reports the payment as forged if the order has another currency now', async () => {
    expect(await verdictOf({}, { currency: 'USD' })).toBe('forged, currency');
  });

  it.each<[string, ResultChanges]>([
    ['no order number', { payment: { orderNumber: '' } }],
    ['no amount', { payment: { amount: null } }],
    ['an amount with a comma', { payment: { amount: '15,00' } }],
    ['an amount with a thousands separator', { payment: { amount: '1,500.00' } }],
    ['an amount of three decimals', { payment: { amount: '15.000' } }],
    ['a negative amount', { payment: { amount: -15 } }],
    ['no currency', { payment: { currency: '' } }],
    ['a currency of digits', { payment: { currency: '604' } }],
  ])('leaves %s open, because money may have moved', async (_, changes) => {
    expect(await verdictOf(changes)).toBe(unknown);
  });

  it.each<[string, (result: { payloadHttp: string; signature: string }) => object]>([
    ['another key', ({ payloadHttp }) => ({ payloadHttp, signature: sign(payloadHttp, 'forged') })],
    ['another text', ({ payloadHttp, signature }) => ({ payloadHttp: payloadHttp.replace('0.00', '0.0'), signature })],
    ['another state', ({ payloadHttp, signature }) => ({ payloadHttp: payloadHttp.replace('Autorizado', 'autorizado'), signature })],
    ['an added space', ({ payloadHttp, signature }) => ({ payloadHttp: `${payloadHttp} `, signature })],
    ['half a signature', ({ payloadHttp, signature }) => ({ payloadHttp, signature: signature.slice(0, 20) })],
    ['text that is not base64', ({ payloadHttp }) => ({ payloadHttp, signature: '*' })],
    ['its digest in hex', ({ payloadHttp, signature }) => ({ payloadHttp, signature: Buffer.from(signature, 'base64').toString('hex') })],
  ])('reports a signature with %s as forged', async (_, forge) => {
    const signed = signResult((await createPayload(result)).replace('15.00', '150.00'));
    expect(await readVerdict(forge(signed), asked)).toBe('forged, signature');
  });
});

describe('verifyResult', () => {
  it.each<[string, ResultChanges]>([
    ['an amount that is a number', { payment: { amount: 15 } }],
    ['an amount without its last zero', { payment: { amount: '15.0' } }],
    ['no merchant code', { response: { merchant: {} } }],
    ['no merchant', { response: { merchant: undefined } }],
    ['a merchant code that is a number', { response: { merchant: { merchantCode: 4007701 } } }],
    ['odd fields beside the payment', { response: { card: [], token: 'x', customFields: 7, billing: null } }],
    ['an unknown result of the authentication', { response: { authentication: { result: 'N' } } }],
  ])('reports paid with %s', async (_, changes) => {
    expect(await readVerdict(await createSignedResult(changes))).toBe('paid');
  });

  it('reports the payment as pending if the order has another price now', async () => {
    expect(await readVerdict(await createSignedResult(), { amount: 2000 })).toBe('pending, price');
  });

  it.each<[string, ResultChanges]>([
    ['this order', {}],
    ['this order, without amount and currency', { payment: { amount: '', currency: '' } }],
    ['this order, at another price', { payment: { amount: '1.50' } }],
  ])('reports a decline of %s as declined', async (_, changes) => {
    expect(await readVerdict(await createSignedResult({ ...changes, code: 'T05' }))).toBe('declined');
  });

  it('reports a decline of another order as forged', async () => {
    expect(await readVerdict(await createSignedResult({ code: 'T05' }, 'B-1001'))).toBe('forged, order');
  });

  it.each<[string, object | null | undefined]>([
    ['no response', undefined],
    ['null as its response', null],
    ['an empty response', {}],
    ['an empty list of payments', { order: [] }],
    ['a list of null', { order: [null] }],
    ['a text in the place of the payment', { order: 'A1001' }],
  ])('leaves an approval and a decline with %s open', async (_, response) => {
    for (const code of ['00', 'T05']) {
      const payloadHttp = JSON.stringify({ code, transactionId: '16881500822750', response });
      expect(await readVerdict(signResult(payloadHttp))).toBe(unknown);
    }
  });

  it('trusts the signed code and state, not the page’s', async () => {
    const denied = { code: 'T05', response: { order: [{ stateMessage: 'Denegado' }] } };
    expect(await readVerdict({ ...(await createSignedResult({ code: 'T05' })), code: '00' })).toBe('declined');
    expect(await readVerdict({ ...(await createSignedResult()), ...denied })).toBe('paid');
  });

  it.each<[string, unknown]>([
    ['an empty result', {}],
    ['an unsigned 00', { code: '00' }],
    ['an unsigned decline', { code: 'T05' }],
    ['COMMUNICATION_ERROR', { code: 'COMMUNICATION_ERROR', payloadHttp: null, signature: null }],
    ['021', { code: '021', payloadHttp: '', signature: '' }],
    ['a text without its signature', { payloadHttp: '{"code":"00"}' }],
    ['a signature without its text', { signature: 'AAAA' }],
  ])('reports pending for %s', async (_, raw) => {
    expect(await readVerdict(raw)).toBe('pending');
  });

  it.each(['not json', '7', 'null', '[]', '""', '{}', '{"code":0}', '{"code":"00","response":{"order":{}}}'])(
    'leaves the signed text %s open',
    async (payloadHttp) => {
      expect(await readVerdict(signResult(payloadHttp))).toBe(unknown);
    },
  );

  it.each(['021', 'COMMUNICATION_ERROR'])('reports pending for a signed %s', async (code) => {
    expect(await readVerdict(await createSignedResult({ code, payment: { stateMessage: 'Denegado' } }))).toBe('pending');
  });

  it.each([[null], ['text'], [7], [[]], [{ payloadHttp: 7 }]])('responds with 422 to %j', async (raw) => {
    expect(await readVerdict(raw)).toBe('422');
  });
});

describe('verifyResult, for an order number that names what its token was made for', () => {
  const forgotten: Partial<Order>[] = [{}, { extra: { order: { processType: 'AT', merchantBuyerId: 'buyer-7' } } }];

  it.each(forgotten)('reports a hold as authorized, whatever the order says now: %j', async (changed) => {
    const orderNumber = await createOrderNumber(account.hashKey, order.reference, 'hold');
    const reported = await reportResult(await createSignedResult({ payment: { orderNumber } }), changed);
    expect(reported).toMatchObject({ outcome: 'authorized', payment: { processType: 'PA', amount: 1500 } });
  });

  it('reports a registration as saved, whatever the order says now', async () => {
    const orderNumber = await createOrderNumber(account.hashKey, order.reference, 'registration');
    for (const changed of [{}, { extra: { action: 'pay' } }]) {
      const raw = await createSignedResult({ ...registration, payment: { ...registration.payment, orderNumber } });
      expect(await reportResult(raw, changed)).toMatchObject({ outcome: 'saved', payment: { action: 'register', amount: 0 } });
    }
  });

  it('reports a hold as authorized beside another payment of the same order', async () => {
    const { response } = JSON.parse(await createPayload()) as { response: { order: [object] } };
    const orderNumber = await createOrderNumber(account.hashKey, order.reference, 'hold');
    const payments = [...response.order, { ...response.order[0], orderNumber }];
    expect(await readVerdict(await createSignedResult({ response: { order: payments } }))).toBe('authorized');
  });

  it('never reports a payment that became a hold in the order as paid', async () => {
    const orderNumber = await createOrderNumber(account.hashKey, order.reference, 'payment');
    expect(await readVerdict(await createSignedResult({ payment: { orderNumber } }), { capture: 'later' })).toBe('authorized');
  });

  it('reports the hold of another order as forged', async () => {
    const orderNumber = await createOrderNumber(account.hashKey, 'B-1001', 'hold');
    expect(await readVerdict(await createSignedResult({ payment: { orderNumber } }))).toBe('forged, order');
  });
});

describe('verifyResult, for older formats', () => {
  const flat = async (changes: object = {}, merchant: object = { merchantCode: account.merchantCode }) => {
    const { response } = JSON.parse(await createPayload()) as { response: { order: [object] } };
    return createSignedResult({ response: { order: undefined, merchant, ...response.order[0], ...changes } });
  };

  it('reports paid for a complete payment that is not in a list', async () => {
    expect(await readVerdict(await flat())).toBe('paid');
    expect(await readVerdict(await flat({ order: null, merchantCode: account.merchantCode }, {}))).toBe('paid');
  });

  it.each(['uniqueId', 'codeAuth', 'stateMessage', 'amount', 'currency', 'orderNumber'])('leaves it open without `%s`', async (field) => {
    expect(await readVerdict(await flat({ [field]: undefined }))).toBe(unknown);
  });

  it('does not count another order, price or merchant', async () => {
    const orderNumber = await createOrderNumber(account.hashKey, 'B-1001');
    expect(await readVerdict(await flat({ orderNumber }))).toBe('forged, order');
    expect(await readVerdict(await flat({ amount: '1.50' }))).toBe('pending, price');
    expect(await readVerdict(await flat({ merchantCode: '4000901' }, {}))).toBe('forged, order');
  });

  it('reads `order` as an object', async () => {
    const { response } = JSON.parse(await createPayload()) as { response: { order: [object] } };
    const [payment] = response.order;
    expect(await readVerdict(await createSignedResult({ response: { order: payment } }))).toBe('paid');
    expect(await readVerdict(await createSignedResult({ response: { order: { ...payment, uniqueId: '' } } }))).toBe(unknown);
  });

  it('reads keys with capitals', async () => {
    const payloadHttp = (await createPayload()).replace(
      /"(\w)(\w*)":/g,
      (_, first: string, rest: string) => `"${first.toUpperCase()}${rest}":`,
    );
    expect(payloadHttp).toContain('"UniqueId":');
    const { signature } = signResult(payloadHttp);
    expect(await readVerdict({ Code: '00', PayloadHttp: payloadHttp, Signature: signature })).toBe('paid');
  });
});

describe('verifyResult, while one hash key replaces another', () => {
  const [newest, oldest] = ['newest-hash-key', 'oldest-hash-key'];
  const hashKey = [newest, account.hashKey, oldest];
  const results = hashKey.flatMap((maker) => hashKey.map((signer) => [maker, signer] as const));

  it.each(results)('accepts an order number of %s with a signature of %s', async (maker, signer) => {
    const payment = { orderNumber: await createOrderNumber(maker, order.reference) };
    expect(await readVerdict(signResult(await createPayload({ payment }), signer), {}, { hashKey })).toBe('paid');
  });

  it('rejects an order number and a signature of a key that is not in the list', async () => {
    const payment = { orderNumber: await createOrderNumber('retired', order.reference) };
    expect(await readVerdict(signResult(await createPayload({ payment }), newest), {}, { hashKey })).toBe('forged, order');
    expect(await readVerdict(signResult(await createPayload(), 'retired'), {}, { hashKey })).toBe('forged, signature');
  });

  it('rejects an order number of a listed key for another order', async () => {
    const payment = { orderNumber: await createOrderNumber(oldest, 'B-1001') };
    expect(await readVerdict(signResult(await createPayload({ payment }), oldest), {}, { hashKey })).toBe('forged, order');
  });
});

describe('verifyResult, for an order that was opened later', () => {
  it('reports a payment from before as stale, in the time of Lima', async () => {
    // The example was paid at 11:20:34 in Lima.
    const reportAt = async (openedAt: string) => readVerdict(await createSignedResult(), { openedAt });
    expect(await reportAt('2024-03-07T16:20:35Z')).toBe('pending, stale');
    expect(await reportAt('2024-03-07T16:20:34Z')).toBe('paid');
  });

  it('keeps a payment without a readable time for a person to look at', async () => {
    const result = await createSignedResult({ payment: { dateTransaction: '' } });
    expect(await readVerdict(result, { openedAt: '2030-01-01T00:00:00Z' })).toBe('pending, stale');
    expect(await reportResult(result)).not.toHaveProperty('details.paidAt');
  });
});
