import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  createPayEndpoints,
  izipay,
  OperationNotSupported,
  Problem,
  type Order,
  type Payment,
  type PaymentOutcome,
} from '../../../../src/server.js';
import { createOrderNumber } from '../../../../src/providers/izipay/server/order-number.js';
import { account, order } from './fake-izipay.js';
import { afternoon, createPay, createUpstream, hold, issued, listed, payment, type Event } from './facts-upstream.js';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'], now: afternoon });
});
afterEach(() => {
  vi.useRealTimers();
});

const query = (found: unknown, one: typeof issued = issued) => createPay(createUpstream(found)).query(one);

async function readVerdict(found: unknown, one?: typeof issued): Promise<string> {
  const { outcome, reason } = await query(found, one);
  return [outcome, reason].filter(Boolean).join(', ');
}

const denied = { ...listed, stateMessage: 'Denegado', codeAuth: '' };

describe('pay.query (Izipay)', () => {
  it('returns the payment with every number, and the details', async () => {
    expect(await query([listed])).toEqual({
      payment,
      outcome: 'paid',
      details: {
        ...{ method: 'CARD', last4: '0055', authorizationCode: 'S65892', amount: 1500, currency: 'PEN' },
        ...{ paidAt: payment.paidAt, operationNumber: payment.id, transactionId: '1286141' },
      },
      refunds: [],
    });
  });

  it.each<[string, unknown, string]>([
    ['one payment', listed, 'paid'],
    ['a list of one', [listed], 'paid'],
    ['capitals', { ...listed, stateMessage: 'AUTORIZADO' }, 'paid'],
    ['a decline', denied, 'declined'],
    ['several declines', [denied, denied], 'declined'],
    ['a decline, then a payment', [denied, listed], 'paid'],
    ['a payment, then a decline', [listed, denied], 'paid'],
    ['a decline and an unknown word', [denied, { ...listed, stateMessage: 'Observado' }], 'pending, unknown-state'],
    ['two payments', [listed, { ...listed, uniqueId: '1286142' }], 'pending, unknown-state'],
    ['an unknown word', { ...listed, stateMessage: 'Anulado' }, 'pending, unknown-state'],
    ['no word', { ...listed, stateMessage: undefined }, 'pending, unknown-state'],
    ['no uniqueId, as for a registered card', { ...listed, uniqueId: '' }, 'pending, unknown-state'],
    ['no authorization code', { ...listed, codeAuth: '' }, 'pending, unknown-state'],
    ['no amount', { ...listed, amount: undefined }, 'pending, unknown-state'],
    ['an amount in another format', { ...listed, amount: '15,00' }, 'pending, unknown-state'],
    ['no currency', { ...listed, currency: '' }, 'pending, unknown-state'],
    ['another amount', { ...listed, amount: '1.50' }, 'pending, price'],
    ['another currency', { ...listed, currency: 'USD' }, 'forged, currency'],
    ['another order', { ...listed, orderNumber: 'B1001ABCDEFGHI' }, 'pending, not-found'],
    ['no order number', { ...listed, orderNumber: undefined }, 'pending, not-found'],
    ['no payment', [], 'pending, not-found'],
    ['nothing', null, 'pending, not-found'],
    ['a text', 'none', 'pending, not-found'],
  ])('reads %s', async (_, found, verdict) => expect(await readVerdict(found)).toBe(verdict));

  it.each<[string, object]>([
    ['another code', { code: '96', response: { order: [listed] } }],
    ['no code', { response: { order: [listed] } }],
    ['nothing', {}],
  ])('leaves the payment open after an answer with %s', async (_, answer) => {
    const upstream = createUpstream([], { Search: [answer] });
    expect(await createPay(upstream).query(issued)).toMatchObject({ outcome: 'pending', reason: 'not-found', payment: issued });
  });

  it('reads keys with capitals', async () => {
    const capital = (fields: object) =>
      Object.fromEntries(Object.entries(fields).map(([key, one]) => [key[0]!.toUpperCase() + key.slice(1), one as unknown]));
    const answer = capital({ code: '00', response: capital({ order: [capital(listed)] }) });
    expect(await createPay(createUpstream([], { Search: [answer] })).query(issued)).toMatchObject({ outcome: 'paid', payment });
  });

  it('reads the payment by Yape, without a code', async () => {
    const { outcome, payment: found } = await query({ ...listed, payMethodAuthorization: 'YAPE_CODE', codeAuth: '' });
    expect([outcome, found.payMethod]).toEqual(['paid', 'YAPE_CODE']);
    expect(found).not.toHaveProperty('authorizationCode');
  });

  it('reports a hold as authorized', async () => {
    expect(await readVerdict([listed], { ...issued, processType: 'PA' })).toBe('authorized');
    expect(await readVerdict([denied], { ...issued, processType: 'PA' })).toBe('declined');
    expect(await readVerdict({ ...listed, amount: '1.50' }, { ...issued, processType: 'PA' })).toBe('pending, price');
  });

  it('never reports a registered card as paid', async () => {
    const registration = { ...issued, amount: 0, action: 'register' };
    const found = { ...listed, uniqueId: '', codeAuth: '', referenceNumber: '', amount: '0.00' };
    expect(await readVerdict(found, registration)).toBe('pending, unknown-state');
    expect(await readVerdict([listed], registration)).toBe('pending, unknown-state');
    expect(await readVerdict([denied], registration)).toBe('declined');
  });

  it('selects the payment that Izipay has signed from two', async () => {
    const { outcome, payment: found } = await query([{ ...listed, uniqueId: '1286142' }, listed], payment);
    expect([outcome, found.uniqueId]).toEqual(['paid', '1286141']);
  });

  it('does not read a payment that Izipay has signed as approved as declined', async () => {
    expect(await readVerdict([denied], payment)).toBe('pending, unknown-state');
  });

  it('adds what is missing to signed numbers, and replaces none', async () => {
    const found = { ...listed, uniqueId: 'other', codeAuth: 'other', referenceNumber: 'other', dateTransaction: '20240308' };
    const { referenceNumber: _, ...stored } = payment;
    const status = await query([found], stored);
    expect(status.payment).toEqual({ ...stored, referenceNumber: 'other' });
    expect(status.details.paidAt).toBe(payment.paidAt);
  });

  it('replaces the numbers of a declined card by those of the payment', async () => {
    const { authorizationCode: _code, paidAt: _paidAt, ...declined } = { ...payment, uniqueId: 'declined' };
    expect((await query([denied, listed], declined)).payment).toEqual(payment);
  });

  it('does not take the transaction id of the answer, which is not signed', async () => {
    const answer = { code: '00', transactionId: 'other', response: { order: [listed] } };
    expect((await createPay(createUpstream([], { Search: [answer] })).query(issued)).payment.transactionId).toBe(payment.transactionId);
  });

  it('never returns a saved card', async () => {
    const answer = { code: '00', response: { order: [listed], token: { cardToken: '4e5e7a52' } } };
    expect(JSON.stringify(await createPay(createUpstream([], { Search: [answer] })).query(issued))).not.toContain('4e5e7a52');
  });

  it.each(['id', 'transactionId'])('requires the `%s` of the token, and names it', async (name) => {
    const upstream = createUpstream();
    const { [name]: _, ...unsigned } = issued as Record<string, unknown>;
    await expect(createPay(upstream).query(unsigned as never)).rejects.toThrow(
      `The payment of Izipay, as \`onToken\` received it: \`${name}\` should be`,
    );
    expect(upstream.sent).toEqual([]);
  });

  it.each<[string, Event[], Event[], string]>([
    ['a token that is refused', [{ code: '96' }], [], 'upstream-refused'],
    ['credentials that are refused', [], [401], 'upstream-credentials'],
    ['an answer that is not an object, twice', [], [[7], [7]], 'upstream-answer'],
    ['a failure, twice', [], [500, 500], 'upstream-failed'],
  ])('reports %s as a problem, without a secret', async (_, Generate, Search, kind) => {
    const error: unknown = await createPay(createUpstream([listed], { Generate, Search }))
      .query(issued)
      .catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(Problem);
    expect(error).toMatchObject({ kind });
    for (const secret of [...Object.values(account), 'session-token']) expect(String(error)).not.toContain(secret);
  });

  it('tries a query again that failed once', async () => {
    const upstream = createUpstream([listed], { Search: [500] });
    expect((await createPay(upstream).query(issued)).outcome).toBe('paid');
    expect(upstream.names()).toEqual(['Generate', 'Search', 'Search']);
  });
});

