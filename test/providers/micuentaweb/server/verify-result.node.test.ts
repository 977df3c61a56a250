import { describe, expect, it } from 'vitest';
import { micuentaweb } from '../../../../src/providers/micuentaweb/server/adapter.js';
import type { Order } from '../../../../src/server.js';
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
    ['no total', withDetails({ orderTotalAmount: null }), 'pending, unknown-state'],
    ['a total in another currency', withDetails({ orderCurrency: 'USD' }), 'forged, currency'],
    ['a transaction in another currency', withTransaction({ currency: 'USD' }), 'forged, currency'],
    ['a part of the price', withTransaction({ amount: 1499 }), 'pending, partial'],
    ['no amount', withTransaction({ amount: '1500' }), 'pending, unknown-state'],
    ['an unpaid order', { ...answer, orderStatus: 'UNPAID' }, 'pending, unknown-state'],
    ['no order status', { ...answer, orderStatus: null }, 'pending, unknown-state'],
    ['an unpaid status', withTransaction({ status: 'UNPAID' }), 'pending, unknown-state'],
    ['a word that is not known', withTransaction({ detailedStatus: 'TOMORROW' }), 'pending, unknown-state'],
    ['no word', withTransaction({ detailedStatus: null, status: null }), 'pending, unknown-state'],
    ['a registration', withTransaction({ operationType: 'VERIFICATION' }), 'pending, unknown-state'],
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
        { ...listed, uuid: 'e'.repeat(32), amount: 1000, creationDate: null },
      ],
      'paid',
    ],
    ['a part of the price', [{ ...listed, amount: 500 }], 'pending, partial'],
    ['a part of the price, listed three times', [1, 2, 3].map(() => ({ ...listed, amount: 500 })), 'pending, partial'],
    ['a partial approval', [{ ...listed, detailedStatus: 'PARTIALLY_AUTHORISED' }], 'pending, partial'],
    [
      'a partial approval without an amount',
      [{ ...listed, amount: null, detailedStatus: 'PARTIALLY_AUTHORISED' }],
      'pending, unknown-state',
    ],
    [
      'a charge and a hold that share the price',
      [
        { ...listed, amount: 700 },
        { ...listed, uuid: 'e'.repeat(32), amount: 800, detailedStatus: 'AUTHORISED_TO_VALIDATE' },
      ],
      'pending, partial',
    ],
    [
      'a payment in another currency beside a refusal',
      [
        { ...listed, currency: 'USD' },
        { ...refused, orderDetails },
      ],
      'forged, currency',
    ],
    ['a payment that was cancelled', [{ ...listed, status: 'UNPAID', detailedStatus: 'CANCELLED' }], 'reversed'],
    [
      'a payment that was cancelled before the bank approved it',
      [{ ...listed, status: 'UNPAID', detailedStatus: 'CANCELLED', transactionDetails: null }],
      'declined',
    ],
    ['a refusal that names no operation', [{ ...refused, orderDetails, operationType: null }], 'pending, unknown-state'],
    ['a payment in progress', [{ ...listed, status: 'RUNNING', detailedStatus: 'UNDER_VERIFICATION' }], 'pending, processing'],
    ['a hold that was not requested', [{ ...listed, detailedStatus: 'AUTHORISED_TO_VALIDATE' }], 'pending, processing'],
    ['an open word without a status', [{ ...listed, status: null, detailedStatus: 'INITIAL' }], 'pending, unknown-state'],
    ['an open word of an unpaid transaction', [{ ...listed, status: 'UNPAID', detailedStatus: 'INITIAL' }], 'pending, unknown-state'],
    ['no words', [{ ...listed, status: null, detailedStatus: null }], 'pending, unknown-state'],
    ['the payment of another order', [{ ...listed, orderDetails: { ...orderDetails, orderId: 'B-1' } }], 'pending, not-found'],
    ['the payment of another environment', [{ ...listed, orderDetails: { ...orderDetails, mode: 'PRODUCTION' } }], 'pending, not-found'],
    ['the payment of another shop', [{ ...listed, shopId: '1' }], 'pending, not-found'],
    ['a payment without order details', [transaction], 'pending, unknown-state'],
    ['a refusal, beside a payment without order details', [{ ...refused, orderDetails }, transaction], 'pending, unknown-state'],
    ['another total', [{ ...listed, orderDetails: { ...orderDetails, orderTotalAmount: 1 } }], 'pending, price'],
    ['another currency, without a uuid', [{ ...listed, uuid: null, currency: 'USD' }], 'forged, currency'],
    ['refused attempts only', [{ ...refused, orderDetails }], 'declined'],
    ['an abandoned attempt', [{ ...refused, orderDetails, status: 'ABANDONED', detailedStatus: 'ABANDONED' }], 'declined'],
    ['no such order', [], 'pending, not-found'],
    ['no REST operations', createError('PSP_100'), 'pending, unanswered'],
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
  });

  it("keeps a signed refusal pending while Lyra's record does not list it", async () => {
    const { report, reported } = createShop();
    expect(await report(createRaw(unpaid))).toBe('pending, not-found');
    expect(reported[0]!.payment.id).toBe(refused.uuid);
    const another = { ...refused, uuid: 'e'.repeat(32), orderDetails };
    expect(await createShop(createUpstream([another])).report(createRaw(unpaid))).toBe('pending, not-found');
  });

  it('keeps a signed open payment pending while the query shows only refusals', async () => {
    const running = withTransaction({ status: 'RUNNING', detailedStatus: 'WAITING_AUTHORISATION' }, { orderStatus: 'RUNNING' });
    expect(await createShop(createUpstream([{ ...refused, orderDetails }])).report(createRaw(running))).toBe('pending, processing');
  });

  it('adds what Lyra signed to what it lists, and counts a transaction once', async () => {
    const half = createRaw(withTransaction({ amount: 500 }));
    const other = { ...listed, uuid: 'e'.repeat(32), amount: 1000 };
    expect(await createShop(createUpstream([other])).report(half)).toBe('paid');
    const { report, reported } = createShop(createUpstream([{ ...listed, amount: 500 }]));
    expect(await report(half)).toBe('pending, partial');
    expect(reported[0]).toMatchObject({ approved: 500 });
  });

  it('does not add a hold to a charge', async () => {
    const hold = { ...listed, uuid: 'e'.repeat(32), amount: 800, detailedStatus: 'AUTHORISED_TO_VALIDATE' };
    const { report } = createShop(createUpstream([{ ...listed, amount: 700 }, hold]), { capture: 'later' });
    expect(await report({})).toBe('pending, partial');
  });

  it("takes Lyra's record of a transaction for newer than what it signed", async () => {
    const half = createRaw(withTransaction({ amount: 500 }));
    const cancelled = { ...listed, amount: 500, status: 'UNPAID', detailedStatus: 'CANCELLED' };
    const other = { ...listed, uuid: 'e'.repeat(32), amount: 1000 };
    const { report, reported } = createShop(createUpstream([cancelled, other]));
    expect(await report(half)).toBe('pending, partial');
    expect(reported[0]).toMatchObject({ approved: 1000 });
    const open = createRaw(withTransaction({ status: 'RUNNING', detailedStatus: 'INITIAL' }, { orderStatus: 'RUNNING' }));
    expect(await createShop(createUpstream([listed])).report(open)).toBe('paid');
    const failed = { ...listed, status: 'UNPAID', detailedStatus: 'REFUSED' };
    expect(await createShop(createUpstream([failed])).report(open)).toBe('declined');
    const running = { ...refused, orderDetails, status: 'RUNNING', detailedStatus: 'INITIAL' };
    expect(await createShop(createUpstream([running])).report(createRaw(unpaid))).toBe('pending, processing');
  });

  it('reports what was approved of the price, without attempts that are open', async () => {
    const part = { ...listed, amount: 400, detailedStatus: 'PARTIALLY_AUTHORISED' };
    const open = {
      ...listed,
      uuid: 'e'.repeat(32),
      status: 'RUNNING',
      detailedStatus: 'INITIAL',
      creationDate: '2026-03-07T17:00:00+00:00',
    };
    const { report, reported } = createShop(createUpstream([part, open]));
    expect(await report({})).toBe('pending, partial');
    expect(reported[0]).toMatchObject({ approved: 400, reference: listed.uuid });
  });

  it('reports a hold as authorized only if the order requested it', async () => {
    const held = withTransaction({ status: 'RUNNING', detailedStatus: 'AUTHORISED_TO_VALIDATE' }, { orderStatus: 'RUNNING' });
    const shop = (found: readonly object[] = []) => createShop(createUpstream(found), { capture: 'later' });
    expect(await shop().report(createRaw(held))).toBe('authorized');
    expect(await createShop().report(createRaw(held))).toBe('pending, processing');
    expect(await shop().report(createRaw({ ...held, orderStatus: 'UNPAID' }))).toBe('pending, unknown-state');
    expect(await shop().report(createRaw({ ...held, orderStatus: null }))).toBe('pending, unknown-state');
    expect(await shop([{ ...listed, status: 'RUNNING', detailedStatus: 'AUTHORISED_TO_VALIDATE' }]).report({})).toBe('authorized');
    expect(await shop([{ ...listed, status: null, detailedStatus: 'AUTHORISED_TO_VALIDATE' }]).report({})).toBe('pending, unknown-state');
  });

  it('reports a stored card as saved only if the order is one to save a card', async () => {
    const card = { operationType: 'VERIFICATION', detailedStatus: 'ACCEPTED', paymentMethodToken: 'card-token', transactionDetails: null };
    const said = withTransaction(card, { customer: { reference: 'buyer-7' } });
    const { report, reported } = createShop(createUpstream(), { save: 'only', amount: 0 });
    expect(await report(createRaw(said))).toBe('saved');
    expect(reported[0]!.savedCard).toMatchObject({ token: 'card-token', buyerId: 'buyer-7' });
    expect(await createShop().report(createRaw(said))).toBe('pending, unknown-state');
    expect(await createShop(createUpstream(), { save: 'only', amount: 0 }).report(createRaw(answer))).toBe('pending, price');
    expect(await createShop(createUpstream(), { save: 'only' }).report(createRaw(answer))).toBe('pending, unknown-state');
    const tokenless = withTransaction({ ...card, paymentMethodToken: null });
    expect(await createShop(createUpstream(), { save: 'only', amount: 0 }).report(createRaw(tokenless))).toBe('pending, unknown-state');
  });

  it('reports a refused registration as declined, although Lyra lists no registrations', async () => {
    const said = { ...unpaid, transactions: [{ ...refused, operationType: 'VERIFICATION' }] };
    expect(await createShop(createUpstream(), { save: 'only', amount: 0 }).report(createRaw(said))).toBe('declined');
    expect(await createShop().report(createRaw(said))).toBe('pending, not-found');
  });

  it('passes a failure of the query on', async () => {
    expect(await createShop(createUpstream(createError('PSP_999'))).report({})).toBe('502');
  });
});

