import { describe, expect, it, vi } from 'vitest';
import {
  createPayEndpoints,
  type ChargeContext,
  type Ledger,
  type MoneyOperation,
  type OrderInput,
  type PayEvent,
  type PaymentOutcome,
  type PaymentRecord,
  type ServerProvider,
} from '../../../src/server.js';
import { createProcessLedger } from '../../../src/server/operations/ledger.js';
import { createRequest } from '../fake-payme.js';
import { Bank, createBankProvider, payment, startProcess, type BankOptions } from './fake-bank.js';

function start(options: BankOptions = {}) {
  const bank = new Bank(options);
  return { bank, pay: startProcess({ bank, options }) };
}

type Pay = ReturnType<typeof startProcess>;

describe('pay.query()', () => {
  it('returns what the provider says, with the price of the payment where the provider names none', async () => {
    const { pay } = start();
    expect(await pay.query({ ...payment, note: 'kept' })).toEqual({
      payment: { ...payment, note: 'kept' },
      outcome: 'paid',
      details: { amount: 1_000, currency: 'PEN' },
      refunds: [],
    });
  });

  it('reports a payment as refunded once all of it is back', async () => {
    const { bank, pay } = start();
    await pay.refund({ payment, amount: 400, key: 'r-1' });
    await pay.refund({ payment, amount: 600, key: 'r-2' });
    expect((await pay.query(payment)).outcome).toBe('paid');
    for (const refund of bank.refunds) refund.state = 'done';
    expect(await pay.query(payment)).toMatchObject({ outcome: 'refunded', refunds: [{ state: 'done' }, { state: 'done' }] });
  });

  it('reports its duration and its failure to onEvent', async () => {
    const events: PayEvent[] = [];
    const bank = new Bank();
    const pay = startProcess({ bank, onEvent: (event) => void events.push(event) });
    await pay.query(payment);
    const broken = startProcess({
      bank: Object.assign(bank, { fetch: () => Promise.resolve(new Response(null, { status: 403 })) }),
      onEvent: (event) => void events.push(event),
    });
    await expect(broken.query(payment)).rejects.toMatchObject({ kind: 'upstream-scope' });
    await expect(pay.refund({ payment, amount: 2_000, key: 'r-1' })).rejects.toMatchObject({ reason: 'amount' });
    expect(events.filter(({ phase }) => phase === 'request')).toMatchObject([
      { endpoint: 'query', provider: 'bank', environment: 'sandbox' },
      { endpoint: 'query', provider: 'bank', problem: 'upstream-scope' },
      { endpoint: 'refund', provider: 'bank', refusal: 'amount' },
    ]);
  });
});

describe('pay.cancel()', () => {
  it('returns all of a payment, once', async () => {
    const { bank, pay } = start();
    const [first, second] = await Promise.all([pay.cancel({ payment }), pay.cancel({ payment })]);
    expect([first.outcome, second.outcome]).toEqual(['reversed', 'reversed']);
    expect(bank.calls.filter((name) => name === 'reverse')).toHaveLength(1);
  });

  it('ends a pending payment', async () => {
    const { pay } = start({ state: 'pending' });
    expect((await pay.cancel({ payment })).outcome).toBe('declined');
  });

  it('is repeated after a lost call, and finds one whose answer was lost', async () => {
    const { bank, pay } = start({ ends: ['lost', 'answer-lost'] });
    expect(await pay.cancel({ payment })).toMatchObject({ outcome: 'paid', undecided: 'cancel' });
    const second = await pay.cancel({ payment });
    expect([second.outcome, second.undecided]).toEqual(['reversed', undefined]);
    await pay.cancel({ payment });
    expect(bank.calls.filter((name) => name === 'reverse')).toHaveLength(2);
  });

  it('is refused while the result of an earlier refund is unknown', async () => {
    const { bank, pay } = start({ ends: ['lost'] });
    await pay.refund({ payment, amount: 100, key: 'r-1' });
    await expect(pay.cancel({ payment })).rejects.toMatchObject({
      reason: 'undecided',
      message: expect.stringContaining('an earlier refund of this payment with the key r-1 has an unknown result.') as string,
    });
    expect(bank.calls).not.toContain('reverse');
  });

  it('is refused for a payment that is refunded', async () => {
    const { pay } = start({ isImmediate: true });
    await pay.refund({ payment, key: 'r-1' });
    await expect(pay.cancel({ payment })).rejects.toMatchObject({ reason: 'amount' });
  });
});

