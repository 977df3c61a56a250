import * as fc from 'fast-check';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { providerNames, providers, type ProviderName } from '../../../demo/providers/index.js';
import { createPayEndpoints, type Fetch, type Order, type Payment, type PaymentOutcome, type ServerProvider } from '../../../src/server.js';
import type { PayOperations } from '../../../src/server/operations/operation-types.js';
import * as server from '../../../src/server.js';
import { createProcessLedger } from '../../../src/server/operations/ledger.js';
import { createStandIns, type StandIns } from '../../../src/testing.js';
import { buyer, createRequest, readResponse } from '../fake-payme.js';

/** The server half of a provider, with what only integrators know of it. */
function createProvider(name: ProviderName): ServerProvider {
  return providers[name].create(providers[name].sample);
}

/** The server half of a provider as its documents describe it. */
function createDocumented(name: ProviderName): ServerProvider {
  const create = server[name] as unknown as (account: object) => ServerProvider;
  return create(providers[name].sample);
}

/** The contract that the operations of every provider keep, with its stand-in. */
describe.each(providerNames)('the operations of %s', (name) => {
  const { currency, cards } = providers[name];
  const provider = createProvider(name);
  const has = (operation: 'cancel' | 'refund' | 'capture' | 'charge') => provider.operations?.[operation] !== undefined;
  const body = { provider: name, environment: 'sandbox', order: 'A-1001' };
  const onOutcome = vi.fn<(payment: PaymentOutcome) => void>();
  let order: Order;
  let standIns: StandIns;
  let ledger: ReturnType<typeof createProcessLedger>;

  /** Starts one process of the merchant's. All share the ledger and the provider. */
  const startProcess = (fetch: Fetch = standIns.fetch) => {
    const lookUp = () => order;
    const options = { environment: 'sandbox', order: lookUp, orderByReference: lookUp, onOutcome, fetch, ledger } as const;
    return createPayEndpoints({ ...options, providers: { [name]: createProvider(name) } });
  };
  let pay: ReturnType<typeof startProcess>;

  beforeEach(() => {
    vi.clearAllMocks();
    order = { reference: 'A-1001', amount: 1_000, currency, buyer };
    standIns = createStandIns();
    ledger = createProcessLedger();
    pay = startProcess();
  });

  /** Pays, and returns the payment as the merchant reads it from a column. */
  async function payOrder(): Promise<Payment> {
    const { json: answer } = await readResponse(pay.token(createRequest(body)));
    const result = await standIns.pay({ provider: name, answer, card: cards.approved!.number });
    await readResponse(pay.outcome(createRequest({ ...body, attempt: 1, result })));
    return JSON.parse(JSON.stringify(onOutcome.mock.lastCall![0].payment)) as Payment;
  }

  it('query and settle a payment as it was reported', async () => {
    const payment = await payOrder();
    const reported = onOutcome.mock.lastCall![0];
    expect(await pay.query(payment)).toMatchObject({ payment, outcome: 'paid', details: { amount: 1_000, currency }, refunds: [] });
    const settled = await pay.settle(payment);
    expect(settled).toMatchObject({ outcome: 'paid', payment, details: { amount: 1_000 }, order });
    expect([onOutcome.mock.calls.length, onOutcome.mock.lastCall![0].payment.id]).toEqual([2, reported.payment.id]);
  });

  it('name every operation that is missing, and what to do instead', async () => {
    const payment = { ...body, order: 'A-1001', id: '1', amount: 1_000, currency } as unknown as Payment;
    const calls: Record<string, (operations: PayOperations) => Promise<unknown>> = {
      query: (one) => one.query(payment),
      cancel: (one) => one.cancel({ payment }),
      refund: (one) => one.refund({ payment, key: 'r-1' }),
      capture: (one) => one.capture({ payment, key: 'c-1' }),
      charge: (one) => one.charge({ card: { provider: name, environment: 'sandbox', token: 'saved-card' }, order, key: 'ch-1' }),
    };
    const plain = createPayEndpoints({
      environment: 'sandbox',
      providers: { [name]: createDocumented(name) },
      order: () => order,
      fetch: () => Promise.reject(new Error('unexpected call')),
    });
    const { operations, capabilities } = createDocumented(name);
    for (const [operation, { support, words, instead }] of Object.entries(capabilities!)) {
      expect([operation, words]).toEqual([operation, expect.stringMatching(/\.$/)]);
      const isThere = operations?.[operation as 'query'] !== undefined;
      expect([operation, support === 'yes']).toEqual([operation, isThere]);
      if (isThere) continue;
      const message = `pay.${operation}(): ${instead}`;
      await expect(calls[operation]!(plain)).rejects.toMatchObject({ name: 'OperationNotSupported', provider: name, message });
    }
  });

  it('hold an amount and capture it, or answer 422 with the reason', async () => {
    order = { ...order, capture: 'later' };
    if (!has('capture')) {
      const { status, json } = await readResponse(pay.token(createRequest(body)));
      expect([status, json.type]).toEqual([422, 'urn:pay-checkout:problem:invalid']);
      expect(json.detail).toMatch(/^The order has `capture: 'later'`\. .+\.$/);
      return;
    }
    const payment = await payOrder();
    expect(onOutcome.mock.lastCall![0].outcome).toBe('authorized');
    expect((await pay.query(payment)).outcome).toBe('authorized');
    const [first] = await Promise.all([pay.capture({ payment, key: 'c-1' }), pay.capture({ payment, key: 'c-1' })]);
    expect([first.outcome, first.details.amount]).toEqual(['paid', 1_000]);
    await expect(pay.capture({ payment, key: 'c-2' })).rejects.toMatchObject({ name: 'OperationRefused' });
  });

  it('cancel a payment once, and report it as reversed from then on', async () => {
    const payment = await payOrder();
    const other = startProcess();
    await Promise.all([pay.cancel({ payment }), pay.cancel({ payment }), other.cancel({ payment })]);
    expect((await pay.cancel({ payment })).outcome).toBe('reversed');
    expect((await pay.settle(payment)).outcome).toBe('reversed');
    if (has('refund')) await expect(pay.refund({ payment, key: 'r-1' })).rejects.toThrow();
  });

  if (!has('refund')) return;

  describe('refund', () => {
    it('a part once for a key, and no more than was paid', async () => {
      const payment = await payOrder();
      standIns[name as 'payme'].settle(payment.id);
      const requests = [pay, startProcess()].map((one) => one.refund({ payment, amount: 600, key: 'r-1' }));
      await Promise.all(requests);
      const { refunds } = await pay.refund({ payment, amount: 600, key: 'r-1' });
      expect(refunds).toMatchObject([{ key: 'r-1', amount: 600 }]);
      await expect(pay.refund({ payment, amount: 401, key: 'r-2' })).rejects.toMatchObject({ reason: 'amount' });
      await pay.refund({ payment, key: 'r-3' });
      const sum = (await pay.query(payment)).refunds.reduce((total, { amount }) => total + amount, 0);
      expect(sum).toBe(1_000);
    });

    it('counts what was refunded in the panel of the provider', async () => {
      const payment = await payOrder();
      standIns[name as 'payme'].settle(payment.id);
      standIns[name as 'payme'].refund(payment.id!, 700);
      await expect(pay.refund({ payment, amount: 301, key: 'r-1' })).rejects.toMatchObject({ reason: 'amount' });
      expect((await pay.query(payment)).refunds).toMatchObject([{ amount: 700 }]);
    });

    it('never more than was paid, whatever two processes request at once and whichever answer is lost', async () => {
      const action = fc.record({
        process: fc.nat(1),
        amount: fc.integer({ min: 1, max: 1_000 }),
        key: fc.constantFrom('r-1', 'r-2', 'r-3'),
      });
      const property = fc.asyncProperty(
        fc.array(action, { minLength: 2, maxLength: 5 }),
        fc.array(fc.boolean(), { maxLength: 4 }),
        async (actions, losses) => {
          standIns = createStandIns();
          ledger = createProcessLedger();
          pay = startProcess();
          const payment = await payOrder();
          standIns[name as 'payme'].settle(payment.id);
          const processes = [0, 1].map(() => startProcess(loseAnswers(standIns.fetch, [...losses])));
          await Promise.all(
            actions.map(({ process, ...request }) =>
              processes[process]!.refund({ payment, ...request }).catch((error: Error) =>
                expect(error.name).toMatch(/^(Problem|OperationRefused)$/),
              ),
            ),
          );
          const { refunds } = await startProcess().query(payment);
          expect(refunds.reduce((total, { amount, state }) => total + (state === 'rejected' ? 0 : amount), 0)).toBeLessThanOrEqual(1_000);
        },
      );
      await fc.assert(property, { numRuns: 20, seed: 17 });
    });
  });
});

/** Loses the answers to the calls that move money: each is done, and its connection breaks. */
function loseAnswers(fetch: Fetch, losses: boolean[]): Fetch {
  return async (url, init) => {
    const response = await fetch(url, init);
    if (!/\/(refund|reverse)$/.test(new URL(url).pathname) || init.method !== 'POST' || !losses.shift()) return response;
    throw new TypeError('fetch failed', { cause: { code: 'ECONNRESET' } });
  };
}
