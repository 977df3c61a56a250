import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { explainRefusal } from '../../../../src/providers/micuentaweb/server/explain-refusal.js';
import { decideCreditState } from '../../../../src/providers/micuentaweb/server/list-credits.js';
import type { Order, Payment, PaymentOutcome } from '../../../../src/server.js';
import {
  createCredit,
  createDebit,
  issued,
  Lyra,
  otherUuid,
  password,
  payment,
  start,
  startProcess,
  startProductionProcess,
  uuid,
  type Row,
} from './operations-upstream.js';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'], now: start });
});
afterEach(() => {
  vi.useRealTimers();
});

const query = (rows: readonly Row[], one: Payment<'micuentaweb'> = payment) => startProcess(new Lyra(...rows)).query(one);

async function readVerdict(rows: readonly Row[], one?: Payment<'micuentaweb'>): Promise<string> {
  const { outcome, reason } = await query(rows, one);
  return [outcome, reason].filter(Boolean).join(', ');
}

const words = (status: string, detailedStatus: string, more: Row = {}) => createDebit({ status, detailedStatus, ...more });
const unapproved = { transactionDetails: {} };
const refused = words('UNPAID', 'REFUSED', unapproved);
const inOrder = (changed: object) => ({ orderDetails: { ...(createDebit().orderDetails as object), ...changed } });