describe('pay.capture()', () => {
  it('charges a held amount once for a key', async () => {
    const { bank, pay } = start({ state: 'authorized' });
    const request = { payment, amount: 800, key: 'c-1' };
    const [first] = await Promise.all([pay.capture(request), pay.capture(request)]);
    expect([first.outcome, bank.captured]).toEqual(['paid', 800]);
  });

  it('captures no more than was held', async () => {
    const { bank, pay } = start({ state: 'authorized' });
    await pay.capture({ payment, amount: 800, key: 'c-1' });
    await expect(pay.capture({ payment, amount: 201, key: 'c-2' })).rejects.toMatchObject({ reason: 'amount' });
    await expect(pay.capture({ payment: { ...payment, id: '78' }, amount: 1_001, key: 'c-1' })).rejects.toMatchObject({ reason: 'amount' });
    expect(bank.captured).toBe(800);
  });

  it('finds a capture whose answer was lost', async () => {
    const { bank, pay } = start({ state: 'authorized', ends: ['answer-lost'] });
    await pay.capture({ payment, key: 'c-1' });
    expect((await pay.query(payment)).outcome).toBe('paid');
    await pay.refund({ payment, key: 'r-1' });
    expect(bank.refunds).toMatchObject([{ amount: 1_000 }]);
  });

  it('is refused while the result of an earlier one is unknown', async () => {
    const { pay } = start({ state: 'authorized', ends: ['lost'] });
    await pay.capture({ payment, amount: 100, key: 'c-1' });
    await expect(pay.capture({ payment, amount: 100, key: 'c-2' })).rejects.toMatchObject({ reason: 'undecided' });
  });
});

describe('a provider that does not show what was done', () => {
  const never = (): never => {
    throw new Error('unexpected call');
  };
  const operation: MoneyOperation = { plan: () => 'call', send: () => Promise.resolve({ state: 'done' }) };
  const startBlind = (record: Partial<PaymentRecord>, cancel = operation) => {
    const query = (): Promise<PaymentRecord> => Promise.resolve({ outcome: 'paid', charged: 1_000, held: 0, refunds: [], ...record });
    const blind: ServerProvider = {
      ...createBankProvider(),
      operations: { query, refund: operation, cancel, capture: operation, identify: ({ id }) => id },
    };
    return createPayEndpoints({ environment: 'sandbox', providers: { bank: blind }, order: never });
  };

  it.each([
    [{}, 'reversed'],
    [{ outcome: 'authorized', charged: 0, held: 1_000 }, 'reversed'],
    [{ outcome: 'pending', charged: 0 }, 'declined'],
    [{ outcome: 'pending', reason: 'price' }, 'pending'],
  ] as const)('reports a payment %j as %s after a cancellation that was done', async (record, outcome) => {
    const pay = startBlind(record);
    expect((await pay.cancel({ payment })).outcome).toBe(outcome);
    expect((await pay.query(payment)).outcome).toBe(outcome);
  });

  it('reports a payment as paid that was paid again after a cancellation, where the record shows cancellations', async () => {
    const pay = startBlind({ showsCancel: true });
    expect((await pay.cancel({ payment })).outcome).toBe('paid');
  });

  it('keeps a cancellation as undecided whose end the record does not show', async () => {
    const lost: MoneyOperation = { plan: () => 'call', send: () => Promise.resolve({ state: 'asked' }) };
    const pay = startBlind({ outcome: 'declined', charged: 0, isCancelled: false }, lost);
    expect(await pay.cancel({ payment })).toMatchObject({ outcome: 'declined', undecided: 'cancel' });
  });

  it('reports a held payment as paid after a capture that was done', async () => {
    const pay = startBlind({ outcome: 'authorized', charged: 0, held: 1_000 });
    expect((await pay.capture({ payment, key: 'c-1' })).outcome).toBe('paid');
  });

  it('passes on why a payment is pending, and how much of it was approved', async () => {
    const pay = startBlind({ outcome: 'pending', reason: 'partial', approved: 600 });
    expect(await pay.query(payment)).toMatchObject({ outcome: 'pending', reason: 'partial', approved: 600 });
  });
});

