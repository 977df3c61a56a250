import { describe, expect, it } from 'vitest';
import type { PaymentOutcome } from '../../../../src/server.js';
import { DocumentedPayme, operationNumber, payment, startProcess, transactionId, type DocumentedOptions } from './documented-payme.js';
import { queryRecord } from './query-record.js';

const listed = (changes: object = {}) => ({
  refund_id: '922178aa',
  state: 'RESOLVED',
  type: 'PARTIAL',
  merchant_operation_number: operationNumber,
  refund_amount: '50',
  additional_fields: null,
  ...changes,
});

function start(options?: DocumentedOptions) {
  const upstream = new DocumentedPayme(options);
  return { upstream, pay: startProcess(upstream) };
}

describe('pay.query of a Pay-me payment', () => {
  it('requests the charge and its refunds', async () => {
    const { upstream, pay } = start({ state: 'LIQUIDADO' });
    expect(await pay.query(payment)).toEqual({
      payment,
      outcome: 'paid',
      details: { method: 'CARD', amount: 1050, currency: 'PEN', operationNumber, transactionId },
      refunds: [],
    });
    expect(upstream.paths).toEqual([
      `GET /charges/your_merchant_code/${operationNumber}/${transactionId}`,
      `GET /refund/your_merchant_code/${operationNumber}`,
    ]);
  });

  it.each(['PENDIENTE', 'REGISTRADO', 'DENEGADO', 'CANCELADO', 'EXTORNADO'])(
    'requests no refunds of a payment that is %s',
    async (state) => {
      const { upstream, pay } = start({ state });
      await pay.query(payment);
      expect(upstream.paths).toHaveLength(1);
    },
  );

  it('is pending without a transaction id, and does not call Pay-me', async () => {
    const { upstream, pay } = start();
    const { transactionId: _, ...issued } = payment;
    for (const stored of [issued, { ...issued, transactionId: null as unknown as string }])
      expect(await pay.query(stored)).toMatchObject({ payment: issued, outcome: 'pending', reason: 'not-found', refunds: [] });
    expect(upstream.calls).toEqual([]);
  });

  it.each([
    [{ operationNumber: '../token' }, 'operationNumber'],
    [{ operationNumber: undefined }, 'operationNumber'],
    [{ transactionId: '../../token' }, 'transactionId'],
  ])('rejects a stored payment with %j without quoting it', async (changes, field) => {
    const { upstream, pay } = start();
    const failure = pay.query({ ...payment, ...(changes as object) });
    await expect(failure).rejects.toThrow(new RegExp(`^The payment: \`${field}\` should be`));
    await expect(failure).rejects.not.toThrow(/\.\.\//);
    expect(upstream.calls).toEqual([]);
  });

  it('accepts numbers for digits, as some databases return them', async () => {
    const { pay } = start();
    expect(await pay.query({ ...payment, operationNumber: Number(operationNumber) })).toMatchObject({ outcome: 'paid' });
  });

  it('compares the charge with the price that the payment was made for', async () => {
    const { pay } = start({ amount: '105' });
    const status = await pay.query(payment);
    expect(status).toMatchObject({ outcome: 'pending', reason: 'price', payment: { amount: 1050 }, details: { amount: 105 } });
  });

  it('is forged for the record of another merchant', async () => {
    const { upstream, pay } = start();
    const record = { merchant_operation_number: operationNumber, state: 'AUTORIZADO', amount: '1050', currency: '604', transactions: [] };
    upstream.script['GET charges'] = [Response.json({ success: true, merchant_code: 'another', operation: record })];
    expect(await pay.query(payment)).toMatchObject({ outcome: 'forged', reason: 'order' });
  });

  it.each([
    ['REGISTERED', 'asked'],
    ['IN_PROCESS', 'asked'],
    ['RESOLVED', 'done'],
    ['REJECTED', 'rejected'],
    ['DEVUELTO', 'asked'],
    [undefined, 'asked'],
  ])('reads a refund that is %s as %s', async (state, expected) => {
    const { upstream, pay } = start();
    upstream.refunds.push(listed({ state }));
    expect((await pay.query(payment)).refunds).toEqual([{ id: '922178aa', amount: 50, state: expected }]);
  });

  it('is refunded once Pay-me has resolved refunds of the whole amount', async () => {
    const { upstream, pay } = start();
    upstream.refunds.push(listed({ refund_amount: '1000' }), listed());
    expect(await pay.query(payment)).toMatchObject({ outcome: 'refunded' });
  });

  it('reads refunds without id and number, with keys, and of another operation', async () => {
    const { upstream, pay } = start();
    const [nameless, keyed, foreign] = [
      listed({ refund_id: null, merchant_operation_number: null }),
      listed({ refund_id: 77, additional_fields: { key: 'r-1' }, merchant_operation_number: Number(operationNumber), refund_amount: 60 }),
      listed({ merchant_operation_number: '999999999' }),
    ];
    upstream.refunds.push(nameless, keyed, foreign, listed({ additional_fields: { key: 5 } }));
    expect((await pay.query(payment)).refunds).toEqual([
      { amount: 50, state: 'done' },
      { id: '77', key: 'r-1', amount: 60, state: 'done' },
      { id: '922178aa', amount: 50, state: 'done' },
    ]);
  });

  it.each([
    ['404', () => new Response(null, { status: 404 })],
    ['an unknown order', () => Response.json({ success: 'false', meta: { status: { code: '05' } } })],
    ['an empty list', () => Response.json({ success: 'true', operations: [] })],
    ['403, because the scope of the list is documented nowhere', () => new Response(null, { status: 403 })],
  ])('has no refunds after %s', async (_, answer) => {
    const { upstream, pay } = start();
    upstream.script['GET refund'] = [answer()];
    expect(await pay.query(payment)).toMatchObject({ outcome: 'paid', refunds: [] });
  });

  it.each([
    ['an error', () => new Response(null, { status: 400 })],
    ['a failure', () => Response.json({ success: 'false', meta: { status: { code: '03' } } })],
    ['no JSON', () => new Response('<html>')],
    ['an amount that cannot be added up', () => Response.json({ operations: [listed({ refund_amount: '10.50' })] })],
  ])('fails if the list of refunds is %s', async (_, answer) => {
    const { upstream, pay } = start();
    // An answer that cannot be read is requested once more.
    upstream.script['GET refund'] = [answer(), answer()];
    await expect(pay.query(payment)).rejects.toMatchObject({ name: 'Problem' });
  });

  it('lists refunds of a payment whose state is unknown, because a refund may have changed it', async () => {
    const { upstream, pay } = start({ state: 'DEVUELTO' });
    upstream.refunds.push(listed());
    expect(await pay.query(payment)).toMatchObject({ outcome: 'pending', reason: 'unknown-state', refunds: [{ amount: 50 }] });
  });
});

describe("Pay-me's record of a payment", () => {
  it.each([
    ['CANCELADO', 'PENDIENTE', false],
    ['DENEGADO', 'PENDIENTE', false],
    ['EXTORNADO', 'PENDIENTE', false],
    ['EXPIRADO', 'EXPIRADO', false],
    ['AUTORIZADO', 'AUTORIZADO', false],
    ['CANCELADO', 'AUTORIZADO', false],
    ['DENEGADO', 'CANCELADO', true],
    ['PENDIENTE', 'CANCELADO', true],
    ['EXTORNADO', 'EXTORNADO', true],
  ])('shows a cancellation only of the operation (transaction %s, operation %s)', async (state, operationState, isCancelled) => {
    const record = await queryRecord(new DocumentedPayme({ state, operationState }));
    expect(record).toMatchObject({ isCancelled, showsCancel: true });
  });

  it('shows no cancellation of another merchant', async () => {
    const upstream = new DocumentedPayme();
    const operation = { merchant_operation_number: operationNumber, state: 'EXTORNADO', amount: '1050', currency: '604', transactions: [] };
    upstream.script['GET charges'] = [Response.json({ success: true, merchant_code: 'another', operation })];
    expect(await queryRecord(upstream)).toMatchObject({ outcome: 'forged', isCancelled: false });
  });
});

describe('pay.settle of a Pay-me payment', () => {
  it('compares it with the order of today, and keeps the price that it was made for', async () => {
    const outcomes: PaymentOutcome[] = [];
    const upstream = new DocumentedPayme();
    const pay = startProcess(upstream, {
      orderByReference: () => ({ reference: 'A-1001', amount: 2000, currency: 'PEN' }),
      onOutcome: (outcome) => void outcomes.push(outcome),
    });
    await pay.settle(payment);
    expect(outcomes).toHaveLength(1);
    expect(outcomes[0]).toMatchObject({ outcome: 'pending', reason: 'price', payment, details: { amount: 1050 }, refunds: [] });
    expect(Object.keys(outcomes[0]!)).not.toContain('stage');
  });

  it('reports a payment without a transaction id as pending', async () => {
    const { transactionId: _, ...issued } = payment;
    const upstream = new DocumentedPayme();
    const pay = startProcess(upstream, { orderByReference: () => ({ reference: 'A-1001', amount: 1050, currency: 'PEN' }) });
    expect(await pay.settle(issued)).toMatchObject({ outcome: 'pending', reason: 'not-found', payment: issued });
    expect(upstream.calls).toEqual([]);
  });
});
