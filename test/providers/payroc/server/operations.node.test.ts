import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { OperationNotSupported, OperationRefused, type PaymentOutcome, type PayrocOptions } from '../../../../src/server.js';
import { createProcessLedger } from '../../../../src/server/operations/ledger.js';
import { createOutcomeBody, createProblem, createRequest, createSale, secureToken, session, tokenBody } from './fake-payroc.js';
import {
  bankPayment,
  hold,
  payment,
  PayrocGateway,
  startProcess,
  type GatewayPayment,
  type ProcessOptions,
  type ReversalView,
} from './payroc-gateway.js';
import { day, minute, pass, stopClock } from './shop.js';

beforeEach(stopClock);
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const { id: _id, orderId: _orderId, ...fresh } = payment;
const unanswered = { ...fresh, orderId: payment.orderId };

function start(options: Partial<ProcessOptions> = {}) {
  const gateway = options.gateway ?? new PayrocGateway();
  const outcomes: PaymentOutcome[] = [];
  const pay = startProcess({ ledger: createProcessLedger(), onOutcome: (one) => void outcomes.push(one), ...options, gateway });
  return { gateway, outcomes, pay };
}

/** The paths of the requests that moved money, without their common start. */
function listMoves(gateway: PayrocGateway): readonly string[] {
  return gateway
    .takeCalls()
    .filter(({ method }) => method === 'POST')
    .map(({ url }) => url.replace(/^.*\/v1\//, ''));
}

const card = (path: string) => `payments/${payment.id}/${path}`;
const bank = (path: string) => `bank-transfer-payments/${payment.id}/${path}`;

async function readError(work: Promise<unknown>): Promise<Error & { reason?: string }> {
  return work.then(
    () => new Error('It did not fail.'),
    (error: Error) => error,
  );
}

const views: readonly ReversalView[] = ['authorizedAmount', 'order', 'refunds', 'both'];

describe('pay.query', () => {
  it('returns what Payroc says, with every number', async () => {
    const { gateway, pay } = start();
    gateway.add();
    expect(await pay.query(payment)).toEqual({
      payment,
      outcome: 'paid',
      details: {
        ...{ method: 'CARD', brand: 'Visa Credit', last4: '7062', authorizationCode: 'OK3', amount: 4999, currency: 'USD' },
        ...{ paidAt: '2026-03-02T10:00:00.000Z', transactionId: payment.id },
      },
      refunds: [],
    });
  });

  it('finds a sale whose answer was lost by its order id, and returns its id', async () => {
    const { gateway, pay } = start();
    gateway.add();
    const { payment: found, outcome } = await pay.query(unanswered);
    expect([found, outcome]).toEqual([payment, 'paid']);
    expect(gateway.takeCalls()[0]?.url).toContain(`orderId=${payment.orderId}`);
  });

  it('finds the payment of a token in the list of its order', async () => {
    const { gateway, pay } = start();
    gateway.add({ paymentId: 'P1', orderId: 'A-1001-00000000', result: { type: 'sale', status: 'declined', responseCode: 'D' } });
    gateway.add();
    gateway.add({ paymentId: 'P3', orderId: 'A-1002-00000000' });
    const { payment: found, outcome } = await pay.query(fresh);
    expect([found, outcome]).toEqual([payment, 'paid']);
  });

  it('looks a week back for the payment of a token', async () => {
    pass(7 * day);
    const { gateway, pay } = start();
    expect(await pay.query(fresh)).toMatchObject({ outcome: 'pending', reason: 'not-found', payment: fresh });
    const days = gateway.takeCalls().map(({ url }) => new URL(url).searchParams.get('dateFrom'));
    expect(days).toEqual(['2026-03-08T10:00:00Z', '2026-03-02T10:00:00Z']);
  });

  it('finds the payment of a token by the record of its sales', async () => {
    const { gateway, pay } = start();
    await pay.charge({ card: savedCard, order, key: 'k-1' });
    gateway.takeCalls();
    expect(await pay.query(fresh)).toMatchObject({ outcome: 'paid', payment: { id: 'P1' } });
    expect(gateway.takeCalls().map(({ url }) => new URL(url).searchParams.has('orderId'))).toEqual([true]);
  });

  it('reports a sale that Payroc does not list as unanswered', async () => {
    const { pay } = start();
    expect(await pay.query(unanswered)).toMatchObject({ outcome: 'pending', reason: 'unanswered', payment: unanswered });
  });

  it('looks a payment up by its order id, where Payroc gave no payment id', async () => {
    const { gateway, pay } = start();
    gateway.add();
    expect(await pay.query({ ...payment, id: payment.orderId })).toMatchObject({ outcome: 'paid', payment });
  });

  it('throws for an id that Payroc does not know', async () => {
    const { pay } = start();
    expect(await readError(pay.query(payment))).toMatchObject({ name: 'Problem', kind: 'upstream-absent' });
  });

  it('reports a payment of another order as forged', async () => {
    const { gateway, pay } = start();
    gateway.add({ orderId: 'B-7-00000000' });
    expect(await pay.query({ ...payment, orderId: 'B-7-00000000' })).toMatchObject({ outcome: 'forged', reason: 'order' });
  });

  it('accepts a payment whose order id Payroc leaves out', async () => {
    const { orderId: _, ...bare } = payment;
    const { gateway, pay } = start();
    gateway.answer = () => Response.json({ paymentId: payment.id, order: {}, transactionResult: { status: 'ready', responseCode: 'A' } });
    expect(await pay.query(bare)).toMatchObject({ outcome: 'paid' });
  });

  it('compares the payment with the price that it was made for', async () => {
    const { gateway, pay } = start();
    gateway.add({ amount: 3000 });
    expect(await pay.query(payment)).toMatchObject({ outcome: 'pending', reason: 'price' });
  });

  it('shows refunds of the panel, with their own states', async () => {
    const { gateway, pay } = start();
    const sold = gateway.add();
    gateway.close(sold);
    gateway.addRefund(sold, -1000);
    gateway.addRefund(sold, 500, { status: 'declined', responseCode: 'D' });
    gateway.addRefund(sold, 200, { status: 'pending', responseCode: 'E' });
    expect(await pay.query(payment)).toMatchObject({
      outcome: 'paid',
      details: { amount: 4999 },
      refunds: [
        { id: 'R1', amount: 1000, state: 'done' },
        { id: 'R2', amount: 500, state: 'rejected' },
        { id: 'R3', amount: 200, state: 'asked' },
      ],
    });
  });

  it.each<[string, string | undefined, string | undefined, 'asked' | 'done' | 'rejected']>([
    ['approved', 'complete', 'A', 'done'],
    ['approved without a status', undefined, 'A', 'asked'],
    ['reversed', 'reversal', 'A', 'rejected'],
    ['reversed, but declined', 'reversal', 'D', 'asked'],
    ['approved and declined', 'ready', 'D', 'asked'],
    ['declined without a code', 'declined', undefined, 'rejected'],
    ['declined and approved', 'declined', 'A', 'asked'],
    ['referred', 'referral', 'R', 'asked'],
    ['in an unknown state', 'frozen', 'A', 'asked'],
  ])('reads a refund that is %s', async (_, status, responseCode, state) => {
    const { gateway, pay } = start();
    const sold = gateway.add();
    gateway.addRefund(sold, 1000, { status: status as string, responseCode: responseCode as string });
    expect((await pay.query(payment)).refunds).toMatchObject([{ amount: 1000, state }]);
  });

  it('counts a refund without an amount or a status as open, and of the whole price', async () => {
    const { gateway, pay } = start();
    const sold = gateway.add();
    gateway.close(sold);
    sold.refunds.push({ dateTime: undefined, status: undefined } as never);
    expect((await pay.query(payment)).refunds).toEqual([{ amount: 4999, state: 'asked' }]);
    expect(await readError(pay.refund({ payment, key: 'r-1', amount: 1 }))).toMatchObject({ reason: 'amount' });
  });

  it('reports a payment that was refunded whole as refunded, and only once that is done', async () => {
    const { gateway, pay } = start();
    const sold = gateway.add();
    gateway.close(sold);
    gateway.addRefund(sold, 4999, { status: 'pending', responseCode: 'E' });
    expect((await pay.query(payment)).outcome).toBe('paid');
    sold.refunds[0]!.status = 'ready';
    sold.refunds[0]!.responseCode = 'A';
    expect((await pay.query(payment)).outcome).toBe('refunded');
  });

  it('counts nothing as charged in a record of another type', async () => {
    const { gateway, pay } = start();
    gateway.add({ result: { type: 'refund', status: 'ready', responseCode: 'A' } });
    expect(await pay.query(payment)).toMatchObject({ outcome: 'pending', reason: 'unknown-state' });
    expect(await readError(pay.refund({ payment, key: 'r-1', amount: 1 }))).toMatchObject({ reason: 'amount' });
  });

  it('reports a bank transfer that came back as reversed', async () => {
    const { gateway, pay } = start();
    gateway.add({ form: 'ach', result: { type: 'payment', status: 'returned', responseCode: 'A' } });
    expect(await pay.query(bankPayment)).toMatchObject({ outcome: 'reversed', payment: bankPayment });
  });

  it('reports a hold that was not captured in time as reversed', async () => {
    const { gateway, pay } = start();
    gateway.add({ result: { status: 'expired', responseCode: 'A' } });
    expect(await pay.query(hold)).toMatchObject({ outcome: 'reversed' });
  });

  it('takes the form from the payment, whatever the provider takes now', async () => {
    const { gateway, pay } = start({ changed: { form: 'ach' } });
    gateway.add();
    expect((await pay.query(payment)).outcome).toBe('paid');
    const { form: _, ...bare } = bankPayment;
    gateway.add({ form: 'ach' });
    expect((await pay.query(bare)).payment.form).toBe('ach');
  });
});

describe('a payment that only saved a card', () => {
  const saved = { ...fresh, amount: 0, id: 'MREF_1', save: 'only' } as const;

  it('is saved while Payroc has the card', async () => {
    const { gateway, pay } = start();
    gateway.answer = () => Response.json({ ...secureToken, secureTokenId: 'MREF_1' });
    expect(await pay.query(saved)).toMatchObject({ outcome: 'saved', payment: saved, refunds: [] });
  });

  it('is not found without its id', async () => {
    const { pay } = start();
    const { id: _, ...bare } = saved;
    expect(await pay.query(bare)).toMatchObject({ outcome: 'pending', reason: 'not-found', payment: bare });
  });

  it.each(['cancel', 'refund', 'capture'] as const)('cannot be changed by %s', async (name) => {
    const { gateway, pay } = start();
    gateway.answer = () => Response.json({ ...secureToken, secureTokenId: 'MREF_1' });
    expect(await readError(pay[name]({ payment: saved, key: 'k' }))).toBeInstanceOf(OperationRefused);
  });
});

describe('pay.settle', () => {
  it('passes the payment of a lost answer to onOutcome', async () => {
    const { gateway, outcomes, pay } = start();
    gateway.add();
    await pay.settle(unanswered);
    expect(outcomes).toMatchObject([{ outcome: 'paid', payment, refunds: [] }]);
  });

  /** Shows the payment with the card that it stored, or was made with. */
  function showCard(gateway: PayrocGateway, standingInstructions?: unknown) {
    const sold = { ...createSale({ result: { cardSchemeReferenceId: '0125042023' } }), card: { secureToken } };
    const shown = { ...sold, order: { ...sold.order, orderId: payment.orderId, standingInstructions } };
    gateway.answer = () => Response.json(shown);
  }

  it.each<[string, unknown]>([
    ['without standing instructions', undefined],
    ['with unusual standing instructions', 'first'],
    ['with those of a first payment', { sequence: 'first' }],
  ])('reports a saved card with all its numbers, whatever the order says now: a payment %s', async (_, instructions) => {
    const { gateway, outcomes, pay } = start();
    showCard(gateway, instructions);
    await pay.settle(payment);
    const numbers = { form: 'card', paymentId: payment.id, cardSchemeReferenceId: '0125042023' };
    expect(outcomes).toMatchObject([{ savedCard: { token: secureToken.token, numbers } }]);
  });

  it('does not report the saved card of a later charge, which has the numbers of its first payment', async () => {
    const { gateway, outcomes, pay } = start();
    showCard(gateway, { sequence: 'subsequent', processingModel: 'unscheduled' });
    await pay.settle(payment);
    expect(outcomes[0]).toMatchObject({ outcome: 'paid' });
    expect(outcomes[0]).not.toHaveProperty('savedCard');
  });

  it('keeps the price that the payment was made for', async () => {
    const { gateway, pay } = start({ order: { reference: 'A-1001', amount: 6000, currency: 'USD' } });
    gateway.add();
    expect(await pay.settle(payment)).toMatchObject({ outcome: 'pending', reason: 'price', payment: { amount: 4999 } });
  });
});

describe('pay.cancel', () => {
  it('reverses a whole payment in an open batch', async () => {
    const { gateway, pay } = start();
    gateway.add();
    expect(await pay.cancel({ payment })).toMatchObject({ outcome: 'reversed', details: { amount: 4999 } });
    expect(listMoves(gateway)).toEqual([card('reverse')]);
    await pay.cancel({ payment });
    expect(listMoves(gateway)).toEqual([]);
  });

  it('releases a hold', async () => {
    const { gateway, pay } = start();
    gateway.addHold();
    expect(await pay.cancel({ payment: hold })).toMatchObject({ outcome: 'reversed' });
    expect(listMoves(gateway)).toEqual([card('reverse')]);
  });

  it('reverses a payment that Payroc has only received', async () => {
    const { gateway, pay } = start();
    gateway.add({ result: { type: 'sale', status: 'pending', responseCode: 'E' } });
    expect(await pay.cancel({ payment })).toMatchObject({ outcome: 'reversed' });
  });

  it.each<[string, Partial<GatewayPayment>, RegExp]>([
    [
      'a closed batch',
      { isOpen: false, result: { type: 'sale', status: 'complete', responseCode: 'A' } },
      /Return the money with pay\.refund/,
    ],
    ['a declined payment', { result: { type: 'sale', status: 'declined', responseCode: 'D' } }, /no call that moves money/],
    ['a payment without supportedOperations', { supportedOperations: null }, /`supportedOperations`.*Nothing was sent/],
  ])('refuses %s', async (_, changed, message) => {
    const { gateway, pay } = start();
    gateway.add(changed);
    const error = await readError(pay.cancel({ payment }));
    expect(error).toBeInstanceOf(OperationRefused);
    expect(error).toMatchObject({ reason: 'state', message: expect.stringMatching(message) as string });
    expect(listMoves(gateway)).toEqual([]);
  });

  it('refuses a payment of which a part was returned', async () => {
    const { gateway, pay } = start();
    gateway.add();
    await pay.refund({ payment, key: 'r-1', amount: 1000 });
    expect((await readError(pay.cancel({ payment }))).message).toMatch(/Return the rest with pay\.refund/);
  });

  it('stays open if the answer does not say that the money is back', async () => {
    const { gateway, pay } = start();
    const sold = gateway.add();
    gateway.undo = () => {};
    expect(await pay.cancel({ payment })).toMatchObject({ outcome: 'paid' });
    sold.result = { ...sold.result, status: 'reversal' };
    expect(await pay.cancel({ payment })).toMatchObject({ outcome: 'reversed' });
  });

  it.each([
    ['card', payment],
    ['ach', bankPayment],
  ] as const)('does not block a refund once the batch is closed, if it was lost (%s)', async (form, one) => {
    const { gateway, pay } = start();
    const sold = gateway.add({ form });
    gateway.ends = ['lost', 'lost'];
    expect(await pay.cancel({ payment: one })).toMatchObject({ outcome: 'paid' });
    expect(await readError(pay.refund({ payment: one, key: 'r-1' }))).toMatchObject({ reason: 'amount' });
    pass(8 * day);
    gateway.close(sold);
    expect((await pay.refund({ payment: one, key: 'r-1' })).refunds).toMatchObject([{ amount: 4999, state: 'done' }]);
  });

  it.each<[string, Partial<GatewayPayment>]>([
    ['a whole reversal', { supportedOperations: ['refund', 'fullyReverse'] }],
    ['a reversal of a part', { supportedOperations: ['refund', 'partiallyReverse'] }],
    ['nothing', { supportedOperations: [] }],
    ['something unsaid', { supportedOperations: null }],
  ])('blocks a refund after it was lost, while Payroc allows %s', async (_, changed) => {
    const { gateway, pay } = start();
    const sold = gateway.add();
    gateway.ends = ['lost', 'lost'];
    await pay.cancel({ payment });
    Object.assign(sold, changed);
    expect(await readError(pay.refund({ payment, key: 'r-1' }))).toMatchObject({ name: 'OperationRefused', reason: 'amount' });
  });

  it('throws the refusal of Payroc, which has no key of the merchant', async () => {
    const { gateway, pay } = start();
    gateway.add();
    gateway.ends = ['refused'];
    const { message } = await readError(pay.cancel({ payment }));
    expect(message).toBe('Payroc POST /payments/{paymentId}/reverse returned 400, bad-request.');
  });

  it('refuses a payment without an id, and says how to get one', async () => {
    const { gateway, pay } = start();
    gateway.add();
    expect((await readError(pay.cancel({ payment: unanswered }))).message).toMatch(/has none\. Pass the payment that/);
    const unnamed = { ...payment, id: payment.orderId };
    expect((await readError(pay.cancel({ payment: unnamed }))).message).toMatch(/no `id` yet\. Call pay\.query\(\)/);
  });

  it('reverses a bank transfer as a whole', async () => {
    const { gateway, pay } = start();
    gateway.add({ form: 'ach' });
    expect(await pay.cancel({ payment: bankPayment })).toMatchObject({ outcome: 'reversed' });
    expect(listMoves(gateway)).toEqual([bank('reverse')]);
  });
});

describe('pay.refund', () => {
  it.each(views)('reverses a part in an open batch, and the payment stays paid (shown in %s)', async (view) => {
    const { gateway, pay } = start();
    gateway.view = view;
    gateway.add();
    const { refunds } = await pay.refund({ payment, key: 'r-1', amount: 1000 });
    expect(refunds).toMatchObject([{ key: 'r-1', amount: 1000, state: 'done' }]);
    expect(await pay.query(payment)).toMatchObject({ outcome: 'paid', details: { amount: 4999 }, payment, refunds });
    await pay.refund({ payment, key: 'r-2', amount: 1500 });
    expect((await pay.query(payment)).refunds).toMatchObject([{ state: 'done' }, { key: 'r-2', amount: 1500, state: 'done' }]);
    await pay.refund({ payment, key: 'r-3' });
    expect(listMoves(gateway)).toEqual([card('reverse'), card('reverse'), card('reverse')]);
    expect((await pay.query(payment)).refunds.map(({ amount }) => amount)).toEqual([1000, 1500, 2499]);
    expect(await readError(pay.refund({ payment, key: 'r-4', amount: 1 }))).toMatchObject({ reason: 'amount' });
  });

  it('keeps a reversal open that Payroc shows nowhere', async () => {
    const { gateway, pay } = start();
    gateway.view = 'nowhere';
    gateway.add();
    expect((await pay.refund({ payment, key: 'r-1', amount: 1000 })).refunds).toMatchObject([{ amount: 1000, state: 'asked' }]);
    expect(await readError(pay.refund({ payment, key: 'r-2', amount: 4000 }))).toMatchObject({ reason: 'amount' });
  });

  it('reverses the whole payment in an open batch', async () => {
    const { gateway, pay } = start();
    gateway.add();
    expect((await pay.refund({ payment, key: 'r-1' })).refunds).toEqual([{ key: 'r-1', amount: 4999, state: 'done' }]);
    expect((await pay.query(payment)).outcome).toBe('reversed');
    expect(gateway.takeCalls().filter(({ method }) => method === 'POST')).toMatchObject([{ body: {} }]);
  });

  it('refunds a closed batch in parts, and lists each of them', async () => {
    const { gateway, pay } = start();
    gateway.close(gateway.add());
    await pay.refund({ payment, key: 'r-1', amount: 1000 });
    const { refunds } = await pay.refund({ payment, key: 'r-2', amount: 1000 });
    expect(refunds).toEqual([
      { key: 'r-1', id: 'R1', amount: 1000, state: 'done' },
      { key: 'r-2', id: 'R2', amount: 1000, state: 'done' },
    ]);
    expect((await pay.query(payment)).outcome).toBe('paid');
    await pay.refund({ payment, key: 'r-3' });
    expect((await pay.query(payment)).outcome).toBe('refunded');
  });

  it.each<[string, readonly string[], RegExp]>([
    ['the whole payment only', ['fullyReverse', 'refund'], /until its batch closes/],
    ['a capture only', ['capture', 'adjustTip'], /allows `capture` for this payment now/],
  ])('refuses a part where Payroc allows %s', async (_, supportedOperations, message) => {
    const { gateway, pay } = start();
    gateway.add({ supportedOperations });
    expect((await readError(pay.refund({ payment, key: 'r-1', amount: 1000 }))).message).toMatch(message);
    expect(listMoves(gateway)).toEqual([]);
  });

  it('plans the other call if the batch closes meanwhile', async () => {
    const { gateway, pay } = start();
    const sold = gateway.add();
    gateway.onMove = () => gateway.close(sold);
    const { refunds } = await pay.refund({ payment, key: 'r-1', amount: 1000 });
    expect(refunds).toMatchObject([{ id: 'R1', amount: 1000, state: 'done' }]);
    expect(listMoves(gateway)).toEqual([card('reverse'), card('refund')]);
  });

  it('explains the refusal if no other call is allowed', async () => {
    const { gateway, pay } = start();
    const sold = gateway.add();
    gateway.onMove = () => Object.assign(gateway.close(sold) ?? sold, { supportedOperations: [] });
    const error = await readError(pay.refund({ payment, key: 'r-1', amount: 1000 }));
    expect(error).toMatchObject({ reason: 'state', message: expect.stringContaining('cannot be changed so now') as string });
  });

  it('does not send another call for a repeated one that Payroc shows as done', async () => {
    const { gateway, pay } = start();
    const sold = gateway.add();
    gateway.ends = ['lost', 'lost'];
    await pay.refund({ payment, key: 'r-1', amount: 1000 });
    // The first request arrives late, and its key is not recognized.
    gateway.onMove = () => {
      sold.reversed = 1000;
      gateway.close(sold);
    };
    expect((await pay.refund({ payment, key: 'r-1', amount: 1000 })).refunds).toMatchObject([{ key: 'r-1', state: 'done' }]);
    expect(sold.refunds).toEqual([]);
  });

  it('repeats the same request after a lost answer, for a bit less than a week', async () => {
    const { gateway, pay } = start();
    gateway.view = 'nowhere';
    gateway.add();
    gateway.ends = ['lost', 'lost'];
    expect((await pay.refund({ payment, key: 'r-1', amount: 1000 })).refunds).toMatchObject([{ state: 'asked' }]);
    await pay.refund({ payment, key: 'r-1' });
    const keys = gateway.takeCalls().flatMap(({ headers }) => headers['idempotency-key'] ?? []);
    expect([keys.length, new Set(keys).size]).toEqual([3, 1]);
    pass(7 * day - 60 * minute);
    await pay.refund({ payment, key: 'r-1' });
    expect(listMoves(gateway)).toEqual([]);
  });

  it('keeps a refund open whose key is in use', async () => {
    const { gateway, pay } = start();
    gateway.add();
    gateway.ends = ['in-use'];
    expect((await pay.refund({ payment, key: 'r-1', amount: 1000 })).refunds).toMatchObject([{ state: 'asked' }]);
  });

  it('reports a refund that Payroc declined as rejected, and one that it has only received as asked', async () => {
    const { gateway, pay } = start();
    gateway.close(gateway.add());
    gateway.refundWords = { status: 'declined', responseCode: 'D' };
    expect((await pay.refund({ payment, key: 'r-1', amount: 1000 })).refunds).toMatchObject([{ id: 'R1', state: 'rejected' }]);
    gateway.refundWords = { status: 'pending', responseCode: 'E' };
    expect((await pay.refund({ payment, key: 'r-2', amount: 4999 })).refunds[1]).toMatchObject({ id: 'R2', state: 'asked' });
  });

  it('keeps a refund open that the answer does not list', async () => {
    const { gateway, pay } = start();
    gateway.close(gateway.add());
    gateway.addRefund = () => {};
    expect((await pay.refund({ payment, key: 'r-1', amount: 1000 })).refunds).toMatchObject([{ state: 'asked' }]);
  });

  it('takes no earlier refund of the panel for its own, which the answer does not list', async () => {
    const { gateway, pay } = start();
    const sold = gateway.add();
    gateway.close(sold);
    gateway.addRefund(sold, 1000);
    pass(2 * minute);
    const list = gateway.addRefund.bind(gateway);
    gateway.addRefund = () => {};
    expect((await pay.refund({ payment, key: 'r-1', amount: 1000 })).refunds).toMatchObject([
      { key: 'r-1', state: 'asked' },
      { id: 'R1', state: 'done' },
    ]);
    list(sold, 1000);
    expect((await pay.query(payment)).refunds).toMatchObject([{ key: 'r-1', id: 'R2' }, { id: 'R1' }]);
  });

  it('finds its refund in the answer although Payroc dates none of them', async () => {
    const { gateway, pay } = start();
    const sold = gateway.add();
    gateway.close(sold);
    gateway.addRefund = (one, amount) => {
      const refund = { refundId: `R${one.refunds.length + 1}`, currency: 'USD', amount, status: 'ready', responseCode: 'A' };
      one.refunds.push(refund as (typeof one.refunds)[number]);
    };
    gateway.addRefund(sold, 1000);
    expect((await pay.refund({ payment, key: 'r-1', amount: 1000 })).refunds[0]).toMatchObject({ key: 'r-1', id: 'R2', state: 'done' });
  });

  it('recognizes refunds whose answers were lost by their amounts and their times', async () => {
    const { gateway, pay } = start();
    const sold = gateway.add();
    gateway.close(sold);
    gateway.addRefund(sold, 1000);
    Object.assign(sold.refunds[0]!, { dateTime: '2026-01-01T10:00:00Z' });
    for (const key of ['r-1', 'r-2']) {
      gateway.ends = ['answer-lost', 'answer-lost'];
      await pay.refund({ payment, key, amount: 1000 });
    }
    expect((await pay.query(payment)).refunds).toMatchObject([
      { key: 'r-1', id: 'R2', state: 'done' },
      { key: 'r-2', id: 'R3', state: 'done' },
      { id: 'R1', state: 'done' },
    ]);
  });

  it('does not guess which of two equal refunds was done', async () => {
    const { gateway, pay } = start();
    gateway.close(gateway.add());
    gateway.ends = ['lost', 'lost', 'lost', 'lost'];
    await pay.refund({ payment, key: 'r-1', amount: 1000 });
    await pay.refund({ payment, key: 'r-2', amount: 1000 });
    gateway.addRefund(gateway.payments[0]!, 1000);
    const { refunds } = await pay.query(payment);
    expect(refunds.map(({ key, state }) => [key, state])).toEqual([
      ['r-1', 'asked'],
      ['r-2', 'asked'],
      [undefined, 'done'],
    ]);
  });

  it('refunds a part of a bank transfer only once its batch is closed', async () => {
    const { gateway, pay } = start();
    const sold = gateway.add({ form: 'ach' });
    expect((await readError(pay.refund({ payment: bankPayment, key: 'r-1', amount: 1000 }))).message).toMatch(/until its batch closes/);
    gateway.close(sold);
    expect((await pay.refund({ payment: bankPayment, key: 'r-1', amount: 1000 })).refunds).toMatchObject([{ state: 'done' }]);
    expect(listMoves(gateway)).toEqual([bank('refund')]);
  });

  it('returns a whole bank transfer in an open batch by a reversal', async () => {
    const { gateway, pay } = start();
    gateway.add({ form: 'ach' });
    expect((await pay.refund({ payment: bankPayment, key: 'r-1' })).refunds).toMatchObject([{ state: 'done' }]);
    expect(listMoves(gateway)).toEqual([bank('reverse')]);
  });

  it('refuses a bank transfer in a state that is not known', async () => {
    const { gateway, pay } = start();
    gateway.add({ form: 'ach', result: { type: 'payment', status: 'accepted', responseCode: 'A' } });
    expect((await readError(pay.refund({ payment: bankPayment, key: 'r-1' }))).message).toMatch(/The status of the bank transfer/);
    gateway.answer = () => Response.json({ paymentId: payment.id, order: {}, bankAccount: {} });
    expect((await readError(pay.cancel({ payment: bankPayment }))).message).toMatch(/The status of the bank transfer/);
  });

  it('takes the words of a bank transfer that has supportedOperations, except a reversal of a part', async () => {
    const { gateway, pay } = start();
    gateway.answer = () =>
      Response.json({
        ...gateway.show({ ...gateway.payments[0]! }),
        supportedOperations: ['partiallyReverse'],
      });
    gateway.add({ form: 'ach' });
    expect((await readError(pay.refund({ payment: bankPayment, key: 'r-1', amount: 1000 }))).message).toMatch(/no call that moves money/);
  });

  it('throws the error of a refund that Payroc refused, and its key can be used again', async () => {
    const { gateway, pay } = start();
    gateway.add();
    gateway.answer = undefined;
    gateway.ends = ['refused'];
    expect(await readError(pay.refund({ payment, key: 'r-1', amount: 1000 }))).toMatchObject({ kind: 'upstream-request' });
    expect((await pay.refund({ payment, key: 'r-1', amount: 1000 })).refunds).toMatchObject([{ state: 'done' }]);
  });

  it('requires another key where Payroc repeats its refusal of one', async () => {
    const { gateway, pay } = start();
    gateway.add();
    Object.assign(gateway, { keepsRefusals: true, ends: ['refused'] });
    for (let n = 0; n < 2; n += 1) {
      const error = await readError(pay.refund({ payment, key: 'r-1', amount: 1000 }));
      expect(error).toMatchObject({
        kind: 'upstream-request',
        message: expect.stringMatching(/the key r-1 .* use another key\.$/) as string,
      });
    }
    expect((await pay.refund({ payment, key: 'r-2', amount: 1000 })).refunds).toMatchObject([{ key: 'r-2', state: 'done' }]);
  });

  it('requires another key where Payroc has refused one with another amount', async () => {
    const { gateway, pay } = start();
    gateway.add();
    Object.assign(gateway, { keepsRefusals: true, ends: ['refused'] });
    await readError(pay.refund({ payment, key: 'r-1', amount: 1000 }));
    // Another process may have sent the same request a moment ago.
    expect((await pay.refund({ payment, key: 'r-1', amount: 500 })).refunds).toMatchObject([{ state: 'asked' }]);
    pass(10 * minute - 1);
    expect((await pay.refund({ payment, key: 'r-1', amount: 500 })).refunds).toMatchObject([{ state: 'asked' }]);
    pass(1);
    const error = await readError(pay.refund({ payment, key: 'r-1', amount: 500 }));
    expect(error).toBeInstanceOf(OperationRefused);
    expect(error).toMatchObject({ reason: 'key', message: expect.stringMatching(/the key r-1 .* use another key/) as string });
    expect((await pay.refund({ payment, key: 'r-2' })).refunds).toEqual([{ key: 'r-2', amount: 4999, state: 'done' }]);
  });

  it.each([1000, 500])('returns money once for a key after the ledger is lost: %i again', async (amount) => {
    const { gateway, pay } = start();
    const sold = gateway.add();
    gateway.close(sold);
    await pay.refund({ payment, key: 'r-1', amount: 1000 });
    pass(day);
    const { refunds } = await start({ gateway }).pay.refund({ payment, key: 'r-1', amount });
    expect(refunds.filter(({ state }) => state === 'done').map((one) => one.amount)).toEqual([1000]);
    expect(sold.refunds).toHaveLength(1);
  });

  it('does not tell the merchant what Payroc wrote in an error', async () => {
    const { gateway, pay } = start();
    gateway.answer = () => createProblem(403, 'forbidden');
    const { message } = await readError(pay.refund({ payment, key: 'r-1' }));
    expect(message).toBe('Payroc GET /payments/{paymentId} returned 403, forbidden.');
  });
});

describe('pay.capture', () => {
  it('captures a part of a hold, which is then paid', async () => {
    const { gateway, outcomes, pay } = start();
    gateway.addHold();
    expect(await pay.query(hold)).toMatchObject({ outcome: 'authorized', details: { amount: 4999 } });
    expect(await pay.capture({ payment: hold, amount: 3000, key: 'c-1' })).toMatchObject({ outcome: 'paid', details: { amount: 3000 } });
    expect(await pay.settle(hold)).toMatchObject({ outcome: 'paid', details: { amount: 3000 } });
    expect(outcomes).toMatchObject([{ payment: hold }]);
    expect(await readError(pay.refund({ payment: hold, key: 'r-1', amount: 3001 }))).toMatchObject({ reason: 'amount' });
    await pay.refund({ payment: hold, key: 'r-1', amount: 1000 });
    expect(await pay.query(hold)).toMatchObject({ outcome: 'paid', details: { amount: 3000 }, refunds: [{ amount: 1000, state: 'done' }] });
  });

  it.each(['authorizedAmount', 'order', 'nowhere'] as const)('never counts more than it captured (shown in %s)', async (view) => {
    const { gateway, pay } = start();
    gateway.view = view;
    gateway.addHold();
    await pay.capture({ payment: hold, amount: 3000, key: 'c-1' });
    expect(await pay.query(hold)).toMatchObject({ outcome: 'paid', details: { amount: 3000 } });
    expect(await readError(pay.refund({ payment: hold, key: 'r-1', amount: 3001 }))).toMatchObject({ reason: 'amount' });
  });

  it('captures all by default', async () => {
    const { gateway, pay } = start();
    gateway.addHold();
    expect(await pay.capture({ payment: hold, key: 'c-1' })).toMatchObject({ outcome: 'paid', details: { amount: 4999 } });
    expect(gateway.takeCalls().find(({ method }) => method === 'POST')?.body).toEqual({ amount: 4999 });
  });

  it.each(['authorizedAmount', 'order', 'nowhere'] as const)('reads a capture of the panel as paid (shown in %s)', async (view) => {
    const { gateway, pay } = start();
    gateway.view = view;
    const captured = { type: 'preAuthorizationCompletion', status: 'ready', responseCode: 'A' };
    gateway.addHold({ captured: 3000, result: captured });
    expect((await pay.query(hold)).outcome).toBe('paid');
  });

  it('refuses a second capture', async () => {
    const { gateway, pay } = start();
    gateway.addHold({ supportedOperations: ['capture'] });
    await pay.capture({ payment: hold, amount: 3000, key: 'c-1' });
    expect((await readError(pay.capture({ payment: hold, amount: 1000, key: 'c-2' }))).message).toMatch(/not captured before/);
  });

  it('recognizes a capture whose answer was lost', async () => {
    const { gateway, pay } = start();
    gateway.addHold();
    gateway.ends = ['answer-lost', 'answer-lost'];
    expect(await pay.capture({ payment: hold, amount: 3000, key: 'c-1' })).toMatchObject({ outcome: 'paid', details: { amount: 3000 } });
  });

  it('captures a hold that the terminal ran as a sale', async () => {
    const { gateway, pay } = start();
    const sold = gateway.add({ result: { type: 'sale', status: 'pending', responseCode: 'A' }, supportedOperations: ['capture'] });
    expect((await pay.query(hold)).outcome).toBe('authorized');
    expect(await pay.capture({ payment: hold, amount: 3000, key: 'c-1' })).toMatchObject({ outcome: 'paid' });
    sold.result = { ...sold.result, type: 'sale' };
    expect(await pay.query(hold)).toMatchObject({ outcome: 'paid', details: { amount: 3000 } });
  });

  it.each([undefined, null])('recognizes its capture where Payroc names no type (%s)', async (type) => {
    const { gateway, pay } = start();
    const show = gateway.show.bind(gateway);
    gateway.show = (one) => {
      const { transactionResult, ...shown } = show(one) as { transactionResult: object };
      return { ...shown, transactionResult: { ...transactionResult, type } };
    };
    const held = gateway.addHold();
    expect(await pay.query(hold)).toMatchObject({ outcome: 'authorized' });
    expect(await pay.capture({ payment: hold, amount: 3000, key: 'c-1' })).toMatchObject({ outcome: 'paid', details: { amount: 3000 } });
    gateway.close(held);
    expect((await pay.refund({ payment: hold, key: 'r-1' })).refunds).toMatchObject([{ amount: 3000, state: 'done' }]);
    expect(await pay.query(hold)).toMatchObject({ outcome: 'refunded' });
  });

  it.each<[string, Partial<GatewayPayment>]>([
    ['still allows a capture', { supportedOperations: ['capture', 'fullyReverse'] }],
    ['allows nothing', { supportedOperations: [] }],
    ['does not say what it allows', { supportedOperations: null }],
    ['holds it back', { supportedOperations: ['fullyReverse'], result: { status: 'pending', responseCode: 'A' } }],
  ])('stays open where Payroc names no type, and %s', async (_, changed) => {
    const { gateway, pay } = start();
    const held = gateway.addHold({ result: { status: 'pending', responseCode: 'A' }, supportedOperations: ['capture'] });
    gateway.onMove = () => Object.assign(held, { result: { status: 'ready', responseCode: 'A' }, ...changed });
    gateway.ends = ['lost', 'lost'];
    expect(await pay.capture({ payment: hold, amount: 3000, key: 'c-1' })).toMatchObject({ outcome: 'authorized' });
    expect(await readError(pay.refund({ payment: hold, key: 'r-1' }))).toBeInstanceOf(OperationRefused);
  });

  it('counts a hold without a type as open, if it was not captured by us', async () => {
    const { gateway, pay } = start();
    gateway.addHold({ result: { status: 'ready', responseCode: 'A' }, supportedOperations: ['fullyReverse'] });
    expect(await pay.query(hold)).toMatchObject({ outcome: 'authorized' });
  });

  it('stays open if the answer still shows a hold', async () => {
    const { gateway, pay } = start();
    const held = gateway.addHold();
    gateway.ends = [];
    gateway.show = (
      (show) => (one: GatewayPayment) =>
        show.call(gateway, { ...one, result: { ...held.result, type: 'preAuthorization' } })
    )(gateway.show.bind(gateway));
    expect(await pay.capture({ payment: hold, amount: 3000, key: 'c-1' })).toMatchObject({ outcome: 'authorized' });
    expect(((await readError(pay.capture({ payment: hold, amount: 1000, key: 'c-2' }))) as OperationRefused).reason).toBe('undecided');
  });

  it('is not supported for a bank transfer', async () => {
    const { gateway, pay } = start();
    gateway.add({ form: 'ach', result: { type: 'preAuthorization', status: 'ready', responseCode: 'A' } });
    expect(await readError(pay.capture({ payment: bankPayment, key: 'c-1' }))).toBeInstanceOf(OperationNotSupported);
  });
});

const order = { reference: 'A-1001', amount: 4999, currency: 'USD' } as const;
const savedCard = { provider: 'payroc', environment: 'sandbox', token: '296753123456', id: 'MREF_1' } as const;

describe('pay.charge', () => {
  it('charges a saved card, and passes the outcome to onOutcome', async () => {
    const { outcomes, pay } = start();
    const outcome = await pay.charge({ card: savedCard, order, key: 'k-1' });
    expect(outcome).toMatchObject({ outcome: 'paid', payment: { id: 'P1', form: 'card', amount: 4999, currency: 'USD' } });
    expect(outcome).not.toHaveProperty('savedCard');
    expect(outcomes).toEqual([outcome]);
  });

  it.each(['answer-lost', 'lost'] as const)('never charges twice for a key, also after an answer was lost (%s)', async (end) => {
    const { gateway, pay } = start();
    gateway.ends = [end, end];
    const first = await pay.charge({ card: savedCard, order, key: 'k-1' });
    expect(first).toMatchObject(end === 'lost' ? { outcome: 'pending', reason: 'unanswered' } : { outcome: 'paid' });
    expect(await pay.charge({ card: savedCard, order, key: 'k-1' })).toMatchObject({ outcome: 'paid' });
    await pay.charge({ card: savedCard, order, key: 'k-1' });
    expect(gateway.payments).toHaveLength(1);
  });

  it('finds the charge of a key in Payroc’s list after the record of it is lost', async () => {
    const gateway = new PayrocGateway();
    await start({ gateway }).pay.charge({ card: savedCard, order, key: 'k-1' });
    gateway.payments.push({ ...gateway.payments[0]!, paymentId: 'other', orderId: 'A-1002-00000000' });
    pass(8 * day);
    expect(await start({ gateway }).pay.charge({ card: savedCard, order, key: 'k-1' })).toMatchObject({ payment: { id: 'P1' } });
    expect(gateway.payments).toHaveLength(2);
  });

  it('charges nothing while Payroc does not list its sales', async () => {
    const { gateway, pay } = start();
    gateway.answer = () => {
      gateway.answer = () => createProblem(403, 'forbidden');
      return createProblem(403, 'forbidden');
    };
    expect(await readError(pay.charge({ card: savedCard, order, key: 'k-1' }))).toMatchObject({ kind: 'upstream-scope' });
    expect(gateway.payments).toEqual([]);
  });

  it('does not charge another order with a key that was used', async () => {
    const { gateway, pay } = start();
    await pay.charge({ card: savedCard, order, key: 'k-1' });
    const other = { ...order, reference: 'A-1002' };
    expect(await pay.charge({ card: savedCard, order: other, key: 'k-1' })).toMatchObject({ outcome: 'pending', reason: 'unanswered' });
    expect(gateway.payments).toHaveLength(1);
  });

  it('charges an order once, whatever the key', async () => {
    const { gateway, pay } = start();
    await pay.charge({ card: savedCard, order, key: 'k-1' });
    expect(await pay.charge({ card: savedCard, order, key: 'k-2' })).toMatchObject({ outcome: 'paid', payment: { id: 'P1' } });
    expect(gateway.payments).toHaveLength(1);
  });

  it('returns the declined charge of a key again', async () => {
    const { gateway, pay } = start();
    gateway.sold = { result: { type: 'sale', status: 'declined', responseCode: 'D' } };
    for (let n = 0; n < 2; n += 1) {
      expect(await pay.charge({ card: savedCard, order, key: 'k-1' })).toMatchObject({ outcome: 'declined' });
    }
    expect(gateway.payments).toHaveLength(1);
  });

  it('holds a card', async () => {
    const { pay } = start();
    const held = await pay.charge({ card: savedCard, order: { ...order, capture: 'later' }, key: 'k-1' });
    expect(held).toMatchObject({ outcome: 'authorized', payment: { capture: 'later' } });
  });

  it.each<[string, object, object]>([
    ['an order that is paid', { paid: true }, {}],
    ["an order with save: 'only'", { save: 'only', amount: 0 }, {}],
    ['a hold of a bank account', { capture: 'later' }, { numbers: { form: 'pad' } }],
  ])('refuses %s', async (_, changed, numbers) => {
    const { gateway, pay } = start();
    const error = await readError(pay.charge({ card: { ...savedCard, ...numbers }, order: { ...order, ...changed }, key: 'k-1' }));
    expect(error).toMatchObject({ name: 'Problem', kind: 'invalid' });
    expect(gateway.takeCalls()).toEqual([]);
  });
});

describe('what a payment and a saved card carry', () => {
  it.each<[string, object, object]>([
    ['a payment', {}, {}],
    ['a hold', { capture: 'later' }, { capture: 'later' }],
    ["an order with save: 'only'", { save: 'only', amount: 0 }, { save: 'only', amount: 0 }],
  ])('names form and price from the token on: %s', async (_, changed, expected) => {
    const onToken = vi.fn();
    const gateway = new PayrocGateway();
    const pay = startProcess({ gateway, order: { ...order, ...changed }, onToken });
    gateway.answer = () => Response.json(session, { status: 201 });
    expect((await pay.token(createRequest(tokenBody))).status).toBe(200);
    const known = { provider: 'payroc', environment: 'sandbox', order: 'A-1001', form: 'card', amount: 4999, currency: 'USD' };
    expect(onToken.mock.calls).toMatchObject([[{ payment: { ...known, ...expected } }]]);
    expect(Object.keys((onToken.mock.calls[0] as [{ payment: object }])[0].payment)).toHaveLength(
      Object.keys({ ...known, ...expected }).length,
    );
  });

  it.each<[string, object, object]>([
    ['its first payment', { cardSchemeReferenceId: '0125042023' }, { paymentId: 'M2MJOG6O2Y', cardSchemeReferenceId: '0125042023' }],
    ['its first payment, without a reference of the scheme', {}, { paymentId: 'M2MJOG6O2Y' }],
    ['nothing else, if Payroc does not name the payment', { isBare: true }, {}],
  ])('names the form of a card that was saved with a payment, and %s', async (_, result, numbers) => {
    const { gateway, outcomes, pay } = start({ order: { ...order, save: true } });
    const secureTokenId = 'MREF_1';
    const bare = 'isBare' in result && { paymentId: null, transactionResult: null };
    const sold = { ...createSale({ order: { orderId: null }, result }), ...bare };
    const list = () => Response.json({ data: [] });
    const answers = [list, () => Response.json({ ...sold, card: { secureToken: { ...secureToken, secureTokenId } } }, { status: 201 })];
    const next = () => {
      const respond = answers.shift()!;
      if (answers.length > 0) gateway.answer = next;
      return respond();
    };
    gateway.answer = next;
    await pay.outcome(createRequest(createOutcomeBody()));
    const savedCard = { provider: 'payroc', environment: 'sandbox', token: secureToken.token, id: secureTokenId };
    expect(outcomes[0]?.savedCard).toEqual({ ...savedCard, numbers: { form: 'card', ...numbers } });
  });

  it.each<[string, Partial<PayrocOptions>, object, RegExp]>([
    ['a hold of a bank account', { form: 'ach' }, { capture: 'later' }, /charges a bank account at once/],
    ['a hold where only cards are saved', { scenario: 'tokenization' }, { capture: 'later' }, /takes no payment/],
    ['a payment that saves the card where only cards are saved', { scenario: 'tokenization' }, { save: true }, /takes no payment/],
  ])('refuses a token for %s', async (_, changed, added, detail) => {
    const { gateway, pay } = start({ changed, order: { ...order, ...added } });
    const answer = await pay.token(createRequest(tokenBody));
    expect([answer.status, ((await answer.json()) as { detail: string }).detail]).toEqual([422, expect.stringMatching(detail)]);
    expect(gateway.takeCalls()).toEqual([]);
  });
});