describe('pay.settle()', () => {
  const order: OrderInput = { reference: 'A-1001', amount: 1_000, currency: 'PEN' };

  it('passes the outcome to onOutcome, with the order as it is now, and returns it', async () => {
    const onOutcome = vi.fn<(outcome: PaymentOutcome) => void>();
    const bank = new Bank({ isImmediate: true });
    const pay = startProcess({ bank, onOutcome, options: { isImmediate: true }, order: { ...order, settled: 'pending' } });
    await pay.refund({ payment, amount: 100, key: 'r-1' });
    const outcome = await pay.settle({ ...payment, note: 'kept' });
    expect(outcome).toMatchObject({
      outcome: 'paid',
      payment: { ...payment, note: 'kept' },
      order: { ...order, settled: 'pending' },
      refunds: [{ key: 'r-1', amount: 100, state: 'done' }],
    });
    expect(onOutcome.mock.calls).toEqual([[outcome]]);
  });

  it('rejects with the error of onOutcome, so that a queue tries again', async () => {
    const pay = startProcess({
      bank: new Bank(),
      onOutcome: () => {
        throw new Error('database down');
      },
    });
    await expect(pay.settle(payment)).rejects.toThrow('database down');
  });

  it('lets onOutcome query the payment while the page reports it', async () => {
    const order = { reference: 'A-1001', amount: 1_000, currency: 'PEN' };
    const verify = () => Promise.resolve({ outcome: 'paid', numbers: { id: payment.id } } as const);
    const pay: Pay = createPayEndpoints({
      environment: 'sandbox',
      providers: { bank: { ...createBankProvider(), verify } },
      order: () => order,
      orderByReference: () => order,
      fetch: new Bank().fetch,
      onOutcome: async () => void (await pay.query(payment)),
    });
    const report = { provider: 'bank', environment: 'sandbox', attempt: 1, result: { provider: 'bank', raw: {} } };
    const [response, settled] = await Promise.all([pay.outcome(createRequest(report)), pay.settle(payment)]);
    expect([response.status, settled.outcome]).toEqual([200, 'paid']);
  });

  it('needs `orderByReference`', async () => {
    const pay = createPayEndpoints({
      environment: 'sandbox',
      providers: { bank: createBankProvider() },
      order: () => order,
      fetch: new Bank().fetch,
    });
    await expect(pay.settle(payment)).rejects.toThrow('pay.settle(): `orderByReference` of createPayEndpoints() should be a function');
  });
});

describe('a receipt that the page presents again', () => {
  const report = (bank: ServerProvider, ledger?: Ledger) => {
    const order = { reference: 'A-1001', amount: 1_000, currency: 'PEN' };
    const onOutcome = vi.fn<(outcome: PaymentOutcome) => void>();
    const verify = () => Promise.resolve({ outcome: 'paid', numbers: { id: payment.id } } as const);
    const upstream = new Bank({ isImmediate: true });
    const options = { environment: 'sandbox', order: () => order, onOutcome, fetch: upstream.fetch, ...(ledger && { ledger }) } as const;
    const pay = createPayEndpoints({ ...options, providers: { bank: { ...bank, verify } } });
    const present = async () => {
      await pay.outcome(createRequest({ provider: 'bank', environment: 'sandbox', attempt: 1, result: { provider: 'bank', raw: {} } }));
      return onOutcome.mock.lastCall?.[0].outcome;
    };
    return { pay, present };
  };

  it('is refunded once all of the money is back', async () => {
    const { pay, present } = report(createBankProvider({ isImmediate: true }));
    expect(await present()).toBe('paid');
    await pay.refund({ payment, amount: 400, key: 'r-1' });
    expect(await present()).toBe('paid');
    await pay.refund({ payment, amount: 600, key: 'r-2' });
    expect(await present()).toBe('refunded');
  });

  it('is reversed after a cancellation', async () => {
    const { pay, present } = report(createBankProvider());
    await pay.cancel({ payment });
    expect(await present()).toBe('reversed');
  });

  it('stays as the provider describes it while the ledger fails, or for a provider without operations', async () => {
    const failing = { ...createProcessLedger(), read: () => Promise.reject(new Error('ledger down')) };
    expect(await report(createBankProvider(), failing).present()).toBe('paid');
    const { operations: _, ...bare } = createBankProvider();
    expect(await report(bare).present()).toBe('paid');
  });

  it('waits a second for the ledger at most', async () => {
    vi.useFakeTimers();
    const hanging = { ...createProcessLedger(), read: () => new Promise<never>(() => {}) };
    const presented = report(createBankProvider(), hanging).present();
    await vi.advanceTimersByTimeAsync(1_000);
    expect(await presented).toBe('paid');
    vi.useRealTimers();
  });
});

