import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Ledger } from '../../../src/server/operations/ledger.js';
import { Bank, payment, startProcess, type BankOptions, type CallEnd } from './fake-bank.js';
import { createScheduledLedger } from './scheduled-ledger.js';

/** A ledger of which some calls fail, before or after they have taken effect. */
function failNow(ledger: Ledger, failures: readonly ('before' | 'after' | undefined)[]): Ledger {
  const left = [...failures];
  const failing =
    <Args extends unknown[], T>(call: (...args: Args) => T) =>
    async (...args: Args): Promise<Awaited<T>> => {
      const failure = left.shift();
      if (failure === 'before') throw new Error('ledger down');
      const result = await call(...args);
      if (failure === 'after') throw new Error('ledger down');
      return result;
    };
  return { claim: failing(ledger.claim), read: failing(ledger.read), write: failing(ledger.write) };
}

const failures = fc.array(fc.constantFrom(undefined, undefined, undefined, undefined, 'before' as const, 'after' as const), {
  maxLength: 30,
});

const action = fc.record({
  process: fc.nat(1),
  kind: fc.constantFrom('refund', 'refund', 'refund', 'cancel'),
  amount: fc.option(fc.integer({ min: 1, max: 1_000 }), { nil: undefined }),
  key: fc.constantFrom('r-1', 'r-2', 'r-3', 'r-4'),
});
type Action = typeof action extends fc.Arbitrary<infer T> ? T : never;

const ends = fc.array(fc.constantFrom<CallEnd>('done', 'done', 'answer-lost', 'lost', 'refused', 'unreachable', 'changed'), {
  maxLength: 8,
});

type Pay = ReturnType<typeof startProcess>;

async function act(pay: Pay, { kind, amount, key }: Action): Promise<void> {
  const work = kind === 'cancel' ? pay.cancel({ payment }) : pay.refund({ payment, key, ...(amount !== undefined && { amount }) });
  await work.catch((error: Error) => {
    if (error.message !== 'ledger down') expect(['OperationRefused', 'Problem']).toContain(error.name);
  });
}

/** Runs the actions in two processes at once, whose ledger fails now and then. Then the merchant repeats each action with its key. */
async function run(
  scheduler: fc.Scheduler,
  options: BankOptions,
  actions: readonly Action[],
  ledgerFailures: readonly ('before' | 'after' | undefined)[] = [],
): Promise<Bank> {
  const bank = new Bank(options);
  const ledger = createScheduledLedger(scheduler);
  const processes = [failNow(ledger, ledgerFailures), ledger].map((one) => startProcess({ bank, options, ledger: one }));
  await scheduler.waitFor(Promise.all(actions.map((one) => act(processes[one.process]!, one))));
  const repeating = startProcess({ bank, options, ledger });
  await scheduler.waitFor(Promise.all(actions.map((one) => act(repeating, one))));
  return bank;
}

function expectSound(bank: Bank): void {
  expect(bank.returned).toBeLessThanOrEqual(1_000);
  const keys = bank.refunds.map(({ key }) => key);
  expect(keys).toEqual([...new Set(keys)]);
}

describe('two processes with a shared ledger', () => {
  it.each([
    // Each lost call is tried again after a real wait.
    { isIdempotent: true, numRuns: 40 },
    { isIdempotent: false, numRuns: 150 },
  ])('never return more than was paid, or refund twice for a key (%j)', async ({ isIdempotent, numRuns }) => {
    const inputs = [fc.scheduler(), ends, fc.array(action, { minLength: 2, maxLength: 6 }), failures] as const;
    const property = fc.asyncProperty(...inputs, async (scheduler, script, actions, ledgerFailures) =>
      expectSound(await run(scheduler, { isIdempotent, ends: [...script] }, actions, ledgerFailures)),
    );
    await fc.assert(property, { numRuns, seed: 17 });
  });

  it('refund the whole payment once for two operators who press the button at the same moment', async () => {
    const actions = [
      { process: 0, kind: 'refund', amount: 1_000, key: 'r-1' },
      { process: 1, kind: 'refund', amount: 1_000, key: 'r-2' },
    ] as const;
    const property = fc.asyncProperty(fc.scheduler(), async (scheduler) => {
      const { refunds } = await run(scheduler, {}, actions);
      expect(refunds.map(({ amount }) => amount)).toEqual([1_000]);
    });
    await fc.assert(property, { numRuns: 100, seed: 17 });
  });
});
