import { describe, expect, it } from 'vitest';
import { createOrderNumber } from '../../../../src/providers/izipay/server/order-number.js';
import { account, createSignedResult, order, registration, signResult, type ResultChanges } from './fake-izipay.js';
import { reportResult } from './report-result.js';

const own = { provider: 'izipay', environment: 'sandbox', order: order.reference };
const store = { provider: 'izipay', environment: 'sandbox' };
const price = { amount: 1500, currency: 'PEN' };

describe('describePayment (Izipay)', () => {
  it('returns every number that a query, an annulment or a refund requires', async () => {
    const orderNumber = await createOrderNumber(account.hashKey, order.reference);
    const { payment, reference } = await reportResult(await createSignedResult({ payment: { orderNumber } }));
    expect(reference).toBe('1286141');
    expect(payment).toEqual({
      ...own,
      ...{ id: orderNumber, uniqueId: '1286141', referenceNumber: '7000000', transactionId: '16881500822750' },
      ...{ authorizationCode: 'S65892', payMethod: 'CARD', amount: 1500, currency: 'PEN', paidAt: '2024-03-07T11:20:34-05:00' },
    });
  });

  it('returns the details for a receipt and for support', async () => {
    const orderNumber = await createOrderNumber(account.hashKey, order.reference);
    const { details } = await reportResult(await createSignedResult({ payment: { orderNumber, installment: '03' } }));
    expect(details).toEqual({
      ...{ method: 'CARD', brand: 'VS', last4: '0055', authorizationCode: 'S65892', installments: 3, amount: 1500, currency: 'PEN' },
      ...{ paidAt: '2024-03-07T11:20:34-05:00', operationNumber: orderNumber, transactionId: '1286141' },
    });
  });

  it('describes a payment by Yape, which has neither a card nor a code', async () => {
    const payment = { payMethodAuthorization: 'YAPE_CODE', codeAuth: '' };
    const reported = await reportResult(await createSignedResult({ payment, response: { payMethod: undefined, card: {} } }));
    expect(reported).toMatchObject({ outcome: 'paid', details: { method: 'YAPE_CODE' }, payment: { payMethod: 'YAPE_CODE' } });
    for (const name of ['brand', 'last4', 'authorizationCode', 'installments']) expect(reported.details).not.toHaveProperty(name);
    expect(reported.payment).not.toHaveProperty('authorizationCode');
  });

  it.each<[string, ResultChanges, string]>([
    ['the order’s', { payment: { amount: '', currency: '' } }, 'pending'],
    ['the declined one', { code: 'T05', payment: { amount: '1.50' } }, 'declined'],
    ['the one that was paid', { payment: { amount: '1.50' } }, 'pending'],
  ])('returns as amount %s', async (which, changes, outcome) => {
    const reported = await reportResult(await createSignedResult(changes));
    expect(reported).toMatchObject({ outcome, details: { amount: which === 'the order’s' ? 1500 : 150, currency: 'PEN' } });
  });

  it('returns 0 as the amount of a registered card', async () => {
    const { details } = await reportResult(await createSignedResult(registration), { extra: { action: 'register' } });
    expect(details).toMatchObject({ amount: 0, currency: 'PEN' });
  });

  it.each<[string, object]>([
    ['another date', { dateTransaction: '2024-03-07' }],
    ['a day that does not exist', { dateTransaction: '20240231' }],
    ['a month that does not exist', { dateTransaction: '20241301' }],
    ['an hour that does not exist', { timeTransaction: '250000' }],
    ['a time without seconds', { timeTransaction: '1120' }],
    ['no time', { timeTransaction: null }],
    ['words', { dateTransaction: 'March 7', timeTransaction: '2024' }],
  ])('leaves out a time with %s', async (_, payment) => {
    const { outcome, details, payment: numbers } = await reportResult(await createSignedResult({ payment }));
    expect(outcome).toBe('paid');
    expect(details).not.toHaveProperty('paidAt');
    expect(numbers).not.toHaveProperty('paidAt');
  });

  it.each(['00', '0', '', 'x', '123', null, {}])('leaves out the installments %j', async (installment) => {
    expect((await reportResult(await createSignedResult({ payment: { installment } }))).details).not.toHaveProperty('installments');
  });

  it('leaves out fields of another shape, and does not fail', async () => {
    const response = { payMethod: {}, card: { brand: ['VS'], pan: '4970' }, token: { cardToken: {}, merchantBuyerId: 7 } };
    const payment = { referenceNumber: {}, payMethodAuthorization: null };
    const reported = await reportResult(await createSignedResult({ payment, response, transactionId: {} }));
    expect(reported).toMatchObject({ outcome: 'paid', details: { last4: '4970', transactionId: '1286141' } });
    for (const name of ['method', 'brand']) expect(reported.details).not.toHaveProperty(name);
    for (const name of ['referenceNumber', 'transactionId', 'payMethod']) expect(reported.payment).not.toHaveProperty(name);
    expect(reported).not.toHaveProperty('savedCard');
  });

  it('reads numbers in the place of texts', async () => {
    const payment = { uniqueId: 1286141, referenceNumber: 7000000, codeAuth: 65892, installment: 6 };
    const reported = await reportResult(await createSignedResult({ payment }));
    expect(reported.payment).toMatchObject({ uniqueId: '1286141', referenceNumber: '7000000', authorizationCode: '65892' });
    expect(reported.details).toMatchObject({ installments: 6 });
  });

  it('keeps the payment below 1 kB, whatever Izipay signs', async () => {
    const long = 'x'.repeat(2000);
    const payment = { referenceNumber: long, uniqueId: '1'.repeat(100), codeAuth: '1'.repeat(100), payMethodAuthorization: long };
    const { payment: numbers } = await reportResult(await createSignedResult({ payment, transactionId: '1'.repeat(100) }));
    expect(JSON.stringify(numbers).length).toBeLessThan(1024);
    expect(numbers).not.toHaveProperty('referenceNumber');
  });

  it('returns a saved card beside the payment that it was used for', async () => {
    const response = { token: { merchantBuyerId: 'buyer-7', cardToken: '4e5e7a52', alias: '' } };
    const { savedCard, payment, details } = await reportResult(await createSignedResult({ response }));
    expect(savedCard).toEqual({ ...store, token: '4e5e7a52', buyerId: 'buyer-7', brand: 'VS', last4: '0055' });
    expect(JSON.stringify([payment, details])).not.toContain('4e5e7a52');
  });

  it('returns a saved card without what Izipay did not name', async () => {
    const response = { card: {}, token: { cardToken: '4e5e7a52' } };
    expect((await reportResult(await createSignedResult({ response }))).savedCard).toEqual({ ...store, token: '4e5e7a52' });
  });

  it('returns neither numbers nor a saved card of another order’s payment', async () => {
    const reported = await reportResult(await createSignedResult(registration, 'B-1001'));
    expect(reported).toMatchObject({ outcome: 'forged', payment: own, details: price });
    expect(reported.payment).toEqual(own);
    expect(reported.details).toEqual(price);
    expect(reported).not.toHaveProperty('savedCard');
  });

  it.each<[string, ResultChanges]>([
    ['forged', { payment: { currency: 'USD' } }],
    ['declined', { code: 'T05' }],
  ])('returns the numbers, but no saved card, of a payment that is %s', async (outcome, changes) => {
    const reported = await reportResult(await createSignedResult({ response: registration.response, ...changes }));
    expect(reported).toMatchObject({ outcome, payment: { uniqueId: '1286141' } });
    expect(reported).not.toHaveProperty('savedCard');
  });

  it.each<[string, ResultChanges, string | undefined]>([
    ['the payment’s uniqueId', {}, '1286141'],
    ['the transaction id if there is no uniqueId', { payment: { uniqueId: '' } }, '16881500822750'],
    ['none if Izipay signed none', { payment: { uniqueId: '' }, transactionId: '' }, undefined],
  ])('returns as reference %s, not the page’s', async (_, changes, reference) => {
    expect((await reportResult(await createSignedResult(changes))).reference).toBe(reference);
  });

  it.each<[string, ResultChanges]>([
    ['no payment', { response: { order: [] } }],
    ['a decline', { code: 'T05' }],
  ])('names no time of payment for %s', async (_, changes) => {
    expect((await reportResult(await createSignedResult(changes))).details).not.toHaveProperty('paidAt');
  });

  it.each<[string, unknown]>([
    ['is not signed', { code: 'COMMUNICATION_ERROR' }],
    ['cannot be read', signResult('not json')],
  ])('returns a payment with the price, and without an id, after a result that %s', async (_, raw) => {
    const { payment } = await reportResult(raw, { capture: 'later' });
    expect(payment).toEqual({ ...own, ...price, processType: 'PA' });
  });

  it('returns nothing that Izipay did not sign', async () => {
    const raw = { code: '021', transactionId: '1', response: { order: [{ uniqueId: '1', orderNumber: 'x' }] } };
    expect(await reportResult(raw)).toEqual({
      outcome: 'pending',
      payment: { ...own, ...price },
      details: price,
      order,
      provider: 'izipay',
      environment: 'sandbox',
    });
  });
});
