import * as fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { createPayEndpoints, payme, type Payment, type PaymentOutcome } from '../../../src/server.js';
import { createProcessLedger } from '../../../src/server/operations/ledger.js';
import { hosts } from '../../../src/providers/payme/contract.js';
import { createPaymeApi, createStandIns, paymeCards, type PaymeApi, type StandIns } from '../../../src/testing.js';
import { createRequest, credentials, order, tokenBody } from '../../server/fake-payme.js';
import { read, type Json } from '../support.js';
import * as call from './support.js';
import { bearer, pay, payload, post } from './support.js';

const status = async (answer: Promise<Response>): Promise<number> => (await answer).status;
const authorized = (token: string): RequestInit => ({ headers: { Authorization: `Bearer ${token}` } });
const { api: host } = hosts.sandbox;
const number = payload.merchant_operation_number;

let api: PaymeApi;
beforeEach(() => {
  api = createPaymeApi();
});

interface Answer {
  readonly success: string;
  readonly operations: readonly Json[];
  readonly meta: { readonly status: { readonly code: string } };
}

const refundBody = (changes: Json = {}, top: Json = {}): Json => ({
  merchant_code: 'your_merchant_code',
  operations: [{ type: 'PARTIAL', merchant_operation_number: number, refund_amount: '50', additional_fields: { key: 'r-1' }, ...changes }],
  ...top,
});

async function refund(body: Json = refundBody()): Promise<Answer> {
  return (await (await post(api.fetch, `${host}/refund`, body, await bearer(api.fetch))).json()) as Answer;
}

async function list(operation = number): Promise<Response> {
  return api.fetch(`${host}/refund/your_merchant_code/${operation}`, authorized(await bearer(api.fetch)));
}

async function listStates(): Promise<unknown[]> {
  const { operations } = (await (await list()).json()) as Answer;
  return operations.map(({ state }) => state);
}

async function remove(operation = number): Promise<Response> {
  return api.fetch(`${host}/charges/your_merchant_code/${operation}`, { method: 'DELETE', ...authorized(await bearer(api.fetch)) });
}

describe('settle()', () => {
  it('settles a payment that is authorised, or all of them', async () => {
    const paid = await pay(api.fetch, call.cardBody(paymeCards.approved));
    await pay(api.fetch, call.cardBody(paymeCards.declined, '100200301'));
    expect([api.settle('100200301'), api.settle('999999999'), api.settle(number), api.settle()]).toEqual([false, false, true, false]);
    const { operation } = (await read(api.fetch(call.chargeUrl(paid), authorized(await bearer(api.fetch))))) as { operation: Json };
    expect(operation.state).toBe('LIQUIDADO');
    await pay(api.fetch, call.cardBody(paymeCards.approved, '100200302'));
    expect(api.settle()).toBe(true);
  });
});

