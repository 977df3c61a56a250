import { describe, expect, it } from 'vitest';
import { createProcessLedger, type Ledger } from '../../../src/server/operations/ledger.js';
import { MoneyLog } from '../../../src/server/operations/money-log.js';
import type { MoneyMove } from '../../../src/server/operations/money-move.js';

const createMove = (key: string): MoneyMove => ({ kind: 'refund', key, amount: 1, call: 'refund', state: 'asked', sentAt: 0 });
const readKeys = async (log: MoneyLog) => (await log.read()).map(({ slot, move }) => `${slot}:${move.key}`);

describe('MoneyLog', () => {
  it('keeps the moves of one payment in their order, apart from those of others', async () => {
    const ledger = createProcessLedger();
    const log = new MoneyLog(ledger, 'one');
    await log.append(() => createMove('a'));
    await log.append((earlier) => createMove(`b after ${earlier.map(({ key }) => key).join()}`));
    expect([await readKeys(log), await readKeys(new MoneyLog(ledger, 'other'))]).toEqual([['0:a', '1:b after a'], []]);
  });

  it('leaves the slot of a refused move empty, and rethrows the reason', async () => {
    const log = new MoneyLog(createProcessLedger(), 'one');
    const refuse = log.append(() => {
      throw new Error('too much');
    });
    await expect(refuse).rejects.toThrow('too much');
    expect(await log.append(() => undefined)).toBeUndefined();
    await log.append(() => createMove('a'));
    expect(await readKeys(log)).toEqual(['2:a']);
  });

  it('is not blocked by a process that ended between its claim and its move', async () => {
    const ledger = createProcessLedger();
    await ledger.claim('pay-checkout:moves:one:0');
    const log = new MoneyLog(ledger, 'one');
    await log.append(() => createMove('a'));
    expect(await readKeys(log)).toEqual(['1:a']);
  });

  it('takes a later slot if another process has made its own void', async () => {
    const ledger = createProcessLedger();
    const slow = new MoneyLog(
      pauseBeforeWrite(ledger, () => new MoneyLog(ledger, 'one').append(() => createMove('b'))),
      'one',
    );
    const logged = await slow.append((earlier) => createMove(`a after ${earlier.map(({ key }) => key).join()}`));
    expect([logged?.slot, await readKeys(slow)]).toEqual([2, ['1:b', '2:a after b']]);
  });

  it('gives up after other processes have taken every slot', async () => {
    const ledger = createProcessLedger();
    const isSeal = (key: string) => key.endsWith(':seal');
    const log = new MoneyLog({ ...ledger, claim: (key) => !isSeal(key) && ledger.claim(key) }, 'one');
    await expect(log.append(() => createMove('a'))).rejects.toMatchObject({ name: 'OperationRefused', reason: 'undecided' });
    expect(await readKeys(log)).toEqual([]);
  });

  it('reads the move that another process wrote while its slot was read', async () => {
    const ledger = createProcessLedger();
    const owner = new MoneyLog(ledger, 'one');
    let isFirst = true;
    const late: Ledger = {
      ...ledger,
      async read(key) {
        const text = await ledger.read(key);
        if (!isFirst) return text;
        isFirst = false;
        await owner.append(() => createMove('a'));
        return text;
      },
    };
    await new MoneyLog(late, 'one').append((earlier) => createMove(`b after ${earlier.map(({ key }) => key).join()}`));
    expect(await readKeys(owner)).toEqual(['0:a', '1:b after a']);
  });

  it('does not count a move that its owner wrote after the slot was made void', async () => {
    const ledger = createProcessLedger();
    await ledger.claim('pay-checkout:moves:one:0');
    const log = new MoneyLog(ledger, 'one');
    await log.append(() => createMove('b'));
    await ledger.write('pay-checkout:moves:one:0', JSON.stringify(createMove('a')));
    const added = await log.append(() => createMove('c'));
    expect([added?.earlier.map(({ key }) => key), await readKeys(log)]).toEqual([['b'], ['1:b', '2:c']]);
  });

  it('does not count a move whose owner ended before its seal', async () => {
    const ledger = createProcessLedger();
    await ledger.write('pay-checkout:moves:one:0', JSON.stringify(createMove('a')));
    const log = new MoneyLog(ledger, 'one');
    expect(await readKeys(log)).toEqual([]);
    expect((await log.append(() => createMove('a')))?.slot).toBe(1);
    expect(await readKeys(log)).toEqual(['1:a']);
  });

  it('counts a move in doubt while another process decides about its slot', async () => {
    const ledger = createProcessLedger();
    await ledger.write('pay-checkout:moves:one:0', JSON.stringify(createMove('a')));
    await ledger.claim('pay-checkout:moves:one:0:seal');
    const log = new MoneyLog(ledger, 'one');
    expect(await log.read()).toEqual([{ slot: 0, move: createMove('a'), isInDoubt: true }]);
    expect((await log.append(() => createMove('b')))?.earlier).toEqual([createMove('a')]);
  });

  it('treats a slot whose text the ledger does not return as empty', async () => {
    const ledger = createProcessLedger();
    await ledger.claim('pay-checkout:moves:one:0');
    await ledger.claim('pay-checkout:moves:one:0:seal');
    const forgetful: Ledger = { ...ledger, read: async (key) => (await ledger.read(key)) || null };
    expect((await new MoneyLog(forgetful, 'one').append(() => createMove('a')))?.slot).toBe(1);
  });

  it.each([1, 2])('forgets a move that the ledger could not seal (%i failures)', async (failures) => {
    const ledger = createProcessLedger();
    let left = failures;
    const fail = () => {
      left -= 1;
      throw new Error('ledger down');
    };
    const failing: Ledger = {
      ...ledger,
      claim: (key) => (key.endsWith(':seal') && left > 0 ? fail() : ledger.claim(key)),
      write: (key, value) => (value === 'void' && left > 0 ? fail() : ledger.write(key, value)),
    };
    const log = new MoneyLog(failing, 'one');
    await expect(log.append(() => createMove('a'))).rejects.toThrow('ledger down');
    expect(await readKeys(log)).toEqual([]);
    await log.append(() => createMove('a'));
    expect(await readKeys(log)).toEqual(['1:a']);
  });

  it.each(['nonsense', '{"kind":"refund"}'])('refuses to go on after a text that it did not write: %s', async (text) => {
    const ledger = createProcessLedger();
    await ledger.write('pay-checkout:moves:one:0', text);
    await ledger.write('pay-checkout:moves:one:0:seal', 'sealed');
    const log = new MoneyLog(ledger, 'one');
    await expect(log.append(() => createMove('a'))).rejects.toThrow('The ledger: `read` should return a text that `write` stored');
    await expect(log.read()).rejects.toThrow('The ledger');
  });
});

/** A ledger that runs `work` before the first move is written. */
function pauseBeforeWrite(ledger: Ledger, work: () => Promise<unknown>): Ledger {
  let isFirst = true;
  return {
    ...ledger,
    async write(key, value) {
      if (isFirst) {
        isFirst = false;
        await work();
      }
      await ledger.write(key, value);
    },
  };
}
