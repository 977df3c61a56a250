import { describe, expect, it } from 'vitest';
import {
  answer,
  createError,
  createNotification,
  createRaw,
  createShop,
  createUpstream,
  listed,
  options,
  orderDetails,
  refused,
  sign,
  transaction,
  unpaid,
} from './facts-upstream.js';

const withTransaction = (changes: object, more: object = {}) => ({ ...answer, transactions: [{ ...transaction, ...changes }], ...more });
const withDetails = (changes: object) => ({ ...answer, orderDetails: { ...orderDetails, ...changes } });

describe('verifyResult (micuentaweb)', () => {
  it('reports paid for a signed payment of this order, with its numbers, and sends no query', async () => {
    const { report, reported, sent } = createShop();
    expect(await report(createRaw(answer))).toBe('paid');
    expect(sent).toEqual([]);
    expect(reported[0]).toMatchObject({
      reference: transaction.uuid,
      payment: { id: transaction.uuid, orderId: 'A-1001', amount: 1500, currency: 'PEN' },
      details: {
        brand: 'VISA',
        last4: '0055',
        authorizationCode: '3fbbc6',
        paidAt: '2026-03-07T16:20:34+00:00',
        transactionId: transaction.uuid,
      },
    });
  });

  it.each<[string, object, string]>([
    ['another shop', { ...answer, shopId: '11111111' }, 'forged, order'],
    ['another shop in the transaction', withTransaction({ shopId: '11111111' }), 'forged, order'],
    ['the other environment', withDetails({ mode: 'PRODUCTION' }), 'forged, order'],
    ['another order', withDetails({ orderId: 'B-1001' }), 'forged, order'],
    ['no order', withDetails({ orderId: null }), 'forged, order'],
    ['no order details', { ...answer, orderDetails: null }, 'forged, order'],
    ['another total', withDetails({ orderTotalAmount: 150 }), 'pending, price'],
    ['no total', withDetails({ orderTotalAmount: null }), 'pending, not-found'],
    ['a total in another currency', withDetails({ orderCurrency: 'USD' }), 'forged, currency'],
    ['a transaction in another currency', withTransaction({ currency: 'USD' }), 'forged, currency'],
    ['a part of the price', withTransaction({ amount: 1499 }), 'pending, not-found'],
    ['no amount', withTransaction({ amount: '1500' }), 'pending, not-found'],
    ['an unpaid order', { ...answer, orderStatus: 'UNPAID' }, 'pending, not-found'],
    ['no order status', { ...answer, orderStatus: null }, 'pending, not-found'],
    ['an unpaid status', withTransaction({ status: 'UNPAID' }), 'pending, not-found'],
    ['a word that is not known', withTransaction({ detailedStatus: 'TOMORROW' }), 'pending, not-found'],
    ['no word', withTransaction({ detailedStatus: null, status: null }), 'pending, not-found'],
    ['a registration', withTransaction({ operationType: 'VERIFICATION' }), 'pending, not-found'],
    ['a refund', withTransaction({ operationType: 'CREDIT' }), 'pending, not-found'],
    ['another shape', { transactions: 1 }, 'pending, not-found'],
  ])('does not report paid for %s', async (_, said, verdict) => {
    expect(await createShop().report(createRaw(said))).toBe(verdict);
  });

  it.each<[string, object]>([
    ['another key', createRaw(answer, 'another')],
    ['the password', createRaw(answer, options.password as string)],
    ['another algorithm', { ...createRaw(answer), hashAlgorithm: 'md5' }],
    ['upper case', { ...createRaw(answer), hash: createRaw(answer).hash.toUpperCase() }],
    ['a changed text', { ...createRaw(answer), rawClientAnswer: JSON.stringify(withDetails({ orderId: 'A-1002' })) }],
  ])('reports forged for a signature with %s, unless Lyra lists the payment', async (_, raw) => {
    expect(await createShop().report(raw)).toBe('forged, signature');
    expect(await createShop(createUpstream([listed])).report(raw)).toBe('paid');
  });

  it('accepts a text with escaped slashes, any of the keys, and no algorithm', async () => {
    const text = JSON.stringify({ ...answer, note: 'V4/Payment' });
    const raw = { rawClientAnswer: text.replaceAll('/', '\\/'), hash: sign(text, 'older-key'), hashAlgorithm: null };
    expect(await createShop(createUpstream(), {}, { hashKey: [options.hashKey as string, 'older-key'] }).report(raw)).toBe('paid');
  });

  it('rejects a report of another shape', async () => {
    expect(await createShop().report({ rawClientAnswer: 7 })).toBe('422');
    expect(await createShop().report(createNotification(answer))).toBe('pending, not-found');
  });

  it.each<[string, readonly object[] | object, string]>([
    ['the payment', [listed], 'paid'],
    ['a refusal and then a payment', [{ ...listed, status: 'UNPAID', detailedStatus: 'REFUSED' }, listed], 'paid'],
    [
      'two parts of the price',
      [
        { ...listed, amount: 500 },
        { ...listed, amount: 1000, creationDate: null },
      ],
      'paid',
    ],
    ['a part of the price', [{ ...listed, amount: 500 }], 'pending, partial'],
    ['a partial approval', [{ ...listed, amount: undefined, detailedStatus: 'PARTIALLY_AUTHORISED' }], 'pending, partial'],
    ['a payment in progress', [{ ...listed, status: 'RUNNING', detailedStatus: 'UNDER_VERIFICATION' }], 'pending, processing'],
    ['a hold that was not requested', [{ ...listed, detailedStatus: 'AUTHORISED_TO_VALIDATE' }], 'pending, processing'],
    ['an open word without a status', [{ ...listed, status: null, detailedStatus: 'INITIAL' }], 'pending, processing'],
    ['an open word of an unpaid transaction', [{ ...listed, status: 'UNPAID', detailedStatus: 'INITIAL' }], 'pending, unknown-state'],
    ['no words', [{ ...listed, status: null, detailedStatus: null }], 'pending, unknown-state'],
    ['the payment of another order', [{ ...listed, orderDetails: { ...orderDetails, orderId: 'B-1' } }], 'pending, not-found'],
    ['the payment of another environment', [{ ...listed, orderDetails: { ...orderDetails, mode: 'PRODUCTION' } }], 'pending, not-found'],
    ['the payment of another shop', [{ ...listed, shopId: '1' }], 'pending, not-found'],
    ['a payment without order details', [transaction], 'pending, not-found'],
    ['another total', [{ ...listed, orderDetails: { ...orderDetails, orderTotalAmount: 1 } }], 'pending, price'],
    ['another currency, without a uuid', [{ ...listed, uuid: null, currency: 'USD' }], 'forged, currency'],
    ['refused attempts only', [{ ...refused, orderDetails }], 'declined'],
    ['an abandoned attempt', [{ ...refused, orderDetails, status: 'ABANDONED', detailedStatus: 'ABANDONED' }], 'declined'],
    ['no such order', [], 'pending, not-found'],
    ['no REST operations', createError('PSP_100'), 'pending, unanswered'],
    [
      'a payment that was returned',
      [{ ...listed, transactionDetails: { cardDetails: { captureResponse: { refundAmount: 1500 } } }, creationDate: 'today', uuid: null }],
      'refunded',
    ],
  ])('asks Lyra if nothing was signed: %s', async (_, found, verdict) => {
    const { report, sent } = createShop(createUpstream(found));
    expect(await report({})).toBe(verdict);
    expect(sent).toMatchObject([
      {
        url: 'https://api.micuentaweb.pe/api-payment/V4/Order/Get',
        body: { orderId: 'A-1001', operationType: 'DEBIT' },
        headers: { Authorization: `Basic ${btoa(`89289758:${options.password as string}`)}` },
      },
    ]);
  });

  it('reports declined only if Lyra lists no other attempt that is open or paid', async () => {
    const raw = createRaw(unpaid);
    expect(await createShop(createUpstream([{ ...refused, orderDetails }])).report(raw)).toBe('declined');
    expect(await createShop(createUpstream([{ ...refused, orderDetails }, listed])).report(raw)).toBe('paid');
    const open = { ...listed, status: 'RUNNING', detailedStatus: 'INITIAL' };
    expect(await createShop(createUpstream([{ ...refused, orderDetails }, open])).report(raw)).toBe('pending, processing');
    expect(await createShop().report(raw)).toBe('pending, not-found');
    expect(await createShop(createUpstream(createError('PSP_100'))).report(raw)).toBe('pending, unanswered');
  });

  it('keeps a signed open payment pending while the query shows only refusals', async () => {
    const running = withTransaction({ status: 'RUNNING', detailedStatus: 'WAITING_AUTHORISATION' }, { orderStatus: 'RUNNING' });
    expect(await createShop(createUpstream([{ ...refused, orderDetails }])).report(createRaw(running))).toBe('pending, processing');
  });

  it('reports a hold as authorized only if the order requested it', async () => {
    const held = withTransaction({ status: 'RUNNING', detailedStatus: 'AUTHORISED_TO_VALIDATE' }, { orderStatus: 'RUNNING' });
    expect(await createShop(createUpstream(), { capture: 'later' }).report(createRaw(held))).toBe('authorized');
    expect(await createShop().report(createRaw(held))).toBe('pending, not-found');
    expect(await createShop(createUpstream(), { capture: 'later' }).report(createRaw({ ...held, orderStatus: 'UNPAID' }))).toBe(
      'pending, not-found',
    );
    const wordless = { ...listed, status: null, detailedStatus: 'AUTHORISED_TO_VALIDATE' };
    expect(await createShop(createUpstream([wordless]), { capture: 'later' }).report({})).toBe('authorized');
  });

  it('reports a stored card as saved only if the order is one to save a card', async () => {
    const card = { operationType: 'VERIFICATION', detailedStatus: 'ACCEPTED', paymentMethodToken: 'card-token', transactionDetails: null };
    const said = withTransaction(card, { customer: { reference: 'buyer-7' } });
    const { report, reported } = createShop(createUpstream(), { save: 'only', amount: 0 });
    expect(await report(createRaw(said))).toBe('saved');
    expect(reported[0]!.savedCard).toMatchObject({ token: 'card-token', buyerId: 'buyer-7' });
    expect(await createShop().report(createRaw(said))).toBe('pending, not-found');
    expect(await createShop(createUpstream(), { save: 'only', amount: 0 }).report(createRaw(answer))).toBe('pending, not-found');
  });

  it('passes a failure of the query on', async () => {
    expect(await createShop(createUpstream(createError('PSP_999'))).report({})).toBe('502');
  });
});