describe('POST and GET /refund', () => {
  it('registers a refund of a settled payment, as documented', async () => {
    const { transaction } = await pay(api.fetch, call.cardBody(paymeCards.approved));
    api.settle(number);
    const answer = await refund();
    const expected = {
      state: 'REGISTERED',
      refund_reason: 'Solicitud recibida y validada',
      type: 'PARTIAL',
      merchant_operation_number: number,
      transaction_id: transaction.transaction_id,
      refund_amount: '50',
      transaction_amount: '1050',
      currency: '604',
      additional_fields: { key: 'r-1' },
      payment_method: { name: 'CARD', brand: 'VISA', masked_pan: '411111******1111' },
    };
    expect(answer).toMatchObject({ success: 'true', action: 'refund', operations: [expected], meta: { status: { code: '00' } } });
    expect(await (await list()).json()).toMatchObject({ operations: [expected] });
  });

  it('refunds twice for a repeated request, also more than was paid', async () => {
    await pay(api.fetch, call.cardBody(paymeCards.approved));
    api.settle(number);
    for (let n = 0; n < 2; n += 1) await refund(refundBody({ type: 'TOTAL', refund_amount: '1050' }));
    expect(await listStates()).toEqual(['REGISTERED', 'REGISTERED']);
  });

  it('ends refunds when it is told to, all of a payment or one', async () => {
    await pay(api.fetch, call.cardBody(paymeCards.approved));
    api.settle(number);
    const { operations } = await refund();
    await refund();
    expect(api.endRefunds(String(operations[0]!.refund_id), 'REJECTED')).toBe(true);
    expect(await listStates()).toEqual(['REJECTED', 'REGISTERED']);
    expect([api.endRefunds(number), api.endRefunds(number)]).toEqual([true, false]);
    expect(await listStates()).toEqual(['REJECTED', 'RESOLVED']);
  });

  it('rejects a refund before settlement, inside a 200', async () => {
    await pay(api.fetch, call.cardBody(paymeCards.approved));
    expect(await refund()).toMatchObject({ success: 'true', operations: [{ state: 'REJECTED' }], meta: { status: { code: '01' } } });
  });

  it.each([
    ['QR', 'REJECTED'],
    ['BANK_TRANSFER', 'REJECTED'],
    ['PAGOEFECTIVO', 'REJECTED'],
    ['YAPE', 'REGISTERED'],
    ['CUOTEALO', 'REGISTERED'],
  ])('answers a refund of %s with %s', async (method, state) => {
    await pay(api.fetch, { payload, payment_method: { method_name: method } });
    api.settle(number, 'LIQUIDADO');
    expect((await refund()).operations).toMatchObject([{ state }]);
  });

  it.each([
    ['06', refundBody({ refund_amount: 50 })],
    ['06', refundBody({ type: 'ALL' })],
    ['06', refundBody({}, { operations: [] })],
    ['06', refundBody({}, { operations: 'all' })],
    ['06', refundBody({}, { operations: [null] })],
    ['05', refundBody({ merchant_operation_number: '999999999' })],
    ['05', refundBody({}, { merchant_code: 'another' })],
  ])('answers %s to a request that it cannot process', async (code, body) => {
    await pay(api.fetch, call.cardBody(paymeCards.approved));
    api.settle(number);
    expect(await refund(body)).toMatchObject({ success: 'false', operations: [], meta: { status: { code } } });
  });

  it('answers 404 for an unknown operation, and 401 without a bearer', async () => {
    expect(await status(list('999999999'))).toBe(404);
    expect(await status(post(api.fetch, `${host}/refund`, refundBody()))).toBe(401);
  });

  it('makes the refund for the fault lost, and none for drop', async () => {
    await pay(api.fetch, call.cardBody(paymeCards.approved));
    api.settle(number);
    api.faults.refund = ['lost', 'drop'];
    for (let n = 0; n < 2; n += 1) await expect(refund()).rejects.toThrow(TypeError);
    expect(await listStates()).toEqual(['REGISTERED']);
  });
});

describe('refund()', () => {
  it('refunds in the panel, a part or all that is left', async () => {
    await pay(api.fetch, call.cardBody(paymeCards.approved));
    expect(api.refund(number)).toBe(false);
    api.settle(number);
    expect([api.refund('999999999'), api.refund(number, 50), api.refund(number)]).toEqual([false, true, true]);
    const { operations } = (await (await list()).json()) as Answer;
    expect(operations).toMatchObject([
      { refund_amount: '50', type: 'PARTIAL', additional_fields: null },
      { refund_amount: '1000', type: 'PARTIAL' },
    ]);
    api.endRefunds(number, 'REJECTED');
    api.refund(number);
    expect((await (await list()).json()) as Answer).toMatchObject({ operations: [{}, {}, { refund_amount: '1050', type: 'TOTAL' }] });
  });
});

describe('dispute()', () => {
  it('changes no answer of Pay-me', async () => {
    const paid = await pay(api.fetch, call.cardBody(paymeCards.approved));
    const describe = async () => (await api.fetch(call.chargeUrl(paid), authorized(await bearer(api.fetch)))).text();
    const before = await describe();
    expect([api.dispute(number), api.dispute('999999999')]).toEqual([true, false]);
    expect(await describe()).toBe(before);
  });
});