describe('verifyResult (micuentaweb), without REST operations', () => {
  const createLimitedShop = (changed: Partial<Order> = {}) => createShop(createUpstream(createError('PSP_100')), changed);

  it('reports declined for a signed refusal, with nothing else open or paid', async () => {
    const { report, reported } = createLimitedShop();
    expect(await report(createRaw(unpaid))).toBe('declined');
    expect(reported[0]!.payment.id).toBe(refused.uuid);
  });

  it.each<[string, object, string]>([
    [
      'beside an open attempt',
      { ...unpaid, transactions: [refused, { ...transaction, status: 'RUNNING', detailedStatus: 'INITIAL' }] },
      'pending',
    ],
    ['of an order that is running', { ...unpaid, orderStatus: 'RUNNING' }, 'pending, unknown-state'],
    ['of an order that is paid', { ...unpaid, orderStatus: 'PAID' }, 'pending, unknown-state'],
    ['of an order without a status', { ...unpaid, orderStatus: null }, 'pending, unknown-state'],
    ['with a word that is not known', { ...unpaid, transactions: [{ ...refused, detailedStatus: 'DENIED' }] }, 'pending, unknown-state'],
  ])('does not report declined for a signed refusal %s', async (_, said, verdict) => {
    expect(await createLimitedShop().report(createRaw(said))).toMatch(new RegExp(`^${verdict}`));
  });

  it('keeps a refusal that is not signed pending', async () => {
    expect(await createLimitedShop().report({})).toBe('pending, unanswered');
    expect(await createLimitedShop().report({ rawClientAnswer: JSON.stringify(unpaid) })).toBe('pending, unanswered');
    expect(await createLimitedShop().report(createRaw({ ...unpaid, transactions: [] }))).toBe('pending, unanswered');
    expect(await createLimitedShop().report(createRaw(unpaid, 'another'))).toBe('forged, signature');
  });

  it('says why in the rules for the documentation', () => {
    const rules = micuentaweb(options).outcomeRules;
    expect(rules?.find(({ reason }) => reason === 'unanswered')?.words).toContain('the contract of the shop has no REST operations');
  });

  it('reports what Lyra signed of a payment in parts', async () => {
    const { report, reported } = createLimitedShop();
    const said = withTransaction({ amount: 500, detailedStatus: 'PARTIALLY_AUTHORISED' }, { orderStatus: 'PARTIALLY_PAID' });
    expect(await report(createRaw(said))).toBe('pending, partial');
    expect(reported[0]).toMatchObject({ approved: 500 });
  });
});