describe('pay.settle (Izipay)', () => {
  const settle = async (one: typeof issued, found: unknown, changed: Partial<Order> = {}) => {
    const onOutcome = vi.fn<(reported: PaymentOutcome) => void>();
    const pay = createPay(createUpstream(found), { onOutcome, orderByReference: () => ({ ...order, ...changed }) });
    const { outcome, reason } = await pay.settle(one);
    expect(onOutcome.mock.calls[0]![0]).toMatchObject({ outcome, order: { reference: order.reference } });
    return [outcome, reason].filter(Boolean).join(', ');
  };

  it.each<[string, typeof issued, Partial<Order>, string]>([
    ['a payment as paid', issued, {}, 'paid'],
    ['a hold as authorized', hold, { capture: 'later' }, 'authorized'],
    ['a hold as authorized, if the order forgot it', hold, {}, 'authorized'],
    ['a hold as authorized, whatever `extra` says now', hold, { extra: { order: { processType: 'AT' } } }, 'authorized'],
    ['a hold as authorized, if the payment does not know it', issued, { capture: 'later' }, 'authorized'],
    ['a registration as open, if the order forgot it', { ...issued, amount: 0, action: 'register' }, {}, 'pending, unknown-state'],
    ['a registration as open, if the payment does not know it', issued, { save: 'only' }, 'pending, unknown-state'],
    ['a payment at an old price as pending', issued, { amount: 2000 }, 'pending, price'],
    ['a payment from before the order was opened as pending', issued, { openedAt: '2024-03-07T12:00:00-05:00' }, 'pending, stale'],
  ])('reports %s', async (_, one, changed, verdict) => expect(await settle(one, [listed], changed)).toBe(verdict));

  it('reports a hold as authorized by its order number, if neither the order nor the payment know it', async () => {
    const id = await createOrderNumber(account.hashKey, order.reference, 'hold');
    expect(await settle({ ...issued, id }, [{ ...listed, orderNumber: id }])).toBe('authorized');
  });

  it('dates the payment by its signed result, if the answer has no date', async () => {
    const found = { ...listed, dateTransaction: '', timeTransaction: '' };
    expect(await settle(payment, [found], { openedAt: '2024-03-07T11:00:00-05:00' })).toBe('paid');
  });
});