describe('pay.query (micuentaweb)', () => {
  it('returns the payment with its number and its details', async () => {
    expect(await query([createDebit()], issued)).toEqual({
      payment,
      outcome: 'paid',
      details: {
        ...{ method: 'CARD', brand: 'VISA', last4: '0055', authorizationCode: '3fe6b9', installments: 3, amount: 1000, currency: 'PEN' },
        ...{ paidAt: '2026-03-02T09:00:00+00:00', transactionId: uuid, operationNumber: '900001' },
      },
      refunds: [],
    });
  });

  it('leaves out details that Lyra does not name, or in another format', async () => {
    const bare = createDebit({ transactionDetails: undefined, creationDate: 'yesterday', paymentMethodType: undefined });
    expect((await query([bare])).details).toEqual({ amount: 1000, currency: 'PEN', transactionId: uuid });
    expect((await query([createDebit({ creationDate: '2026-13-99T00:00:00Z' })])).details.paidAt).toBeUndefined();
    expect((await query([createDebit({ creationDate: undefined })])).details.paidAt).toBeUndefined();
  });

  it.each<[string, Row, string]>([
    ['captured', words('PAID', 'CAPTURED'), 'paid'],
    ['authorised', words('PAID', 'AUTHORISED'), 'paid'],
    ['more than the price, by installments', createDebit({ amount: 1100 }), 'paid'],
    ['approved in part', words('PAID', 'PARTIALLY_AUTHORISED', { amount: 400 }), 'pending, partial'],
    ['a hold that the order did not request', words('RUNNING', 'AUTHORISED_TO_VALIDATE'), 'pending, processing'],
    ['not decided', words('RUNNING', 'WAITING_AUTHORISATION'), 'pending, processing'],
    ['refused', refused, 'declined'],
    ['abandoned', words('ABANDONED', 'ABANDONED', unapproved), 'declined'],
    ['cancelled before approval', words('UNPAID', 'CANCELLED', unapproved), 'declined'],
    ['cancelled after approval', words('UNPAID', 'CANCELLED'), 'reversed'],
    ['refused without a mode', { ...refused, ...inOrder({ mode: undefined }) }, 'pending, unknown-state'],
    ['an unknown word', words('PAID', 'BLESSED'), 'pending, unknown-state'],
    ['no word', createDebit({ detailedStatus: undefined }), 'pending, unknown-state'],
    ['a word of payment that `status` contradicts', words('UNPAID', 'CAPTURED'), 'pending, unknown-state'],
    ['a word of refusal that `status` contradicts', words('PAID', 'REFUSED'), 'pending, unknown-state'],
    ['a hold that `status` contradicts', words('UNPAID', 'AUTHORISED_TO_VALIDATE'), 'pending, unknown-state'],
    ['a word of waiting that `status` contradicts', words('PAID', 'WAITING_AUTHORISATION'), 'pending, unknown-state'],
    ['a saved card', createDebit({ operationType: 'VERIFICATION', detailedStatus: 'ACCEPTED' }), 'pending, unknown-state'],
    ['a refund', createCredit({ uuid }), 'pending, not-found'],
    ['another shop', createDebit({ shopId: '11111111' }), 'forged, order'],
    ['production', createDebit(inOrder({ mode: 'PRODUCTION' })), 'forged, order'],
    ['another order', createDebit(inOrder({ orderId: 'B-2002' })), 'forged, order'],
    ['no shop', createDebit({ shopId: undefined }), 'pending, unknown-state'],
    ['no order', createDebit({ orderDetails: undefined }), 'pending, unknown-state'],
    ['another total', createDebit(inOrder({ orderTotalAmount: 500 })), 'pending, price'],
    ['less than the price', createDebit({ amount: 999 }), 'pending, partial'],
    ['no amount', createDebit({ amount: undefined }), 'pending, unknown-state'],
    ['another currency of the payment', createDebit({ currency: 'USD' }), 'forged, currency'],
    ['another currency of the order', createDebit(inOrder({ orderCurrency: 'USD' })), 'forged, currency'],
  ])('decides a payment that is %s', async (_, row, verdict) => {
    expect(await readVerdict([row])).toBe(verdict);
  });

  it('reports the approved part', async () => {
    expect(await query([words('PAID', 'PARTIALLY_AUTHORISED', { amount: 400 })])).toMatchObject({ approved: 400 });
  });

  it('adds up the payments of an order', async () => {
    const halves = [createDebit({ amount: 600 }), createDebit({ uuid: otherUuid, amount: 400 })];
    expect(await readVerdict(halves)).toBe('paid');
    expect(await readVerdict([halves[0]!, { ...halves[1]!, currency: 'USD' }])).toBe('pending, partial');
    expect(await readVerdict([halves[0]!, { ...halves[1]!, status: 'UNPAID', detailedStatus: 'REFUSED' }])).toBe('pending, partial');
    expect(await readVerdict([halves[0]!, { ...halves[1]!, amount: undefined }])).toBe('pending, partial');
  });

  it('does not report a refusal as declined while another attempt is open, paid or unknown', async () => {
    const second = (status: string, detailedStatus: string) => words(status, detailedStatus, { uuid: otherUuid, ...unapproved });
    expect(await readVerdict([refused, second('RUNNING', 'UNDER_VERIFICATION')])).toBe('pending, processing');
    expect(await readVerdict([refused, second('PAID', 'CAPTURED')])).toBe('pending, processing');
    expect(await readVerdict([refused, second('PAID', 'BLESSED')])).toBe('pending, processing');
    expect(await readVerdict([refused, second('UNPAID', 'REFUSED')])).toBe('declined');
  });

  it('finds the attempt that counts for an order, of a payment without an id', async () => {
    const paid = createDebit({ uuid: otherUuid });
    expect(await query([refused, paid], issued)).toMatchObject({ outcome: 'paid', payment: { id: otherUuid } });
    expect(await readVerdict([refused, words('RUNNING', 'INITIAL', { uuid: otherUuid })], issued)).toBe('pending, processing');
  });

  it('reports a hold that the payment requested as authorized', async () => {
    expect(await readVerdict([words('RUNNING', 'AUTHORISED_TO_VALIDATE')], { ...payment, capture: 'later' })).toBe('authorized');
  });

  it('finds a payment that its order does not list by its id', async () => {
    const verification = createDebit({ operationType: 'VERIFICATION', detailedStatus: 'ACCEPTED', paymentMethodToken: 'card' });
    expect(await readVerdict([verification], { ...payment, save: 'only' })).toBe('saved');
    const declined = { ...verification, status: 'UNPAID', detailedStatus: 'REFUSED' };
    expect(await readVerdict([declined], { ...payment, save: 'only' })).toBe('declined');
  });

  it('leaves a payment open that Lyra does not know', async () => {
    expect(await readVerdict([])).toBe('pending, not-found');
    expect(await readVerdict([], issued)).toBe('pending, not-found');
    expect(await readVerdict([createDebit({ uuid: undefined })])).toBe('pending, not-found');
  });

  it('leaves a payment without a uuid unidentified', async () => {
    const { payment: found, outcome } = await query([createDebit({ uuid: undefined })], issued);
    expect([outcome, found]).toEqual(['paid', issued]);
  });

  it('sends the shop and the newest password, and names neither in an error', async () => {
    const lyra = new Lyra(createDebit());
    lyra.script.Get = ['PSP_100', 'PSP_100'];
    const error = await startProcess(lyra)
      .query(payment)
      .catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({
      kind: 'upstream-scope',
      reason: 'PSP_100',
      message: expect.stringContaining('no REST operations') as string,
    });
    expect(String(error)).not.toContain(password);
    expect(lyra.calls[0]!.authorization).toBe(`Basic ${btoa(`89289758:${password}`)}`);
  });

  it('reports another error of Lyra as a problem', async () => {
    const lyra = new Lyra(createDebit());
    lyra.script.Get = ['PSP_999', 'PSP_999'];
    await expect(startProcess(lyra).query(payment)).rejects.toMatchObject({ reason: 'PSP_999' });
  });
});

