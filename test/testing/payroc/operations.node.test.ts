import { beforeEach, describe, expect, it } from 'vitest';
import { createPayEndpoints, payroc, type Order, type Payment, type PaymentOutcome, type SavedCard } from '../../../src/server.js';
import { createPayrocApi, createStandIns, payrocCards, type PayrocApi, type StandIns } from '../../../src/testing.js';
import { read, type Json } from '../support.js';
import { bankUrl, bearer, call, key, paymentsUrl, saleBody, sandbox, singleUse, terminalUrl } from './support.js';

let api: PayrocApi;

beforeEach(() => {
  api = createPayrocApi();
});

const sell = async (changes: object = {}) =>
  read(call(api.fetch, paymentsUrl, { ...saleBody(await singleUse(api.fetch, payrocCards.approved)), ...changes }));
const transfer = async () => {
  const { channel: _, ...body } = saleBody(await singleUse(api.fetch, '1234567890', 'achAccountNumber'));
  return read(call(api.fetch, bankUrl, { ...body, paymentMethod: { ...body.paymentMethod, secCode: 'web' } }));
};
const query = async (url: string) => read(api.fetch(url, { headers: { authorization: `Bearer ${await bearer(api.fetch)}` } }));
const move = (url: string, id: unknown, action: string, body: object = {}, headers: Record<string, string> = {}) =>
  call(api.fetch, `${url}/${String(id)}/${action}`, body, headers);