describe('izipay() without `experimental`', () => {
  const pay = createPayEndpoints({
    environment: 'sandbox',
    providers: { izipay: izipay(account), other: izipay({ ...account, experimental: true }) },
    order: () => order,
    fetch: () => Promise.reject(new Error('nothing should be sent')),
  });
  /** As from a database, where no type says which provider it is. */
  const stored: Payment = issued;

  it.each<[string, () => Promise<unknown>, RegExp]>([
    ['query', () => pay.query(stored), /pay\.query\(\): Look the payment up in Izipay's panel, or set `experimental: true`/],
    ['settle', () => pay.settle(stored), /pay\.settle\(\): Look the payment up in Izipay's panel/],
    ['cancel', () => pay.cancel({ payment: stored }), /pay\.cancel\(\): Annul the payment in Izipay's panel, or set/],
    ['capture', () => pay.capture({ payment: stored, key: '1' }), /pay\.capture\(\): Capture the hold in Izipay's panel, or set/],
  ])('refuses pay.%s, and says what to do instead', async (_, call, message) => {
    const error: unknown = await call().catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(OperationNotSupported);
    expect((error as Error).message).toMatch(message);
  });

  it('never supports refunds or charges', () => {
    for (const experimental of [true, false]) {
      const { operations, capabilities } = izipay({ ...account, experimental });
      expect([operations?.refund, operations?.charge]).toEqual([undefined, undefined]);
      expect([capabilities?.refund.support, capabilities?.charge.support]).toEqual(['no', 'no']);
    }
  });

  it('requires a boolean', () => {
    expect(() => izipay({ ...account, experimental: 'yes' as never })).toThrow('izipay(): `experimental` should be boolean');
  });
});
