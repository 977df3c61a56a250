import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { OperationNotSupported, OperationRefused } from '../../../../src/server.js';
import {
  createCredit,
  createDebit,
  startStableProcess,
  Lyra,
  otherUuid,
  payment,
  start,
  startProcess,
  uuid,
  type Row,
} from './operations-upstream.js';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'], now: start });
});
afterEach(() => {
  vi.useRealTimers();
});

const words = (status: string, detailedStatus: string, more: Row = {}) => createDebit({ status, detailedStatus, ...more });
const authorised = () => words('PAID', 'AUTHORISED');
const held = () => words('RUNNING', 'AUTHORISED_TO_VALIDATE');
const hold = { ...payment, capture: 'later' } as const;

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

describe('pay.cancel (micuentaweb)', () => {
  it('cancels the whole payment before its capture, with any surcharge', async () => {
    const { lyra, pay } = startShop(authorised());
    lyra.rows[0]!.amount = 1100;
    expect(await pay.cancel({ payment })).toMatchObject({ outcome: 'reversed', refunds: [] });
    expect(lyra.moves).toEqual([{ uuid, amount: 1100, currency: 'PEN', resolutionMode: 'CANCELLATION_ONLY' }]);
  });

  it('ends a hold and a pending payment', async () => {
    const { lyra, pay } = startShop(held());
    expect((await pay.cancel({ payment: hold })).outcome).toBe('reversed');
    expect(lyra.moves).toHaveLength(1);
    const pending = startShop(words('RUNNING', 'WAITING_AUTHORISATION', { transactionDetails: {} }));
    expect((await pending.pay.cancel({ payment })).outcome).toBe('declined');
    expect(pending.lyra.moves).toEqual([{ uuid, amount: 1000, currency: 'PEN', resolutionMode: 'CANCELLATION_ONLY' }]);
  });

  it('knows after a lost answer that the payment is cancelled', async () => {
    const { lyra, pay } = startShop(authorised());
    lyra.script.CancelOrRefund = ['lost'];
    expect((await pay.cancel({ payment })).outcome).toBe('reversed');
    expect((await pay.cancel({ payment })).outcome).toBe('reversed');
    expect(lyra.moves).toHaveLength(1);
  });

  it('can be repeated after a lost request, because it never refunds', async () => {
    const { lyra, pay } = startShop(authorised());
    lyra.script.CancelOrRefund = ['lost-before'];
    expect(await pay.cancel({ payment })).toMatchObject({ outcome: 'paid', undecided: 'cancel' });
    expect((await pay.cancel({ payment })).outcome).toBe('reversed');
    expect(lyra.moves).toHaveLength(2);
  });

  it('is forgotten after a lost request, once Lyra has captured the payment', async () => {
    const { lyra, pay } = startShop(authorised());
    lyra.script.CancelOrRefund = ['lost-before'];
    await pay.cancel({ payment });
    lyra.rows[0]!.detailedStatus = 'CAPTURED';
    expect((await pay.refund({ payment, key: 'r-1' })).refunds).toMatchObject([{ amount: 1000, state: 'done' }]);
  });

  it('is refused if Lyra captures the payment at the same moment', async () => {
    const { lyra, pay } = startShop(authorised());
    const capture = () => Promise.resolve(void (lyra.rows[0]!.detailedStatus = 'CAPTURED'));
    lyra.script.CancelOrRefund = [capture];
    const error = await readError(pay.cancel({ payment }));
    expect(error).toMatchObject({ name: 'OperationRefused', message: expect.stringContaining('pay.refund()') as string });
    expect((await pay.query(payment)).outcome).toBe('paid');
  });

  it.each<[string, object]>([
    ['another payment', words('UNPAID', 'CANCELLED', { uuid: otherUuid })],
    ['an unknown word', words('UNPAID', 'ANNULLED')],
    ['contradicting words', words('PAID', 'CANCELLED')],
  ])('stays open after an answer about %s', async (_, answer) => {
    const { lyra, pay } = startShop(authorised());
    lyra.script.CancelOrRefund = [answer];
    expect(await pay.cancel({ payment })).toMatchObject({ outcome: 'paid', undecided: 'cancel' });
  });

  it('sends nothing if Lyra does not name the amount now', async () => {
    const { lyra, pay } = startShop(authorised());
    lyra.script.Get = [undefined, undefined, 'PSP_999'];
    expect(await readError(pay.cancel({ payment }))).toMatchObject({ reason: 'PSP_999' });
    expect(lyra.moves).toEqual([]);
    expect((await pay.cancel({ payment })).outcome).toBe('reversed');
  });

  it.each<[string, object]>([
    ['another payment', { ...authorised(), uuid: otherUuid }],
    ['no amount', { ...authorised(), amount: undefined }],
    ['an amount in another currency', { ...authorised(), currency: 'USD' }],
  ])('sends nothing if Lyra answers with %s', async (_, answer) => {
    const { lyra, pay } = startShop(authorised());
    lyra.script.Get = [undefined, undefined, answer];
    expect(await readError(pay.cancel({ payment }))).toMatchObject({ kind: 'upstream-answer' });
    expect(lyra.moves).toEqual([]);
    expect((await pay.query(payment)).outcome).toBe('paid');
  });

  it.each<[string, Row[], string]>([
    ['captured', [createDebit()], 'Return its money with pay.refund().'],
    ['returned in part', [authorised(), createCredit()], 'Return the rest with pay.refund().'],
    ['refused', [words('UNPAID', 'REFUSED', { transactionDetails: {} })], 'there is nothing to return'],
    ['unknown to Lyra', [], 'Lyra does not know this payment yet'],
    ['a saved card', [createDebit({ operationType: 'VERIFICATION', detailedStatus: 'ACCEPTED' })], 'only stored a card'],
  ])('refuses a payment that is %s', async (_, rows, sentence) => {
    const lyra = new Lyra(...rows);
    const error = await readError(startProcess(lyra).cancel({ payment }));
    expect(error).toBeInstanceOf(OperationRefused);
    expect(error.message).toContain(sentence);
    expect(lyra.moves).toEqual([]);
  });
});

