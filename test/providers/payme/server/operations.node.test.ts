import * as fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { createPayEndpoints, payme, type Order, type PayOperations } from '../../../../src/server.js';
import { createRequest, credentials, fakePayme, order, readResponse, tokenBody } from '../../../server/fake-payme.js';
import { DocumentedPayme, payment, startProcess, type CallEnd } from './documented-payme.js';
import { createScheduledLedger } from '../../../server/operations/scheduled-ledger.js';

const action = fc.record({
  process: fc.nat(1),
  kind: fc.constantFrom('refund', 'refund', 'refund', 'cancel', 'settlement', 'resolution', 'rejection'),
  amount: fc.option(fc.integer({ min: 1, max: 1_050 }), { nil: undefined }),
  key: fc.constantFrom('r-1', 'r-2', 'r-3'),
});
type Action = typeof action extends fc.Arbitrary<infer T> ? T : never;

const ends = fc.array(fc.constantFrom<CallEnd>('done', 'done', 'answer-lost', 'lost', 'refused', 'unchanged'), { maxLength: 8 });

interface Case {
  readonly state: string;
  readonly ends: readonly CallEnd[];
  readonly actions: readonly Action[];
}

function endRefund({ refunds }: DocumentedPayme, state: string): void {
  const waiting = refunds.find((one) => one.state === 'REGISTERED');
  if (waiting) waiting.state = state;
}

async function act(upstream: DocumentedPayme, pay: Pick<PayOperations, 'cancel' | 'refund'>, { kind, amount, key }: Action): Promise<void> {
  if (kind === 'settlement' && upstream.state === 'AUTORIZADO') upstream.state = 'LIQUIDADO';
  if (kind === 'resolution') endRefund(upstream, 'RESOLVED');
  if (kind === 'rejection') endRefund(upstream, 'REJECTED');
  if (kind === 'cancel') await pay.cancel({ payment });
  if (kind === 'refund') await pay.refund({ payment, key, ...(amount !== undefined && { amount }) });
}

/** Runs the actions in two processes, in any order of their steps. */
async function run(scheduler: fc.Scheduler, { state, ends, actions }: Case): Promise<DocumentedPayme> {
  const upstream = new DocumentedPayme({ state, ends: [...ends] });
  const ledger = createScheduledLedger(scheduler);
  const fetch = scheduler.scheduleFunction(upstream.fetch);
  const processes = [0, 1].map(() => startProcess({ fetch } as unknown as DocumentedPayme, { ledger }));
  const results = actions.map((one) =>
    act(upstream, processes[one.process]!, one).catch((error: Error) => expect(['OperationRefused', 'Problem']).toContain(error.name)),
  );
  await scheduler.waitFor(Promise.all(results));
  return upstream;
}

describe('two processes with a shared ledger', () => {
  it('never return more than was paid, or refund twice for a key', async () => {
    const property = fc.asyncProperty(
      fc.scheduler(),
      fc.record({ state: fc.constantFrom('AUTORIZADO', 'LIQUIDADO'), ends, actions: fc.array(action, { minLength: 2, maxLength: 7 }) }),
      async (scheduler, one) => {
        const { refunds, returned } = await run(scheduler, one);
        expect(returned).toBeLessThanOrEqual(1050);
        const keys = refunds.filter(({ state }) => state !== 'REJECTED').map(({ additional_fields: fields }) => JSON.stringify(fields));
        expect(keys).toEqual([...new Set(keys)]);
      },
    );
    vi.stubGlobal('setTimeout', skipBackOff(setTimeout));
    await fc.assert(property, { numRuns: 150, seed: 17 }).finally(() => vi.unstubAllGlobals());
  });
});

/** Runs short waits at once, and never the deadlines. */
function skipBackOff(real: typeof setTimeout) {
  return (callback: () => void, ms: number) => (ms <= 2_000 ? real(callback, 0) : 0);
}

describe('payme()', () => {
  const createPay = (changes: Partial<Order>, upstream = fakePayme()) => ({
    upstream,
    pay: createPayEndpoints({
      environment: 'sandbox',
      providers: { payme: payme(credentials) },
      order: () => ({ ...order, ...changes }),
      fetch: upstream.fetch,
    }),
  });

  it.each<[string, Partial<Order>, RegExp]>([
    ['a hold', { capture: 'later' }, /`capture: 'later'`\. Pay-me has no holds/],
    ['a saved card', { save: true }, /`save: true`\. .*in development/],
    ['a saved card without a payment', { save: 'only', amount: 0 }, /`save: 'only'`\. .*in development/],
  ])('answers 422 with the reason to an order with %s', async (_, changes, message) => {
    const { pay, upstream } = createPay(changes);
    const { status, json } = await readResponse(pay.token(createRequest(tokenBody)));
    expect(status).toBe(422);
    expect(json).toMatchObject({ type: 'urn:pay-checkout:problem:invalid', detail: expect.stringMatching(message) as string });
    expect(upstream.calls).toEqual([]);
  });

  it('requests the scope of reversals for reversals only, and each bearer once', async () => {
    const upstream = new DocumentedPayme({ state: 'AUTORIZADO' });
    const pay = startProcess(upstream);
    await pay.query(payment);
    await pay.cancel({ payment });
    const scopes = upstream.calls.flatMap(({ body }) => (body as { scope?: string } | undefined)?.scope ?? []);
    expect(scopes).toEqual(['create:token post:charges get:charges', 'create:token post:charges get:charges delete:charges']);
  });

  it('does not support what Pay-me has not, and says why', async () => {
    const pay = startProcess(new DocumentedPayme()) as unknown as PayOperations;
    const capture = pay.capture({ payment, key: 'c-1' });
    await expect(capture).rejects.toMatchObject({ name: 'OperationNotSupported', message: expect.stringMatching(/no holds/) as string });
    const card = { provider: 'payme', environment: 'sandbox', token: 'card' } as const;
    const charge = pay.charge({ card, order, key: 'c-1' });
    await expect(charge).rejects.toMatchObject({
      name: 'OperationNotSupported',
      message: expect.stringMatching(/in development/) as string,
    });
  });

  it('has a sentence for each operation', () => {
    const { capabilities, operations } = payme(credentials);
    for (const [name, { support, words, instead = '' }] of Object.entries(capabilities!)) {
      expect(words).toMatch(/\.$/);
      expect(`${instead}.`).toMatch(/^\.$|\.\.$/);
      expect(support === 'yes').toBe(name in operations);
    }
  });
});