describe('the environment of a payment', () => {
  const production = { ...payment, environment: 'production' } as const;

  it('is that of the keys: a test payment never counts in production', async () => {
    const pay = startProductionProcess(new Lyra(createDebit()));
    expect(await pay.query(production)).toMatchObject({ outcome: 'forged', reason: 'order' });
  });

  it('is production with its keys', async () => {
    const pay = startProductionProcess(new Lyra(createDebit(inOrder({ mode: 'PRODUCTION' }))));
    expect((await pay.query(production)).outcome).toBe('paid');
  });
});

describe('the explanation of a refusal', () => {
  it('is only for errors of Lyra', () => {
    const error = new TypeError('an error of this package');
    expect(explainRefusal(error, 'refund')).toBe(error);
  });
});

describe('pay.settle (micuentaweb)', () => {
  const settle = async (row: Row, changed: Partial<Order> = {}) => {
    const onOutcome = vi.fn<(outcome: PaymentOutcome) => void>();
    const orderByReference = () => ({ reference: 'A-1001', amount: 1000, currency: 'PEN', ...changed });
    const { outcome, reason } = await startProcess(new Lyra(row), { onOutcome, orderByReference }).settle(payment);
    expect(onOutcome).toHaveBeenCalledTimes(1);
    return [outcome, reason].filter(Boolean).join(', ');
  };

  it('reads what the order requested', async () => {
    expect(await settle(words('PAID', 'AUTHORISED_TO_VALIDATE'), { capture: 'later' })).toBe('authorized');
    const saved = createDebit({ operationType: 'VERIFICATION', detailedStatus: 'ACCEPTED', paymentMethodToken: 'card' });
    expect(await settle(saved, { save: 'only' })).toBe('saved');
    expect(await settle(createDebit(), { amount: 2000 })).toBe('pending, price');
  });
});

describe('the refunds that Lyra lists', () => {
  const list = async (...rows: readonly Row[]) => (await query(rows)).refunds;
  const second = createDebit({ uuid: otherUuid });
  const credit = (changed: Row = {}) => createCredit(changed);
  const orphan = (changed: Row = {}) => credit({ transactionDetails: {}, ...changed });
  const id = 'c'.repeat(32);

  it('are those of the payment', async () => {
    expect(await list(createDebit(), credit())).toEqual([{ id, amount: 300, state: 'done' }]);
    expect(await list(createDebit(), second, credit({ transactionDetails: { parentTransactionUuid: otherUuid } }))).toEqual([]);
  });

  it('include one without a parent, if the order has one payment', async () => {
    const failed = { ...refused, uuid: otherUuid };
    expect(await list(createDebit(), failed, orphan())).toEqual([{ id, amount: 300, state: 'done' }]);
  });

  it('count one without a parent as undecided, if the order has two payments', async () => {
    expect(await list(createDebit(), second, orphan())).toEqual([{ id, amount: 300, state: 'asked' }]);
    expect(await list(createDebit(), { ...second, status: 'UNPAID', detailedStatus: 'CANCELLED' }, orphan())).toMatchObject([
      { state: 'asked' },
    ]);
    expect(await list(createDebit(), second, orphan({ status: 'UNPAID', detailedStatus: 'REFUSED' }))).toMatchObject([
      { state: 'rejected' },
    ]);
  });

  it('count as the whole payment without a readable amount', async () => {
    expect(await list(createDebit(), credit({ amount: undefined }))).toMatchObject([{ amount: 1000 }]);
    expect(await list(createDebit(), credit({ currency: 'USD', uuid: undefined }))).toEqual([{ amount: 1000, state: 'done' }]);
    expect(await list(createDebit({ amount: undefined }), credit({ amount: undefined, creationDate: undefined }))).toMatchObject([
      { amount: 1000 },
    ]);
  });

  it('make the payment refunded, if they return all of it', async () => {
    expect(await readVerdict([createDebit(), credit({ amount: 1000 })])).toBe('refunded');
  });

  it.each([
    ['PAID', 'CAPTURED', 'done'],
    ['PAID', 'AUTHORISED', 'done'],
    ['UNPAID', 'REFUSED', 'rejected'],
    ['ABANDONED', 'ABANDONED', 'rejected'],
    ['RUNNING', 'REFUND_TO_RETRY', 'asked'],
    ['PAID', undefined, 'asked'],
    ['UNPAID', 'CAPTURED', 'asked'],
    ['PAID', 'REFUSED', 'asked'],
  ] as const)('with the words %s and %s are %s', (status, detailedStatus, state) => {
    expect(decideCreditState({ status, detailedStatus })).toBe(state);
  });
});
