import { describe, expect, it } from 'vitest';
import { createProcessLedger } from '../../../../src/server/operations/ledger.js';
import { DocumentedPayme, operationNumber, payment, startProcess, type CallEnd, type DocumentedOptions } from './documented-payme.js';

function start(options?: DocumentedOptions) {
  const upstream = new DocumentedPayme(options);
  return { upstream, pay: startProcess(upstream) };
}

const posts = ({ paths }: DocumentedPayme) => paths.filter((path) => path === 'POST /refund').length;

describe('pay.refund of a Pay-me payment', () => {
  it('is asked until Pay-me resolves it', async () => {
    const { upstream, pay } = start();
    const refund = { key: 'r-1', id: '922178aa-1', amount: 1050 };
    expect(await pay.refund({ payment, key: 'r-1' })).toEqual({ payment, refunds: [{ ...refund, state: 'asked' }] });
    upstream.refunds[0]!.state = 'IN_PROCESS';
    expect(await pay.query(payment)).toMatchObject({ outcome: 'paid', refunds: [{ ...refund, state: 'asked' }] });
    upstream.refunds[0]!.state = 'RESOLVED';
    expect(await pay.query(payment)).toMatchObject({ outcome: 'refunded', refunds: [{ ...refund, state: 'done' }] });
  });

  it('frees the amount of a rejected refund for another key', async () => {
    const { upstream, pay } = start();
    await pay.refund({ payment, key: 'r-1' });
    upstream.refunds[0]!.state = 'REJECTED';
    const { refunds } = await pay.refund({ payment, key: 'r-2' });
    expect(refunds.map(({ key, state }) => [key, state])).toEqual([
      ['r-1', 'rejected'],
      ['r-2', 'asked'],
    ]);
  });

  it('sends the same key once', async () => {
    const { upstream, pay } = start();
    await Promise.all([pay.refund({ payment, key: 'r-1', amount: 50 }), pay.refund({ payment, key: 'r-1', amount: 50 })]);
    await pay.refund({ payment, key: 'r-1', amount: 50 });
    expect(posts(upstream)).toBe(1);
  });

  it('adds up what was refunded in the panel', async () => {
    const { upstream, pay } = start();
    const panel = { refund_id: 'p-1', state: 'REGISTERED', type: 'PARTIAL', merchant_operation_number: operationNumber };
    upstream.refunds.push({ ...panel, refund_amount: '1000', additional_fields: null });
    await expect(pay.refund({ payment, key: 'r-1', amount: 51 })).rejects.toMatchObject({ reason: 'amount' });
    await pay.refund({ payment, key: 'r-1' });
    expect(upstream.refunds[1]).toMatchObject({ type: 'PARTIAL', refund_amount: '50' });
  });

  it('finds a refund whose answer was lost by its key, and does not repeat it', async () => {
    const { upstream, pay } = start({ ends: ['answer-lost'] });
    const { refunds } = await pay.refund({ payment, key: 'r-1' });
    expect(refunds).toEqual([{ key: 'r-1', id: '922178aa-1', amount: 1050, state: 'asked' }]);
    upstream.refunds[0]!.state = 'RESOLVED';
    expect(await pay.refund({ payment, key: 'r-1' })).toMatchObject({ refunds: [{ state: 'done' }] });
    expect(posts(upstream)).toBe(1);
  });

  it('leaves a refund asked that may never have arrived, and counts it', async () => {
    const { upstream, pay } = start({ ends: ['lost'] });
    for (let n = 0; n < 2; n += 1)
      expect((await pay.refund({ payment, key: 'r-1', amount: 1000 })).refunds).toEqual([{ key: 'r-1', amount: 1000, state: 'asked' }]);
    await expect(pay.refund({ payment, key: 'r-2', amount: 51 })).rejects.toMatchObject({ reason: 'amount' });
    expect(posts(upstream)).toBe(1);
  });

  it('leaves a refund asked if Pay-me then fails altogether', async () => {
    const { upstream } = start({ ends: ['answer-lost'] });
    const failing: typeof upstream.fetch = async (url, init) => {
      const isDown = posts(upstream) > 0;
      return isDown ? new Response(null, { status: 400 }) : upstream.fetch(url, init);
    };
    const pay = startProcess({ fetch: failing } as DocumentedPayme);
    expect((await pay.refund({ payment, key: 'r-1' })).refunds).toEqual([{ key: 'r-1', amount: 1050, state: 'asked' }]);
    expect(posts(upstream)).toBe(1);
  });

  it('can be repeated with its key after Pay-me refused it', async () => {
    const { upstream, pay } = start({ ends: ['refused'] });
    await expect(pay.refund({ payment, key: 'r-1' })).rejects.toMatchObject({ name: 'Problem', kind: 'upstream-request' });
    expect((await pay.refund({ payment, key: 'r-1' })).refunds).toMatchObject([{ key: 'r-1', state: 'asked' }]);
    expect(posts(upstream)).toBe(2);
  });

  it.each<[string, object, string]>([
    [
      'a rejection, whatever `success` and `meta` say',
      { success: 'true', operations: [{ refund_id: 7, state: 'REJECTED' }], meta: { status: { code: '00' } } },
      'rejected',
    ],
    ['an unknown word', { success: 'true', operations: [{ refund_id: 'x', state: 'DONE' }] }, 'asked'],
    ['an error without an operation', { success: 'false', meta: { status: { code: '03' } } }, 'asked'],
    ['no operation', { success: 'true', operations: [] }, 'asked'],
    ['an error in another shape', { success: 'false', meta: { status: '05' } }, 'asked'],
    ['an operation beside an error', { operations: [{ state: 'REGISTERED' }], meta: { status: { code: '05' } } }, 'asked'],
    ['another operation', { operations: [{ state: 'RESOLVED', merchant_operation_number: '999999999' }] }, 'asked'],
    ['another key', { operations: [{ state: 'RESOLVED', additional_fields: { key: 'r-9' } }] }, 'asked'],
    ['its key', { operations: [{ state: 'RESOLVED', additional_fields: { key: 'r-1' } }] }, 'done'],
  ])('reads %s in the answer', async (_, answer, state) => {
    const { upstream, pay } = start();
    upstream.script['POST refund'] = [Response.json(answer)];
    expect((await pay.refund({ payment, key: 'r-1' })).refunds).toMatchObject([{ key: 'r-1', state }]);
  });

  it.each([
    ['05', undefined, /does not find the order/],
    ['06', null, /not sent correctly/],
    ['06', [], /not sent correctly/],
  ])('is refused by the code %s with %j as its operations, and can be sent again', async (code, operations, message) => {
    const { upstream, pay } = start();
    upstream.script['POST refund'] = [Response.json({ success: 'false', operations, meta: { status: { code } } })];
    const failure = pay.refund({ payment, key: 'r-1' });
    await expect(failure).rejects.toMatchObject({
      name: 'OperationRefused',
      reason: 'state',
      message: expect.stringMatching(message) as string,
    });
    expect((await pay.query(payment)).refunds).toEqual([]);
    expect((await pay.refund({ payment, key: 'r-1' })).refunds).toMatchObject([{ key: 'r-1', id: '922178aa-1', state: 'asked' }]);
    expect(posts(upstream)).toBe(2);
  });

  it.each(['QR', 'BANK_TRANSFER', 'PAGOEFECTIVO', 'PLIN'])('is not supported for %s, and says what to do instead', async (method) => {
    for (const state of ['AUTORIZADO', 'LIQUIDADO']) {
      const { upstream, pay } = start({ state, method });
      const error = await pay.refund({ payment, key: 'r-1' }).catch((one: unknown) => one);
      expect(error).toMatchObject({ name: 'OperationNotSupported', provider: 'payme', operation: 'refund' });
      expect(String(error)).toContain('Pay-me refunds only payments by CARD, YAPE, or CUOTEALO, and this one is by ');
      expect(String(error)).toContain('bank transfer of your own');
      expect(String(error)).not.toContain('PLIN');
      expect(posts(upstream)).toBe(0);
    }
  });

  it.each(['YAPE', 'CUOTEALO'])('returns %s', async (method) => {
    const { upstream, pay } = start({ method });
    await pay.refund({ payment, key: 'r-1' });
    expect(upstream.returned).toBe(1050);
  });

  it.each([
    ['AUTORIZADO', 'CARD', /AUTORIZADO.*whole amount, call `pay\.cancel\(\)`\. For a part, wait until/],
    ['AUTORIZADO', 'YAPE', /pay\.cancel\(\)/],
    ['AUTORIZADO', 'CUOTEALO', /AUTORIZADO.*Wait until Pay-me has settled it/],
    ['PENDIENTE', 'CARD', /pending, so nothing was charged\. `pay\.cancel\(\)` ends it/],
    ['EXTORNADO', 'CARD', /reversed or cancelled/],
    ['CANCELADO', 'CARD', /reversed or cancelled/],
    ['DENEGADO', 'CARD', /declined/],
    ['DENEGADO in an open operation', 'CARD', /nothing was charged\. `pay\.cancel\(\)` ends it/],
    ['EN PROCESO', 'CARD', /words that this package does not know/],
  ])('is refused while the payment is %s (%s)', async (state, method, message) => {
    for (const amount of [undefined, 50]) {
      const [transactionState] = state.split(' in ');
      const { upstream, pay } = start({
        state: transactionState!,
        method,
        ...(transactionState !== state && { operationState: 'PENDIENTE' }),
      });
      const failure = pay.refund({ payment, key: 'r-1', ...(amount && { amount }) });
      await expect(failure).rejects.toMatchObject({
        name: 'OperationRefused',
        reason: 'state',
        message: expect.stringMatching(message) as string,
      });
      // A partial refund must never become a reversal.
      expect(upstream.paths.filter((path) => !path.startsWith('GET '))).toEqual([]);
    }
  });

  it.each<[string, DocumentedOptions, object, RegExp]>([
    ['without a transaction id', {}, { transactionId: undefined }, /no `transactionId`/],
    ['if the record does not name the paid transaction', { state: 'DENEGADO', operationState: 'LIQUIDADO' }, {}, /another transaction/],
    ['if the record does not name the method', { method: undefined }, {}, /this one is by another method/],
  ])('is refused %s', async (_, options, changes, message) => {
    const { upstream, pay } = start(options);
    await expect(pay.refund({ payment: { ...payment, ...changes }, key: 'r-1' })).rejects.toThrow(message);
    expect(posts(upstream)).toBe(0);
  });

  it('names the transaction that was paid, if the shopper tried twice', async () => {
    const { upstream, pay } = start({ transactionId: 'second' });
    const { payment: current } = await pay.refund({ payment, key: 'r-1' });
    expect(current).toMatchObject({ transactionId: 'second' });
    const { body } = upstream.calls.find(({ method, url }) => method === 'POST' && url.endsWith('/refund'))!;
    expect(body).toMatchObject({ operations: [{ transaction_id: 'second' }] });
  });

  it('is refused while Pay-me does not know the payment, or its record is of another merchant', async () => {
    const { upstream, pay } = start();
    const foreign = { merchant_operation_number: operationNumber, state: 'LIQUIDADO', amount: '1050', currency: '604', transactions: [] };
    upstream.script['GET charges'] = [new Response(null, { status: 404 }), Response.json({ merchant_code: 'another', operation: foreign })];
    await expect(pay.refund({ payment, key: 'r-1' })).rejects.toThrow(/does not know this payment yet/);
    await expect(pay.refund({ payment, key: 'r-1' })).rejects.toThrow(/Check `merchantCode`/);
  });

  it('is refused while Pay-me refuses to list the refunds', async () => {
    const { upstream, pay } = start();
    upstream.script['GET refund'] = [new Response(null, { status: 403 })];
    await expect(pay.refund({ payment, key: 'r-1' })).rejects.toThrow(/Ask Pay-me to allow GET and POST \/refund/);
    expect(posts(upstream)).toBe(0);
  });

  it('is refunded once by two processes of the same shop', async () => {
    const upstream = new DocumentedPayme({ ends: ['answer-lost'] satisfies CallEnd[] });
    const ledger = createProcessLedger();
    const [one, other] = [startProcess(upstream, { ledger }), startProcess(upstream, { ledger })];
    await Promise.all([one, other].map((pay) => pay.refund({ payment, key: 'r-1' })));
    expect(upstream.returned).toBe(1050);
    expect(posts(upstream)).toBe(1);
  });
});
