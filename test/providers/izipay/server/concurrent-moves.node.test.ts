import * as fc from 'fast-check';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { afternoon, createPay, createUpstream, hold, listed, payment, type Event } from './facts-upstream.js';
import { createScheduledLedger } from '../../../server/operations/scheduled-ledger.js';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'], now: afternoon });
});
afterEach(() => {
  vi.useRealTimers();
});

const action = fc.record({ process: fc.nat(1), kind: fc.constantFrom('cancel', 'capture'), key: fc.constantFrom('c-1', 'c-2') });
/** `undefined` is a call that succeeds. */
const events = fc.array(fc.constantFrom<Event | undefined>(undefined, 'lost', 500, 400, { code: '96' }, { code: '021' }), { maxLength: 4 });

interface Case {
  readonly scheduler: fc.Scheduler;
  readonly one: typeof hold | typeof payment;
  readonly script: { readonly Cancel: readonly (Event | undefined)[]; readonly Deposit: readonly (Event | undefined)[] };
  readonly actions: readonly { process: number; kind: string; key: string }[];
}

async function run({ scheduler, one, script, actions }: Case) {
  const ledger = createScheduledLedger(scheduler);
  const upstream = createUpstream([listed], { Cancel: [...script.Cancel], Deposit: [...script.Deposit] });
  const processes = [createPay(upstream, { ledger }), createPay(upstream, { ledger })];
  const refusals = ['OperationRefused', 'OperationNotSupported', 'Problem'];
  const work = actions.map(async ({ process, kind, key }) => {
    const pay = processes[process]!;
    await (kind === 'cancel' ? pay.cancel({ payment: one }) : pay.capture({ payment: one, key })).catch((error: Error) =>
      expect(refusals).toContain(error.name),
    );
  });
  await scheduler.waitFor(Promise.all(work));
  const { outcome } = await scheduler.waitFor(processes[0]!.query(one));
  return { acted: upstream.acted, outcome };
}

it('two processes with a shared ledger change a payment of Izipay at most once, and report no more than was done', async () => {
  const property = fc.asyncProperty(
    fc.scheduler(),
    fc.constantFrom(hold, payment),
    fc.record({ Cancel: events, Deposit: events }),
    fc.array(action, { minLength: 2, maxLength: 5 }),
    async (scheduler, one, script, actions) => {
      const { acted, outcome } = await run({ scheduler, one, script, actions });
      expect(acted.length).toBeLessThanOrEqual(1);
      const untouched = one === hold ? 'authorized' : 'paid';
      const done = { Cancel: 'reversed', Deposit: 'paid' } as Readonly<Record<string, string>>;
      // After a lost answer, the end is open.
      expect([acted[0] ? done[acted[0]] : untouched, 'pending']).toContain(outcome);
    },
  );
  await fc.assert(property, { numRuns: 150, seed: 17 });
});