describe('pay.capture (micuentaweb)', () => {
  const capture = { payment: hold, key: 'c-1' } as const;

  it('is offered with `experimental: true` only, and a charge never', async () => {
    const lyra = new Lyra(held());
    const pay = startStableProcess(lyra) as ReturnType<typeof startProcess>;
    expect((await pay.query(hold)).outcome).toBe('authorized');
    expect(await readError(pay.capture(capture))).toMatchObject({ name: 'OperationNotSupported' });
    expect(lyra.moves).toEqual([]);
  });

  it('validates a hold, which is paid from then on', async () => {
    const { lyra, pay } = startShop(held());
    expect((await pay.query(hold)).outcome).toBe('authorized');
    expect((await pay.capture(capture)).outcome).toBe('paid');
    expect((await pay.capture(capture)).outcome).toBe('paid');
    expect(lyra.moves).toEqual([{ uuid }]);
  });

  it('knows after a lost answer that the hold is validated, and does not repeat the call', async () => {
    const { lyra, pay } = startShop(held());
    lyra.script.Validate = ['lost'];
    const status = await pay.capture(capture);
    expect(status.outcome).toBe('paid');
    expect(status).not.toHaveProperty('undecided');
    expect(lyra.moves).toHaveLength(1);
  });

  it('stays undecided while the bank has yet to authorise', async () => {
    const { lyra, pay } = startShop(held());
    lyra.script.Validate = [words('RUNNING', 'WAITING_AUTHORISATION')];
    expect(await pay.capture(capture)).toMatchObject({ undecided: 'capture' });
    Object.assign(lyra.rows[0]!, { status: 'PAID', detailedStatus: 'CAPTURED' });
    expect(await pay.query(hold)).toEqual(expect.not.objectContaining({ undecided: 'capture' }));
  });

  it('stays undecided after an answer about another payment', async () => {
    const { lyra, pay } = startShop(held());
    lyra.script.Validate = [words('PAID', 'AUTHORISED', { uuid: otherUuid })];
    expect(await pay.capture(capture)).toMatchObject({ outcome: 'authorized', undecided: 'capture' });
  });

  it('does not support a part', async () => {
    const { lyra, pay } = startShop(held());
    const error = await readError(pay.capture({ ...capture, amount: 400 }));
    expect(error).toBeInstanceOf(OperationNotSupported);
    expect(error).toMatchObject({ provider: 'micuentaweb', operation: 'capture' });
    expect(lyra.moves).toEqual([]);
  });

  it('explains a hold that changed meanwhile', async () => {
    const { lyra, pay } = startShop(held());
    lyra.script.Validate = ['PSP_011'];
    expect((await readError(pay.capture(capture))).message).toContain('have expired meanwhile');
  });

  it('refuses a hold that is validated already', async () => {
    const validated = createDebit();
    const { cardDetails } = validated.transactionDetails as { cardDetails: object };
    const { lyra, pay } = startShop({ ...validated, transactionDetails: { cardDetails: { ...cardDetails, manualValidation: 'YES' } } });
    const error = await readError(pay.capture(capture));
    expect(error).toMatchObject({ name: 'OperationRefused', reason: 'state' });
    expect(lyra.moves).toEqual([]);
  });
});