describe('DELETE /charges', () => {
  it.each(['QR', 'CUOTEALO', 'BANK_TRANSFER', 'PAGOEFECTIVO'])('answers 200 for a paid %s, and leaves it paid', async (method) => {
    const paid = await pay(api.fetch, { payload, payment_method: { method_name: method } });
    api.settle(number, 'AUTORIZADO');
    const { operation } = (await read(remove())) as { operation: Json };
    expect(operation).not.toHaveProperty('state');
    expect(operation.transactions).toEqual([]);
    const answer = (await read(api.fetch(call.chargeUrl(paid), authorized(await bearer(api.fetch))))) as { operation: Json };
    expect(answer.operation.state).toBe('AUTORIZADO');
  });

  it('refuses a settled payment', async () => {
    await pay(api.fetch, call.cardBody(paymeCards.approved));
    api.settle(number);
    expect(await status(remove())).toBe(400);
  });

  it('plays its faults', async () => {
    await pay(api.fetch, call.cardBody(paymeCards.approved));
    api.faults.cancel = ['unchanged', 'lost'];
    expect(await read(remove())).toMatchObject({ operation: { transactions: [] } });
    await expect(remove()).rejects.toThrow(TypeError);
    expect(await status(remove())).toBe(400);
    await pay(api.fetch, call.cardBody(paymeCards.approved, '100200301'));
    api.faults.cancel = 'without-operation';
    expect(await read(remove('100200301'))).not.toHaveProperty('operation');
  });
});

/** Pays an order with a card, and returns the payment that the merchant stored. */
async function buy(standIns: StandIns, ledger = createProcessLedger()) {
  const outcomes: PaymentOutcome[] = [];
  const start = () =>
    createPayEndpoints({
      environment: 'sandbox',
      providers: { payme: payme(credentials) },
      order: () => order,
      orderByReference: () => order,
      onOutcome: (one) => void outcomes.push(one),
      fetch: standIns.fetch,
      ledger,
    });
  const processes = [start(), start()] as const;
  const answer: unknown = await (await processes[0].token(createRequest(tokenBody))).json();
  const result = await standIns.pay({ provider: 'payme', answer, card: paymeCards.approved });
  await processes[0].outcome(createRequest({ ...tokenBody, attempt: 1, result }));
  return { payment: outcomes[0]!.payment as Payment & { id: string }, processes, outcomes };
}

describe('a shop on the stand-in', () => {
  it('refunds a payment, and settle() reports each state of it', async () => {
    const standIns = createStandIns();
    const { payment, processes, outcomes } = await buy(standIns);
    const [shop] = processes;
    await expect(shop.refund({ payment, key: 'r-1', amount: 50 })).rejects.toThrow(/call `pay\.cancel\(\)`/);
    standIns.payme.settle(payment.id);
    expect(await shop.refund({ payment, key: 'r-1' })).toMatchObject({ refunds: [{ key: 'r-1', amount: 1050, state: 'asked' }] });
    await shop.settle(payment);
    standIns.payme.endRefunds(payment.id);
    await shop.settle(payment);
    expect(outcomes.map(({ outcome }) => outcome)).toEqual(['paid', 'paid', 'refunded']);
  });

  it('sees a refund of the panel, and reverses a payment on its first day', async () => {
    const standIns = createStandIns();
    const [first, second] = [await buy(standIns), await buy(standIns)];
    expect(await first.processes[0].cancel({ payment: first.payment })).toMatchObject({ outcome: 'reversed' });
    standIns.payme.settle();
    standIns.payme.refund(second.payment.id, 50);
    expect((await second.processes[0].query(second.payment)).refunds).toMatchObject([{ amount: 50, state: 'asked' }]);
  });

  it('never returns more than was paid, whatever gets lost', async () => {
    const refunds = fc.array(
      fc.record({ process: fc.nat(1), key: fc.constantFrom('r-1', 'r-2', 'r-3'), amount: fc.integer({ min: 1, max: 1050 }) }),
      {
        minLength: 2,
        maxLength: 6,
      },
    );
    const faults = fc.array(fc.constantFrom<('lost' | 'drop' | 500 | 400 | undefined)[]>(undefined, 'lost', 'drop', 500, 400), {
      maxLength: 6,
    });
    const property = fc.asyncProperty(refunds, faults, async (wanted, script) => {
      const standIns = createStandIns();
      const { payment, processes } = await buy(standIns);
      standIns.payme.settle(payment.id);
      standIns.payme.faults.refund = [...script];
      await Promise.allSettled(wanted.map(({ process, ...one }) => processes[process as 0 | 1].refund({ payment, ...one })));
      const { refunds: made } = await processes[0].query(payment);
      const shown = made.filter(({ id }) => id !== undefined);
      expect(shown.reduce((sum, { amount }) => sum + amount, 0)).toBeLessThanOrEqual(1050);
      expect(new Set(shown.map(({ key }) => key)).size).toBe(shown.length);
    });
    await fc.assert(property, { numRuns: 25, seed: 17 });
  });
});