describe('verifyResult (micuentaweb), with `refundAmount`', () => {
  const withRefundAmount = (refundAmount: number) => ({
    transactionDetails: { cardDetails: { captureResponse: { refundAmount }, authorizationResponse: { authorizationNumber: '3fbbc6' } } },
  });
  const said = createRaw(withTransaction(withRefundAmount(1500)));
  const credit = { ...listed, uuid: 'c'.repeat(32), operationType: 'CREDIT', transactionDetails: { parentTransactionUuid: listed.uuid } };

  it('reports refunded only if CREDIT transactions return the whole amount', async () => {
    const { report, sent } = createShop(createUpstream([listed, credit]));
    expect(await report(said)).toBe('refunded');
    expect(sent).toMatchObject([{ body: { orderId: 'A-1001', operationType: 'CREDIT' } }]);
    expect(await createShop(createUpstream([{ ...listed, ...withRefundAmount(1500) }, credit])).report({})).toBe('refunded');
  });

  it.each<[string, readonly object[]]>([
    ['no refund', [listed]],
    ['a refund of a part', [{ ...credit, amount: 1499 }]],
    ['a refund that is open', [{ ...credit, status: 'RUNNING', detailedStatus: 'CAPTURE_PENDING' }]],
    ['a refund of another payment', [{ ...credit, transactionDetails: { parentTransactionUuid: 'e'.repeat(32) } }]],
    ['a refund of another order', [{ ...credit, orderDetails: { ...orderDetails, orderId: 'B-1' } }]],
  ])('reports paid if Lyra lists %s', async (_, found) => {
    expect(await createShop(createUpstream(found)).report(said)).toBe('paid');
  });

  it('looks for refunds if another attempt names no amount', async () => {
    const nameless = { ...listed, ...withRefundAmount(1), uuid: 'e'.repeat(32), amount: null };
    const { report, sent } = createShop(createUpstream([{ ...listed, transactionDetails: null }, nameless]));
    expect(await report({})).toBe('paid');
    expect(sent.map(({ body }) => body.operationType)).toEqual(['DEBIT', 'CREDIT']);
  });

  it('sends no query if it is less than the payment', async () => {
    const { report, sent } = createShop();
    expect(await report(createRaw(withTransaction(withRefundAmount(1499))))).toBe('paid');
    expect(sent).toEqual([]);
  });

  it('leaves the payment pending if the shop has no REST operations', async () => {
    expect(await createShop(createUpstream(createError('PSP_100'))).report(said)).toBe('pending, unknown-state');
  });
});
