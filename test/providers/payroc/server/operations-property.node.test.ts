import * as fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { payment, PayrocGateway, startProcess, type CallEnd, type GatewayPayment, type ReversalView } from './payroc-gateway.js';
import { day, pass, stopClock } from './shop.js';
import { createScheduledLedger } from '../../../server/operations/scheduled-ledger.js';

beforeEach(stopClock);
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

/** The same cases in every run, unless `FUZZ_SEED` requests others. */
const seed = Number(process.env.FUZZ_SEED || 20260302);

const action = fc.record({
  process: fc.nat(1),
  kind: fc.constantFrom('refund', 'refund', 'refund', 'cancel', 'query'),
  amount: fc.option(fc.constantFrom(1_000, 1_000, 2_500, 4_999), { nil: undefined }),
  key: fc.constantFrom('r-1', 'r-2', 'r-3', 'r-4'),
});
type Action = typeof action extends fc.Arbitrary<infer T> ? T : never;

interface Script {
  readonly ends: readonly CallEnd[];
  readonly view: ReversalView;
  /** The number of the call that moves money before which the batch closes. 0 for a batch that was closed before, 9 for never. */
  readonly closesAt: number;
  readonly rounds: readonly (readonly Action[])[];
}

const script: fc.Arbitrary<Script> = fc.record({
  ends: fc.array(fc.constantFrom<CallEnd>('done', 'done', 'answer-lost', 'lost', 'refused', 'in-use'), { maxLength: 8 }),
  view: fc.constantFrom<ReversalView>('authorizedAmount', 'order', 'refunds', 'both', 'nowhere'),
  closesAt: fc.constantFrom(0, 1, 2, 3, 9),
  rounds: fc.array(fc.array(action, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 3 }),
});

async function run(scheduler: fc.Scheduler, { ends, view, closesAt, rounds }: Script): Promise<readonly [PayrocGateway, GatewayPayment]> {
  const gateway = new PayrocGateway();
  const sold = gateway.add();
  Object.assign(gateway, { view, ends: [...ends] });
  let moves = 0;
  gateway.onMove = () => {
    moves += 1;
    if (moves > closesAt && sold.isOpen) gateway.close(sold);
  };
  if (closesAt === 0) gateway.close(sold);
  const ledger = createScheduledLedger(scheduler);
  const processes = [0, 1].map(() => startProcess({ gateway, ledger }));
  for (const round of rounds) {
    const results = round.map(({ process: n, kind, amount, key }) => {
      const pay = processes[n]!;
      if (kind === 'query') return pay.query(payment);
      const work = kind === 'cancel' ? pay.cancel({ payment }) : pay.refund({ payment, key, ...(amount !== undefined && { amount }) });
      return work.catch((error: Error) => expect(['OperationRefused', 'Problem']).toContain(error.name));
    });
    await scheduler.waitFor(Promise.all(results));
  }
  return [gateway, sold];
}

/** The keys of the requests that were performed, by the path of the call. */
function listKeys({ calls }: PayrocGateway): readonly string[] {
  return calls
    .filter(({ method, url }) => method === 'POST' && url.includes('/payments/'))
    .map(({ headers }) => headers['idempotency-key']!);
}

describe('two processes with a shared ledger', () => {
  it('never return more than was paid', async () => {
    const property = fc.asyncProperty(fc.scheduler(), script, async (scheduler, one) => {
      const [gateway, sold] = await run(scheduler, one);
      expect(gateway.countReturned(sold)).toBeLessThanOrEqual(sold.amount);
    });
    await fc.assert(property, { numRuns: 250, seed });
  });

  it('never return the money of one key twice', async () => {
    const only = { kind: 'refund', amount: 1_000, key: 'r-1' } as const;
    const oneKey = script.map((one) => ({ ...one, rounds: one.rounds.map((round) => round.map((step) => ({ ...step, ...only }))) }));
    const property = fc.asyncProperty(fc.scheduler(), oneKey, async (scheduler, one) => {
      const [gateway, sold] = await run(scheduler, one);
      expect([0, 1_000]).toContain(gateway.countReturned(sold));
      // One for the reversal, and one for the refund after the batch has closed.
      expect(new Set(listKeys(gateway)).size).toBeLessThanOrEqual(2);
    });
    await fc.assert(property, { numRuns: 150, seed });
  });
});

const charge = fc.record({
  process: fc.nat(1),
  key: fc.constantFrom('k-1', 'k-2'),
  reference: fc.constantFrom('A-1', 'A-1', 'A-2'),
  ends: fc.array(fc.constantFrom<CallEnd>('answer-lost', 'lost', 'refused', 'in-use'), { maxLength: 2 }),
  result: fc.constantFrom('A', 'A', 'D'),
});
const chargeRounds = fc.array(fc.record({ charges: fc.array(charge, { minLength: 1, maxLength: 3 }), days: fc.constantFrom(0, 0, 1, 8) }), {
  minLength: 1,
  maxLength: 4,
});
type ChargeRounds = typeof chargeRounds extends fc.Arbitrary<infer T> ? T : never;

const savedCard = { provider: 'payroc', environment: 'sandbox', token: '296753123456' } as const;

/** Two processes that share no cache charge a saved card, and Payroc forgets its keys after a week. */
async function runCharges(rounds: ChargeRounds): Promise<PayrocGateway> {
  const gateway = new PayrocGateway();
  const processes = [0, 1].map(() => startProcess({ gateway }));
  for (const { charges, days } of rounds) {
    const results = charges.map(({ process: n, key, reference, ends, result }) => {
      gateway.ends = [...ends];
      gateway.sold = { result: { type: 'sale', status: result === 'A' ? 'ready' : 'declined', responseCode: result } };
      const order = { reference: `${reference}-${key}`, amount: 1500, currency: 'USD' };
      return processes[n]!.charge({ card: savedCard, order, key }).catch((error: Error) => expect(error.name).toBe('Problem'));
    });
    await Promise.all(results);
    pass(days * day);
  }
  return gateway;
}

describe('a key of pay.charge()', () => {
  it('charges each order once, whatever was lost, and whichever process charges', async () => {
    const property = fc.asyncProperty(chargeRounds, async (rounds) => {
      const { payments } = await runCharges(rounds);
      const charged = payments.filter(({ result }) => result.responseCode === 'A').map(({ orderId }) => orderId);
      expect(charged).toEqual([...new Set(charged)]);
    });
    await fc.assert(property, { numRuns: 200, seed });
  });
});