describe('pay.charge()', () => {
  const card = { provider: 'bank', environment: 'sandbox', token: 'card-token-1' } as const;
  const order: OrderInput = { reference: 'A-1002', amount: 500, currency: 'PEN' };

  it('passes card, order and key to the provider, and the outcome to onOutcome', async () => {
    const charge = vi.fn((_: ChargeContext) => Promise.resolve({ outcome: 'paid', numbers: { id: '9' } } as const));
    const onOutcome = vi.fn<(outcome: PaymentOutcome) => void>();
    const pay = createPayEndpoints({
      environment: 'sandbox',
      providers: { bank: { ...createBankProvider(), operations: { query: () => Promise.reject(new Error('unexpected')), charge } } },
      order: () => order,
      onOutcome,
      onEvent: () => {},
    });
    const outcome = await pay.charge({ card: { ...card, numbers: { first: '1' } }, order, key: 'ch-1' });
    expect(outcome).toMatchObject({ outcome: 'paid', payment: { provider: 'bank', environment: 'sandbox', order: 'A-1002', id: '9' } });
    expect(onOutcome.mock.calls).toEqual([[outcome]]);
    expect(charge.mock.calls[0]?.[0]).toMatchObject({ card: { ...card, numbers: { first: '1' } }, order, key: 'ch-1' });
  });

  it('is not paid once more by a repeated charge whose money went back', async () => {
    const charge = () => Promise.resolve({ outcome: 'paid', numbers: { id: payment.id } } as const);
    const bank = createBankProvider();
    const pay = createPayEndpoints({
      environment: 'sandbox',
      providers: { bank: { ...bank, operations: { ...bank.operations!, charge } } },
      order: () => order,
      fetch: new Bank().fetch,
    });
    expect((await pay.charge({ card, order, key: 'ch-1' })).outcome).toBe('paid');
    await pay.cancel({ payment });
    expect((await pay.charge({ card, order, key: 'ch-1' })).outcome).toBe('reversed');
  });

  it.each([
    [{ card: { ...card, token: '' }, order, key: 'k' }, 'pay.charge(): `card.token` should not be empty'],
    [{ card, order, key: '' }, 'pay.charge(): `key` should not be empty'],
    [{ card: { ...card, environment: 'production' }, order, key: 'k' }, 'pay.charge(): `environment` should be sandbox'],
  ])('refuses a wrong request: %j', async (request, message) => {
    await expect(startProcess({ bank: new Bank() }).charge(request as never)).rejects.toThrow(message);
  });
});

describe('OperationNotSupported', () => {
  it('says what to do instead', async () => {
    const lacking: ServerProvider = {
      ...createBankProvider(),
      operations: { query: () => Promise.reject(new Error('unexpected')) },
      capabilities: {
        ...({} as Required<ServerProvider>['capabilities']),
        refund: { support: 'no', words: 'No refunds.', instead: 'Return the money in the panel of the bank.' },
      },
    };
    const create = (bank: ServerProvider) =>
      createPayEndpoints({ environment: 'sandbox', providers: { bank }, order: () => ({ reference: 'A', amount: 1, currency: 'PEN' }) });
    await expect(create(lacking).refund({ payment, key: 'r-1' })).rejects.toMatchObject({
      name: 'OperationNotSupported',
      provider: 'bank',
      operation: 'refund',
      message: 'pay.refund(): Return the money in the panel of the bank.',
    });
    const { operations: _, ...bare } = createBankProvider();
    await expect(create(bare).settle(payment)).rejects.toThrow('pay.settle(): Provider bank does not support it.');
  });
});

describe('the default ledger', () => {
  it('claims a key once', () => {
    const ledger = createProcessLedger();
    expect([ledger.read('a'), ledger.claim('a'), ledger.read('a'), ledger.claim('a')]).toEqual([undefined, true, '', false]);
  });
});
