import { describe, expect, it, vi } from 'vitest';
import { createProcessLedger } from '../../../src/server/operations/ledger.js';
import { Bank, payment, startProcess, type BankOptions } from './fake-bank.js';

function start(options: BankOptions = {}) {
  const bank = new Bank(options);
  const ledger = createProcessLedger();
  const restart = () => startProcess({ bank, options, ledger });
  return { bank, ledger, pay: restart(), restart };
}

const countMoves = ({ calls }: Bank) => calls.filter((name) => name !== 'payment').length;

describe('pay.refund()', () => {
  it('refunds a part, and reports that the provider has yet to decide', async () => {
    const { bank, pay } = start();
    const result = await pay.refund({ payment, amount: 300, key: 'r-1' });
    expect(result).toEqual({ payment, refunds: [{ key: 'r-1', id: 'r1', amount: 300, state: 'asked' }] });
    expect(bank.refunds).toMatchObject([{ key: 'r-1', amount: 300 }]);
  });

  it('refunds all that is left without an amount', async () => {
    const { bank, pay } = start();
    await pay.refund({ payment, amount: 300, key: 'r-1' });
    await pay.refund({ payment, key: 'r-2' });
    expect(bank.refunds.map(({ amount }) => amount)).toEqual([300, 700]);
  });

  it('refunds once for a key, also after a restart', async () => {
    const { bank, pay, restart } = start();
    await Promise.all([pay.refund({ payment, amount: 300, key: 'r-1' }), pay.refund({ payment, amount: 300, key: 'r-1' })]);
    const { refunds } = await restart().refund({ payment, amount: 300, key: 'r-1' });
    expect([bank.refunds.length, refunds.length]).toEqual([1, 1]);
  });

  it('refuses another amount for a known key', async () => {
    const { bank, pay } = start();
    await pay.refund({ payment, amount: 300, key: 'r-1' });
    await expect(pay.refund({ payment, amount: 400, key: 'r-1' })).rejects.toMatchObject({
      name: 'OperationRefused',
      reason: 'key',
      message: expect.stringContaining('an earlier call with the amount 300, but was used with 400') as string,
    });
    expect(bank.refunds.length).toBe(1);
  });

  it('refuses more than is left, and says how much that is', async () => {
    const { bank, pay } = start();
    await pay.refund({ payment, amount: 700, key: 'r-1' });
    await expect(pay.refund({ payment, amount: 301, key: 'r-2' })).rejects.toMatchObject({
      reason: 'amount',
      message: expect.stringContaining('300 minor units of this payment are left, but 301 was requested.') as string,
    });
    await expect(pay.refund({ payment, amount: 300, key: 'r-3' })).resolves.toBeDefined();
    expect(bank.returned).toBe(1_000);
  });

  it('counts a refund that was made in the panel', async () => {
    const { bank, pay } = start();
    bank.refunds.push({ id: 'panel', key: '', amount: 900, state: 'done' });
    await expect(pay.refund({ payment, amount: 101, key: 'r-1' })).rejects.toMatchObject({ reason: 'amount' });
    const { refunds } = await pay.refund({ payment, amount: 100, key: 'r-1' });
    expect(refunds.map(({ id }) => id)).toEqual(['r2', 'panel']);
  });

  it('does not count a rejected refund', async () => {
    const { bank, pay } = start();
    await pay.refund({ payment, key: 'r-1' });
    bank.refunds[0]!.state = 'rejected';
    await pay.refund({ payment, key: 'r-2' });
    const { refunds } = await pay.query(payment);
    expect(refunds.map(({ key, state }) => [key, state])).toEqual([
      ['r-1', 'rejected'],
      ['r-2', 'asked'],
    ]);
  });

  it.each(['refused', 'unreachable'] as const)('throws for a call that was %s, and sends it again for the same key', async (end) => {
    const { bank, pay } = start({ ends: [end] });
    await expect(pay.refund({ payment, key: 'r-1' })).rejects.toMatchObject({ name: 'Problem' });
    const { refunds } = await pay.refund({ payment, key: 'r-1' });
    expect([bank.refunds.length, refunds.length, countMoves(bank)]).toEqual([1, 1, 2]);
  });

  it('finds a refund whose answer was lost in the list of the provider', async () => {
    const { bank, pay } = start({ ends: ['answer-lost'] });
    const { refunds } = await pay.refund({ payment, amount: 300, key: 'r-1' });
    expect(refunds).toEqual([{ key: 'r-1', id: 'r1', amount: 300, state: 'asked' }]);
    expect(countMoves(bank)).toBe(1);
  });

  it('keeps a lost refund as asked, does not repeat it, and counts it', async () => {
    const { bank, pay, restart } = start({ ends: ['lost'] });
    const expected = { refunds: [{ key: 'r-1', amount: 600, state: 'asked' }] };
    expect(await pay.refund({ payment, amount: 600, key: 'r-1' })).toMatchObject(expected);
    expect(await restart().refund({ payment, amount: 600, key: 'r-1' })).toMatchObject(expected);
    await expect(pay.refund({ payment, amount: 600, key: 'r-2' })).rejects.toThrow('Moves with an unknown result count as done.');
    expect([countMoves(bank), bank.refunds.length]).toEqual([1, 0]);
  });

  it('repeats a lost refund where the provider recognizes its key', async () => {
    const { bank, pay } = start({ isIdempotent: true, ends: ['answer-lost', 'lost'] });
    await pay.refund({ payment, amount: 600, key: 'r-1' });
    const { refunds } = await pay.refund({ payment, amount: 600, key: 'r-1' });
    expect([bank.refunds.length, refunds.length]).toEqual([1, 1]);
  });

  it('does not repeat a lost refund whose money was returned in the panel meanwhile', async () => {
    const { bank, pay } = start({ isIdempotent: true, ends: ['lost', 'lost'] });
    await pay.refund({ payment, amount: 600, key: 'r-1' });
    bank.refunds.push({ id: 'panel', key: '', amount: 500, state: 'done' });
    const { refunds } = await pay.refund({ payment, amount: 600, key: 'r-1' });
    expect([refunds[0]?.state, bank.returned]).toEqual(['asked', 500]);
  });

  it('does not choose another call for money that was returned in the panel meanwhile', async () => {
    const { bank, pay } = start({ ends: ['changed'] });
    bank.isSettled = false;
    bank.onMove = () => {
      bank.isSettled = true;
      bank.refunds.push({ id: 'panel', key: '', amount: 500, state: 'done' });
    };
    await expect(pay.refund({ payment, amount: 600, key: 'r-1' })).rejects.toMatchObject({ reason: 'state' });
    expect(bank.returned).toBe(500);
  });

  it('keeps a repeated refund as asked, although its second try was refused', async () => {
    const { bank, pay } = start({ isIdempotent: true, ends: ['lost', 'refused'] });
    const { refunds } = await pay.refund({ payment, amount: 600, key: 'r-1' });
    expect([refunds, countMoves(bank)]).toEqual([[{ key: 'r-1', amount: 600, state: 'asked' }], 2]);
  });

  it('chooses the other call when the state of the payment changes before the first one arrives', async () => {
    const { bank, pay } = start({ ends: ['changed'] });
    bank.isSettled = false;
    bank.onMove = () => (bank.isSettled = true);
    await pay.refund({ payment, amount: 600, key: 'r-1' });
    expect(bank.calls).toEqual(['payment', 'refund-open', 'payment', 'refund', 'payment']);
  });

  it('throws the refusal if the payment allows no refund any more', async () => {
    const { bank, pay } = start({ ends: ['changed'] });
    bank.onMove = () => (bank.state = 'reversed');
    await expect(pay.refund({ payment, key: 'r-1' })).rejects.toThrow('The bank says that the state has changed.');
    expect((await pay.query(payment)).refunds).toEqual([]);
  });

  it('forgets a refund that failed before it was sent', async () => {
    const { bank, pay } = start({ needsSession: true });
    bank.hasSessions = false;
    await expect(pay.refund({ payment, key: 'r-1' })).rejects.toMatchObject({ kind: 'upstream-failed' });
    bank.hasSessions = true;
    const { refunds } = await pay.refund({ payment, key: 'r-1' });
    expect([refunds.length, bank.refunds.length]).toEqual([1, 1]);
  });

  it('refuses a payment without the number that the provider gave it', async () => {
    const { bank, pay } = start();
    const { id: _, ...unnumbered } = payment;
    await expect(pay.refund({ payment: unnumbered, key: 'r-1' })).rejects.toMatchObject({
      reason: 'state',
      message: expect.stringContaining('the payment should have the number that bank gave it, but has none.') as string,
    });
    expect([(await pay.query(unnumbered)).outcome, bank.refunds]).toEqual(['paid', []]);
  });

  it('knows a refund by its key in the list of the provider after the ledger was lost', async () => {
    const { bank, pay } = start();
    await pay.refund({ payment, amount: 300, key: 'r-1' });
    const restarted = startProcess({ bank });
    expect(await restarted.refund({ payment, amount: 300, key: 'r-1' })).toMatchObject({
      refunds: [{ key: 'r-1', id: 'r1', amount: 300 }],
    });
    const again = startProcess({ bank });
    await expect(again.refund({ payment, amount: 400, key: 'r-1' })).rejects.toMatchObject({ reason: 'key' });
    bank.refunds[0]!.state = 'rejected';
    expect(await startProcess({ bank }).refund({ payment, key: 'r-1' })).toMatchObject({ refunds: [{ key: 'r-1', state: 'rejected' }] });
    delete (bank.refunds[0] as { id?: string }).id;
    await startProcess({ bank }).refund({ payment, key: 'r-1' });
    expect(bank.refunds).toHaveLength(1);
  });

  it('reports a refund as rejected that the provider undid after it was done', async () => {
    const { bank, pay } = start({ isImmediate: true });
    await pay.refund({ payment, key: 'r-1' });
    bank.refunds[0]!.state = 'rejected';
    expect(await pay.query(payment)).toMatchObject({ outcome: 'paid', refunds: [{ key: 'r-1', state: 'rejected' }] });
  });

  it('keeps the result of a refund that another process has repeated meanwhile', async () => {
    const { bank, ledger, pay, restart } = start({ isIdempotent: true, ends: ['refused-late', 'done'] });
    const other = restart();
    let repeated: Promise<unknown> | undefined;
    bank.beforeRefusal = () => (repeated = other.refund({ payment, amount: 300, key: 'r-1' }));
    await pay.refund({ payment, amount: 300, key: 'r-1' });
    await repeated;
    expect(await ledger.read('pay-checkout:moves:["bank","sandbox","77"]:0')).toContain('"id":"r1"');
  });

  it('ends after a deadline', async () => {
    vi.useFakeTimers();
    const hanging = { ...createProcessLedger(), read: () => new Promise<never>(() => {}) };
    const pay = startProcess({ bank: new Bank(), ledger: hanging });
    const ended = expect(pay.refund({ payment, key: 'r-1' })).rejects.toThrow('pay.refund() took too long.');
    await vi.advanceTimersByTimeAsync(50_000);
    await ended;
    vi.useRealTimers();
  });

  it('throws the refusal if there is no other call, and forgets the refund', async () => {
    const { bank, pay } = start({ ends: ['changed'] });
    await expect(pay.refund({ payment, key: 'r-1' })).rejects.toMatchObject({ name: 'OperationRefused', reason: 'state' });
    expect((await pay.query(payment)).refunds).toEqual([]);
    expect(bank.refunds).toEqual([]);
  });

  it('returns the refund although the provider cannot be asked afterwards', async () => {
    const { bank, pay } = start();
    bank.onMove = () => (bank.isDown = true);
    expect(await pay.refund({ payment, amount: 300, key: 'r-1' })).toMatchObject({ refunds: [{ key: 'r-1', state: 'asked' }] });
  });

  it.each([
    [{ payment, key: '' }, 'pay.refund(): `key` should not be empty'],
    [{ payment, key: 'r-1', amount: 0 }, 'pay.refund(): `amount` should be more than 0'],
    [{ payment, key: 'r-1', amount: 1.5 }, 'pay.refund(): `amount` should be an integer of minor units'],
    [{ payment: { ...payment, amount: undefined }, key: 'r-1' }, 'pay.refund(): the payment: `amount` should be number, but was missing.'],
    [{ payment: { ...payment, provider: 'other' }, key: 'r-1' }, 'pay.refund(): `provider` should be one of bank'],
    [{ payment: { ...payment, environment: 'production' }, key: 'r-1' }, 'pay.refund(): `environment` should be sandbox'],
  ])('refuses a wrong request: %j', async (request, message) => {
    const { bank, pay } = start();
    await expect(pay.refund(request as never)).rejects.toThrow(message);
    expect(bank.calls).toEqual([]);
  });
});
