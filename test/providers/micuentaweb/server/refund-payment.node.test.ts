import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createProcessLedger } from '../../../../src/server/operations/ledger.js';
import { OperationRefused } from '../../../../src/server.js';
import {
  createCredit,
  createDebit,
  issued,
  Lyra,
  otherUuid,
  payment,
  start,
  startProcess,
  uuid,
  type Event,
  type Row,
} from './operations-upstream.js';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'], now: start });
});
afterEach(() => {
  vi.useRealTimers();
});

const words = (status: string, detailedStatus: string, more: Row = {}) => createDebit({ status, detailedStatus, ...more });
const held = () => words('RUNNING', 'AUTHORISED_TO_VALIDATE');

function startShop(row: Row, ...more: Row[]) {
  const lyra = new Lyra(row, ...more);
  return { lyra, pay: startProcess(lyra) };
}

async function readError(work: Promise<unknown>): Promise<Error & { reason?: string }> {
  return work.then(
    () => new Error('It did not fail.'),
    (error: Error) => error,
  );
}

describe('pay.refund (micuentaweb)', () => {
  it('returns a part, then the rest, once for each key', async () => {
    const { lyra, pay } = startShop(createDebit());
    const first = await pay.refund({ payment, key: 'r-1', amount: 300 });
    expect(first.refunds).toEqual([{ key: 'r-1', id: expect.stringMatching(/^d/) as string, amount: 300, state: 'done' }]);
    await pay.refund({ payment, key: 'r-1', amount: 300 });
    await pay.refund({ payment, key: 'r-2' });
    expect(lyra.moves).toEqual([
      { uuid, amount: 300, currency: 'PEN', resolutionMode: 'REFUND_ONLY' },
      { uuid, amount: 700, currency: 'PEN', resolutionMode: 'REFUND_ONLY' },
    ]);
    expect((await pay.query(payment)).outcome).toBe('refunded');
  });

  it('knows two refunds of the same amount apart by their ids', async () => {
    const { lyra, pay } = startShop(createDebit());
    await pay.refund({ payment, key: 'r-1', amount: 300 });
    const { refunds } = await pay.refund({ payment, key: 'r-2', amount: 300 });
    expect(refunds.map(({ key, state }) => [key, state])).toEqual([
      ['r-1', 'done'],
      ['r-2', 'done'],
    ]);
    expect(new Set(refunds.map(({ id }) => id)).size).toBe(2);
    expect(lyra.returned).toBe(600);
  });

  it('is not repeated after a lost answer, and is found by its amount and time', async () => {
    const { lyra, pay } = startShop(createDebit());
    lyra.script.CancelOrRefund = ['lost'];
    for (let n = 0; n < 3; n++) {
      const { refunds } = await pay.refund({ payment, key: 'r-1', amount: 300 });
      expect(refunds).toMatchObject([{ key: 'r-1', state: 'done' }]);
    }
    expect(lyra.returned).toBe(300);
  });

  it('stays open, and is not repeated, after a request that was lost', async () => {
    const { lyra, pay } = startShop(createDebit());
    lyra.script.CancelOrRefund = ['lost-before'];
    for (let n = 0; n < 3; n++) {
      expect((await pay.refund({ payment, key: 'r-1', amount: 300 })).refunds).toEqual([{ key: 'r-1', amount: 300, state: 'asked' }]);
    }
    expect(lyra.moves).toHaveLength(1);
    expect(await readError(pay.refund({ payment, key: 'r-2', amount: 701 }))).toMatchObject({ reason: 'amount' });
  });

  it('does not take an older refund of the panel for one whose request was lost', async () => {
    const { lyra, pay } = startShop(createDebit(), createCredit({ creationDate: '2026-03-02T09:30:00+00:00' }));
    lyra.script.CancelOrRefund = ['lost-before'];
    const { refunds } = await pay.refund({ payment, key: 'r-1', amount: 300 });
    expect(refunds.map(({ key, state }) => [key, state])).toEqual([
      ['r-1', 'asked'],
      [undefined, 'done'],
    ]);
  });

  it('finds two refunds of the same amount whose answers were both lost', async () => {
    const { lyra, pay } = startShop(createDebit());
    lyra.script.CancelOrRefund = ['lost', 'lost'];
    lyra.listsCredits = false;
    await pay.refund({ payment, key: 'r-1', amount: 300 });
    await pay.refund({ payment, key: 'r-2', amount: 300 });
    lyra.listsCredits = true;
    const { refunds } = await pay.query(payment);
    expect(refunds.map(({ key, state }) => [key, state])).toEqual([
      ['r-1', 'done'],
      ['r-2', 'done'],
    ]);
    expect(lyra.returned).toBe(600);
  });

  it('leaves two lost refunds of the same amount open while Lyra lists one of them', async () => {
    const { lyra, pay } = startShop(createDebit());
    lyra.script.CancelOrRefund = ['lost', 'lost-before'];
    lyra.listsCredits = false;
    await pay.refund({ payment, key: 'r-1', amount: 300 });
    await pay.refund({ payment, key: 'r-2', amount: 300 });
    lyra.listsCredits = true;
    const { refunds } = await pay.query(payment);
    expect(refunds.filter(({ key }) => key !== undefined).map(({ state }) => state)).toEqual(['asked', 'asked']);
    await pay.refund({ payment, key: 'r-1', amount: 300 });
    await pay.refund({ payment, key: 'r-2', amount: 300 });
    expect(lyra.returned).toBe(300);
  });

  it('does not take a refund without a parent for a lost one, if the order has two payments', async () => {
    const { lyra, pay } = startShop(createDebit(), createDebit({ uuid: otherUuid }));
    lyra.script.CancelOrRefund = ['lost-before'];
    await pay.refund({ payment, key: 'r-1', amount: 300 });
    lyra.rows.push(createCredit({ transactionDetails: {} }));
    expect((await pay.query(payment)).refunds).toMatchObject([
      { key: 'r-1', state: 'asked' },
      { amount: 300, state: 'asked' },
    ]);
  });

  it('keeps its own refund without a parent, if the order has two payments', async () => {
    const { lyra, pay } = startShop(createDebit(), createDebit({ uuid: otherUuid }));
    await pay.refund({ payment, key: 'r-1', amount: 300 });
    Object.assign(lyra.rows.at(-1)!, { transactionDetails: {} });
    expect((await pay.query(payment)).refunds).toMatchObject([{ key: 'r-1', state: 'done' }]);
  });

  it('returns no more than was paid when two processes refund at the same moment', async () => {
    const lyra = new Lyra(createDebit());
    const ledger = createProcessLedger();
    const [one, other] = [startProcess(lyra, { ledger }), startProcess(lyra, { ledger })];
    let open = (): void => {};
    const gate = new Promise<void>((resolve) => (open = resolve));
    let arrive = (): void => {};
    const arrived = new Promise<void>((resolve) => (arrive = resolve));
    const waitAtGate = () => {
      arrive();
      return gate;
    };
    lyra.script.CancelOrRefund = [waitAtGate];
    const first = one.refund({ payment, key: 'r-1', amount: 700 });
    await arrived;
    const same = await other.refund({ payment, key: 'r-1', amount: 700 });
    expect(same.refunds).toEqual([{ key: 'r-1', amount: 700, state: 'asked' }]);
    expect(await readError(other.refund({ payment, key: 'r-2', amount: 700 }))).toMatchObject({ reason: 'amount' });
    open();
    expect((await first).refunds).toMatchObject([{ key: 'r-1', state: 'done' }]);
    expect(lyra.returned).toBe(700);
  });

  it('sends two refunds of one key at the same moment once', async () => {
    const { lyra, pay } = startShop(createDebit());
    const request = { payment, key: 'r-1', amount: 300 } as const;
    await Promise.all([pay.refund(request), pay.refund(request)]);
    expect(lyra.returned).toBe(300);
  });

  it.each<[string, object, string | undefined]>([
    ['another type', createCredit({ operationType: 'DEBIT' }), undefined],
    ['another amount', createCredit({ amount: 299 }), undefined],
    ['another currency', createCredit({ currency: 'USD' }), undefined],
    ['another payment', createCredit({ transactionDetails: { parentTransactionUuid: otherUuid } }), undefined],
    ['the payment itself', createCredit({ uuid }), undefined],
    ['nothing', {}, undefined],
    ['an unknown word', createCredit({ detailedStatus: 'BLESSED' }), 'c'.repeat(32)],
    ['contradicting words', createCredit({ status: 'UNPAID' }), 'c'.repeat(32)],
  ])('stays open after an answer about %s', async (_, answer, id) => {
    const { lyra, pay } = startShop(createDebit());
    lyra.script.CancelOrRefund = [answer];
    const { refunds } = await pay.refund({ payment, key: 'r-1', amount: 300 });
    expect(refunds).toEqual([{ key: 'r-1', ...(id && { id }), amount: 300, state: 'asked' }]);
  });

  it('is done after an answer without a uuid or a parent, and is found later', async () => {
    const { lyra, pay } = startShop(createDebit());
    lyra.script.CancelOrRefund = [createCredit({ uuid: undefined, transactionDetails: undefined })];
    expect((await pay.refund({ payment, key: 'r-1', amount: 300 })).refunds).toEqual([{ key: 'r-1', amount: 300, state: 'done' }]);
    lyra.rows.push(createCredit());
    expect((await pay.query(payment)).refunds).toEqual([{ key: 'r-1', id: 'c'.repeat(32), amount: 300, state: 'done' }]);
  });

  it('is rejected if the bank refuses it, and its amount can be returned again', async () => {
    const { lyra, pay } = startShop(createDebit());
    lyra.script.CancelOrRefund = [createCredit({ amount: 1000, status: 'UNPAID', detailedStatus: 'REFUSED' })];
    expect((await pay.refund({ payment, key: 'r-1', amount: 1000 })).refunds).toMatchObject([{ key: 'r-1', state: 'rejected' }]);
    await pay.refund({ payment, key: 'r-2', amount: 1000 });
    expect(lyra.returned).toBe(1000);
  });

  it.each<[Event, object]>([
    ['PSP_011', { name: 'OperationRefused', reason: 'state', message: expect.stringContaining('may not be captured yet') as string }],
    ['PSP_083', { name: 'OperationRefused', reason: 'state', message: expect.stringContaining('chargeback') as string }],
    ['PSP_100', { name: 'Problem', kind: 'upstream-scope', message: expect.stringContaining('no REST operations') as string }],
    ['INT_902', { name: 'Problem', kind: 'upstream-request' }],
    ['refused', { name: 'Problem', kind: 'upstream-failed' }],
  ])('does nothing after %s, and its key can be used again', async (event, expected) => {
    const { lyra, pay } = startShop(createDebit());
    lyra.script.CancelOrRefund = [event];
    expect(await readError(pay.refund({ payment, key: 'r-1', amount: 300 }))).toMatchObject(expected);
    await pay.refund({ payment, key: 'r-1', amount: 300 });
    expect(lyra.returned).toBe(300);
  });

  it.each<Event>(['PSP_999', 'ACQ_999', 'ACQ_001'])('stays open after %s, because money may have moved', async (event) => {
    const { lyra, pay } = startShop(createDebit());
    lyra.script.CancelOrRefund = [event];
    expect((await pay.refund({ payment, key: 'r-1', amount: 300 })).refunds).toMatchObject([{ state: 'asked' }]);
    await pay.refund({ payment, key: 'r-1', amount: 300 });
    expect(lyra.moves).toHaveLength(1);
  });

  it.each<[string, Row, string]>([
    ['refused', words('UNPAID', 'REFUSED', { transactionDetails: {} }), 'declined or has expired'],
    ['pending', words('RUNNING', 'INITIAL'), 'This payment is pending'],
    ['held', held(), 'This payment is a hold'],
    ['cancelled', words('UNPAID', 'CANCELLED'), 'was cancelled already'],
    ['in contradicting words', words('UNPAID', 'CAPTURED'), 'contradict each other'],
    ['of another order', createDebit({ shopId: '11111111' }), 'of another order'],
  ])('refuses a payment that is %s', async (_, row, sentence) => {
    const { lyra, pay } = startShop(row);
    const error = await readError(pay.refund({ payment, key: 'r-1', amount: 300 }));
    expect(error).toBeInstanceOf(OperationRefused);
    expect(error.message).toContain(sentence);
    expect(lyra.moves).toEqual([]);
  });

  it('requires the number of the payment', async () => {
    const { lyra, pay } = startShop(createDebit());
    expect(await readError(pay.refund({ payment: issued, key: 'r-1' }))).toMatchObject({ reason: 'state' });
    expect(lyra.calls).toEqual([]);
  });
});