const slug = async (answer: Promise<Response>) => String((await read(answer)).type).replace(/^.*#/, '');
const refundBody = { amount: 1000, description: 'Refund' };

describe('a card payment', () => {
  it('is returned by its id, with what may be done with it', async () => {
    const { paymentId, ...sold } = await sell();
    expect(sold.supportedOperations).toEqual(['fullyReverse', 'partiallyReverse', 'setAsPending']);
    expect(await query(`${paymentsUrl}/${String(paymentId)}`)).toEqual({ paymentId, ...sold });
    expect(await query(`${paymentsUrl}/another`)).toMatchObject({ status: 404 });
    expect(await query(`${bankUrl}/${String(paymentId)}`)).toMatchObject({ status: 404 });
  });

  it('is reversed in the open batch, in parts and whole', async () => {
    const { paymentId } = await sell();
    const part = await read(move(paymentsUrl, paymentId, 'reverse', { amount: 1000 }));
    expect(part).toMatchObject({ refunds: [], transactionResult: { status: 'ready', authorizedAmount: 3999 } });
    expect((await move(paymentsUrl, paymentId, 'reverse', { amount: 4000 })).status).toBe(400);
    expect(await read(move(paymentsUrl, paymentId, 'reverse'))).toMatchObject({
      transactionResult: { status: 'reversal' },
      supportedOperations: [],
    });
    expect(await slug(move(paymentsUrl, paymentId, 'reverse'))).toBe('cannot-be-modified');
  });

  it('goes back whole if a part of it is refunded in the open batch', async () => {
    const { paymentId } = await sell();
    expect(await read(move(paymentsUrl, paymentId, 'refund', refundBody))).toMatchObject({
      refunds: [],
      transactionResult: { status: 'reversal' },
    });
  });

  it('is refunded in parts in a closed batch, and can no longer be reversed', async () => {
    const { paymentId } = await sell();
    expect(api.settle(String(paymentId))).toBe(true);
    expect(await slug(move(paymentsUrl, paymentId, 'reverse'))).toBe('cannot-be-modified');
    expect(await read(move(paymentsUrl, paymentId, 'refund', refundBody))).toMatchObject({
      refunds: [{ amount: 1000, status: 'ready', responseCode: 'A' }],
      transactionResult: { status: 'complete', authorizedAmount: 4999 },
      supportedOperations: ['refund'],
    });
    expect((await move(paymentsUrl, paymentId, 'refund', { ...refundBody, amount: 4000 })).status).toBe(400);
    expect((await move(paymentsUrl, paymentId, 'refund', { amount: 1 })).status).toBe(400);
  });

  it('is held, captured once in part, and released', async () => {
    const { paymentId, supportedOperations } = await sell({ autoCapture: false });
    expect(supportedOperations).toEqual(['capture', 'fullyReverse', 'incrementAuthorization']);
    expect((await move(paymentsUrl, paymentId, 'capture', { amount: 5000 })).status).toBe(400);
    expect(await slug(move(paymentsUrl, paymentId, 'reverse', { amount: 1000 }))).toBe('cannot-be-modified');
    expect(await read(move(paymentsUrl, paymentId, 'capture', { amount: 3000 }))).toMatchObject({
      order: { amount: 4999 },
      transactionResult: { type: 'preAuthorizationCompletion', status: 'ready', authorizedAmount: 3000 },
    });
    expect(await slug(move(paymentsUrl, paymentId, 'capture'))).toBe('cannot-be-modified');
    const { paymentId: other } = await sell({ autoCapture: false });
    expect(await read(move(paymentsUrl, other, 'reverse'))).toMatchObject({ transactionResult: { status: 'reversal' } });
  });

  it('allows nothing once it is declined, expired or refused', async () => {
    const { paymentId } = await sell({ autoCapture: false });
    api.settle(String(paymentId), 'expired');
    expect(await query(`${paymentsUrl}/${String(paymentId)}`)).toMatchObject({ supportedOperations: [] });
    const declined = saleBody(await singleUse(api.fetch, payrocCards.declined));
    expect(await read(call(api.fetch, paymentsUrl, declined))).toMatchObject({ supportedOperations: [] });
    const received = saleBody(await singleUse(api.fetch, payrocCards.pending));
    expect(await read(call(api.fetch, paymentsUrl, received))).toMatchObject({ supportedOperations: ['fullyReverse'] });
  });

  it('moves money once for a key, also after a lost answer, and refuses the key for another body', async () => {
    const { paymentId } = await sell();
    const headers = { 'Idempotency-Key': key };
    api.faults.moves = ['lost'];
    await expect(move(paymentsUrl, paymentId, 'reverse', { amount: 1000 }, headers)).rejects.toThrow(TypeError);
    const repeated = await read(move(paymentsUrl, paymentId, 'reverse', { amount: 1000 }, headers));
    expect(repeated).toMatchObject({ transactionResult: { authorizedAmount: 3999 } });
    expect(await slug(move(paymentsUrl, paymentId, 'reverse', { amount: 2000 }, headers))).toBe('idempotency-key-in-use');
    api.faults.moves = [409];
    expect(await slug(move(paymentsUrl, paymentId, 'reverse', { amount: 1000 }))).toBe('idempotency-key-in-use');
  });

  it('does not show a chargeback, which only the list of disputes has', async () => {
    const sold = await sell();
    expect([api.dispute(String(sold.paymentId)), api.dispute('another')]).toEqual([true, false]);
    expect(await query(`${paymentsUrl}/${String(sold.paymentId)}`)).toEqual(sold);
    const { data } = await query(`${sandbox.api}/v1/disputes?date=2026-03-02`);
    const { approvalCode } = sold.transactionResult as Json;
    expect(data).toMatchObject([{ disputeId: 1, disputeType: 'firstDispute', disputeAmount: 4999, authorizationCode: approvalCode }]);
  });
});

describe('a bank transfer', () => {
  it('is reversed whole in the open batch, and refunded in a closed one', async () => {
    const { paymentId, ...sold } = await transfer();
    expect(sold).not.toHaveProperty('supportedOperations');
    expect(await read(move(bankUrl, paymentId, 'reverse'))).toMatchObject({ transactionResult: { status: 'reversal' } });
    const { paymentId: other } = await transfer();
    api.settle();
    expect(await read(move(bankUrl, other, 'refund', refundBody))).toMatchObject({ refunds: [{ amount: 1000 }] });
    api.dispute(String(other));
    expect((await query(`${sandbox.api}/v1/disputes`)).data).not.toHaveProperty([0, 'card']);
  });
});

describe('settle and refund', () => {
  it('close the batches of all sales, and approve those that were only received', async () => {
    const { paymentId } = await sell();
    const { paymentId: received } = await read(call(api.fetch, paymentsUrl, saleBody(await singleUse(api.fetch, payrocCards.pending))));
    expect([api.settle(), createPayrocApi().settle()]).toEqual([true, false]);
    expect(await query(`${paymentsUrl}/${String(paymentId)}`)).toMatchObject({ transactionResult: { status: 'complete' } });
    expect(await query(`${paymentsUrl}/${String(received)}`)).toMatchObject({ transactionResult: { status: 'ready', responseCode: 'A' } });
  });

  it('return all that is left by default', async () => {
    const { paymentId } = await sell();
    api.refund(String(paymentId), 1000);
    api.refund(String(paymentId));
    expect(await query(`${paymentsUrl}/${String(paymentId)}`)).toMatchObject({ refunds: [{ amount: 1000 }, { amount: 3999 }] });
  });
});

describe('a saved card', () => {
  it('is returned by its id, and charged without a form', async () => {
    const source = { type: 'singleUseToken', token: await singleUse(api.fetch, payrocCards.approved) };
    const saved = await read(call(api.fetch, `${terminalUrl}/secure-tokens`, { source, mitAgreement: 'unscheduled' }));
    expect(await query(`${terminalUrl}/secure-tokens/${String(saved.secureTokenId)}`)).toEqual(saved);
    expect(await query(`${terminalUrl}/secure-tokens/another`)).toMatchObject({ status: 404 });
    const paymentMethod = { type: 'secureToken', token: saved.token };
    for (let n = 0; n < 2; n += 1) {
      const sold = await read(call(api.fetch, paymentsUrl, { ...saleBody(''), paymentMethod }));
      expect(sold).toMatchObject({ transactionResult: { type: 'sale', status: 'ready', responseCode: 'A' } });
    }
    const { channel: _, ...body } = saleBody('');
    expect((await call(api.fetch, bankUrl, { ...body, paymentMethod })).status).toBe(400);
    expect((await call(api.fetch, paymentsUrl, { ...saleBody(''), paymentMethod: { type: 'secureToken', token: '1' } })).status).toBe(400);
  });
});

describe('a merchant’s backend on the stand-ins', () => {
  let standIns: StandIns;
  let outcomes: PaymentOutcome[];
  let changes: Partial<Order>;

  beforeEach(() => {
    standIns = createStandIns();
    outcomes = [];
    changes = {};
  });

  function createBackend() {
    return createPayEndpoints({
      environment: 'sandbox',
      providers: { payroc: payroc({ apiKey: 'your_api_key', processingTerminalId: '1234001' }) },
      order: () => ({ reference: 'A-1001', amount: 4999, currency: 'USD', ...changes }),
      orderByReference: ({ reference }) => ({ reference, amount: 4999, currency: 'USD', ...changes }),
      fetch: standIns.fetch,
      onOutcome: (outcome) => void outcomes.push(outcome),
    });
  }

  type Backend = ReturnType<typeof createBackend>;

  async function post(endpoint: Backend['token'], body: object): Promise<unknown> {
    const headers = { 'Content-Type': 'application/json' };
    return (await endpoint(new Request('https://shop.example.com/', { method: 'POST', headers, body: JSON.stringify(body) }))).json();
  }

  async function checkOut(pay: Backend, card: string = payrocCards.approved): Promise<Payment<'payroc'>> {
    const request = { provider: 'payroc', environment: 'sandbox', order: 'A-1001' } as const;
    const result = await standIns.pay({ provider: 'payroc', answer: await post(pay.token, request), card });
    await post(pay.outcome, { ...request, attempt: 1, result });
    return outcomes.at(-1)!.payment as Payment<'payroc'>;
  }

  it('returns a part before the batch closes, and the rest afterwards', async () => {
    const pay = createBackend();
    const payment = await checkOut(pay);
    await pay.refund({ payment, amount: 1000, key: 'r-1' });
    standIns.payroc.settle(payment.id);
    standIns.payroc.faults.moves = ['lost', 'lost'];
    const { refunds } = await pay.refund({ payment, amount: 1500, key: 'r-2' });
    expect(refunds).toMatchObject([
      { key: 'r-1', amount: 1000, state: 'done' },
      { key: 'r-2', amount: 1500, state: 'done' },
    ]);
    expect((await pay.query(payment)).outcome).toBe('paid');
    await pay.refund({ payment, key: 'r-3' });
    expect((await pay.settle(payment)).outcome).toBe('refunded');
  });

  it('holds and captures', async () => {
    changes = { capture: 'later' };
    const pay = createBackend();
    const payment = await checkOut(pay);
    expect([outcomes.at(-1)!.outcome, payment.capture]).toEqual(['authorized', 'later']);
    expect(await pay.capture({ payment, amount: 3000, key: 'c-1' })).toMatchObject({ outcome: 'paid', details: { amount: 3000 } });
    expect(await pay.cancel({ payment })).toMatchObject({ outcome: 'reversed' });
  });

  it.each<[string, Partial<Order>, string]>([
    ['with a payment', { save: true }, 'paid'],
    ['without one', { save: 'only', amount: 0 }, 'saved'],
  ])('saves a card %s, and charges it', async (_, saving, outcome) => {
    changes = saving;
    const pay = createBackend();
    const payment = await checkOut(pay);
    expect(outcomes.at(-1)!.outcome).toBe(outcome);
    expect((await pay.query(payment)).outcome).toBe(outcome);
    const card = outcomes.at(-1)!.savedCard as SavedCard & { readonly provider: 'payroc' };
    const order = { reference: 'A-1002', amount: 1500, currency: 'USD' };
    for (let n = 0; n < 2; n += 1) expect(await pay.charge({ card, order, key: 'renewal-1' })).toMatchObject({ outcome: 'paid' });
    expect(standIns.payroc.requests.filter(({ method, url }) => method === 'POST' && url.endsWith('/payments'))).toHaveLength(
      saving.save === true ? 2 : 1,
    );
  });

  it('settles a payment that was only received', async () => {
    const pay = createBackend();
    const payment = await checkOut(pay, payrocCards.pending);
    expect((await pay.settle(payment)).outcome).toBe('pending');
    standIns.payroc.settle(payment.id);
    expect((await pay.settle(payment)).outcome).toBe('paid');
  });
});
