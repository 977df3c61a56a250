import { describe, expect, it } from 'vitest';
import type { MoneyMove } from '../../../../src/server/operations/money-move.js';
import { DocumentedPayme, operationNumber, payment, startProcess, transactionId, type DocumentedOptions } from './documented-payme.js';
import { createContext, operations, queryRecord } from './query-record.js';

function start(options?: DocumentedOptions) {
  const upstream = new DocumentedPayme({ state: 'AUTORIZADO', ...options });
  return { upstream, pay: startProcess(upstream) };
}

const deletes = ({ paths }: DocumentedPayme) => paths.filter((path) => path.startsWith('DELETE ')).length;
const sendCancel = (upstream: Pick<DocumentedPayme, 'fetch'>) =>
  operations.cancel.send(createContext(upstream), { kind: 'cancel', key: '', amount: 0, call: 'cancel', state: 'asked', sentAt: 0 });
const answer = (operation?: object) =>
  Response.json({ success: true, merchant_operation_number: operationNumber, ...(operation && { operation }) });

describe('pay.cancel of a Pay-me payment', () => {
  it.each(['CARD', 'YAPE'])('reverses a paid %s', async (method) => {
    const { upstream, pay } = start({ method });
    expect(await pay.cancel({ payment })).toMatchObject({ outcome: 'reversed', payment });
    expect([upstream.state, deletes(upstream)]).toEqual(['EXTORNADO', 1]);
  });

  it.each(['CARD', 'CUOTEALO', 'QR', 'BANK_TRANSFER', 'PAGOEFECTIVO'])('ends a pending %s', async (method) => {
    for (const state of ['PENDIENTE', 'REGISTRADO']) {
      const { upstream, pay } = start({ state, method });
      expect(await pay.cancel({ payment })).toMatchObject({ outcome: 'declined' });
      expect([upstream.state, deletes(upstream)]).toEqual(['CANCELADO', 1]);
    }
  });

  it.each([
    ['EXTORNADO', 'reversed'],
    ['CANCELADO', 'declined'],
  ])('is done without a call for a payment that is %s', async (state, outcome) => {
    const { upstream, pay } = start({ state });
    for (let n = 0; n < 2; n += 1) expect(await pay.cancel({ payment })).toMatchObject({ outcome });
    expect(deletes(upstream)).toBe(0);
  });

  it.each([
    [
      'AUTORIZADO',
      'CUOTEALO',
      /reverses only paid payments by CARD or YAPE, and this one is by CUOTEALO\. Once it is settled, call `pay\.refund\(\)`/,
    ],
    ['AUTORIZADO', 'QR', /this one is by QR\. Return the money by a bank transfer/],
    ['AUTORIZADO', 'BANK_TRANSFER', /bank transfer of your own/],
    ['AUTORIZADO', 'PAGOEFECTIVO', /bank transfer of your own/],
    ['PENDIENTE', 'YAPE', /this one is by YAPE\. Wait until/],
    ['LIQUIDADO', 'QR', /this one is by QR\. Return the money by a bank transfer/],
  ])('is not supported for a payment that is %s by %s', async (state, method, message) => {
    const { upstream, pay } = start({ state, method });
    const failure = pay.cancel({ payment });
    await expect(failure).rejects.toMatchObject({ name: 'OperationNotSupported', message: expect.stringMatching(message) as string });
    expect(deletes(upstream)).toBe(0);
  });

  it.each(['LIQUIDADO', 'DEPOSITADO'])('is refused for a payment that is %s, and names pay.refund()', async (state) => {
    const { upstream, pay } = start({ state });
    const failure = pay.cancel({ payment });
    await expect(failure).rejects.toMatchObject({ name: 'OperationRefused', reason: 'state' });
    await expect(failure).rejects.toThrow(/Call `pay\.refund\(\)`/);
    expect(deletes(upstream)).toBe(0);
  });

  it('is refused if the operation is settled and its transaction is not yet', async () => {
    const { pay } = start({ operationState: 'LIQUIDADO' });
    await expect(pay.cancel({ payment })).rejects.toThrow(/Call `pay\.refund\(\)`/);
  });

  it.each(['DENEGADO', 'INVALIDO', 'EXPIRADO'])('is refused for a payment that is %s', async (state) => {
    await expect(start({ state }).pay.cancel({ payment })).rejects.toThrow(/nothing to return/);
  });

  it('is refused while Pay-me lists a refund, which a reversal would return once more', async () => {
    const { upstream, pay } = start();
    const panel = { refund_id: 'p-1', type: 'PARTIAL', merchant_operation_number: operationNumber, additional_fields: null };
    upstream.refunds.push({ ...panel, state: 'REJECTED', refund_amount: '50' }, { ...panel, state: 'REGISTERED', refund_amount: '50' });
    await expect(pay.cancel({ payment })).rejects.toThrow(/would return the whole amount/);
    upstream.refunds.pop();
    expect(await pay.cancel({ payment })).toMatchObject({ outcome: 'reversed' });
  });

  it.each(['AUTORIZADO', 'PENDIENTE'])('does not believe a 200 without a changed state (%s)', async (state) => {
    const { upstream, pay } = start({ state, ends: ['unchanged'] });
    await expect(pay.cancel({ payment })).rejects.toMatchObject({ name: 'OperationRefused', reason: 'state' });
    expect(upstream.state).toBe(state);
    await pay.cancel({ payment });
    expect(['EXTORNADO', 'CANCELADO']).toContain(upstream.state);
  });

  it.each<[string, object]>([
    ['no transactions', { state: 'AUTORIZADO', transactions: null }],
    ['another transaction', { transactions: [{ transaction_id: 'another', state: 'EXTORNADO' }] }],
    ['a word for it that is unknown', { transactions: [{ transaction_id: transactionId, state: 'ANULADO' }] }],
  ])('asks Pay-me once more after an answer with %s', async (_, operation) => {
    const { upstream, pay } = start();
    upstream.script['DELETE charges'] = [answer(operation)];
    await expect(pay.cancel({ payment })).rejects.toThrow(/did not cancel the payment\. It is still `AUTORIZADO`/);
    const { fetch } = upstream;
    const done: typeof fetch = async (url, init) => {
      if (init.method !== 'DELETE') return fetch(url, init);
      await fetch(url, init);
      return answer(operation);
    };
    const other = startProcess({ fetch: done } as DocumentedPayme);
    expect(await other.cancel({ payment })).toMatchObject({ outcome: 'reversed' });
  });

  it('has an unknown result after an answer that says so of the operation only, until Pay-me shows one', async () => {
    const { upstream, pay } = start();
    upstream.script['DELETE charges'] = [answer({ state: 'EXTORNADO', transactions: null })];
    expect(await pay.cancel({ payment })).toMatchObject({ outcome: 'paid', undecided: 'cancel' });
    upstream.state = 'EXTORNADO';
    expect(await pay.cancel({ payment })).toMatchObject({ outcome: 'reversed' });
  });

  it('has no known end after an answer without the operation, until Pay-me shows one', async () => {
    const { upstream, pay } = start();
    upstream.script['DELETE charges'] = [answer(), answer()];
    expect(await pay.cancel({ payment })).toMatchObject({ outcome: 'paid' });
    upstream.state = 'EXTORNADO';
    expect(await pay.cancel({ payment })).toMatchObject({ outcome: 'reversed' });
    expect(deletes(upstream)).toBe(1);
  });

  it('is refused if the payment was settled meanwhile', async () => {
    const { upstream } = start();
    const settling: typeof upstream.fetch = async (url, init) => {
      if (init.method === 'DELETE') upstream.state = 'LIQUIDADO';
      return upstream.fetch(url, init);
    };
    await expect(startProcess({ fetch: settling } as DocumentedPayme).cancel({ payment })).rejects.toThrow(/settled by now\. Call `pay/);
  });

  it('believes CANCELADO for the transaction as well', async () => {
    const { upstream } = start();
    const { fetch } = upstream;
    const cancelling: typeof fetch = async (url, init) => {
      if (init.method !== 'DELETE') return fetch(url, init);
      upstream.state = 'EXTORNADO';
      return answer({ state: 'CANCELADO', transactions: [{ transaction_id: transactionId, state: 'CANCELADO' }] });
    };
    expect(await startProcess({ fetch: cancelling } as DocumentedPayme).cancel({ payment })).toMatchObject({ outcome: 'reversed' });
    expect(upstream.paths.filter((path) => path.startsWith('GET /charges'))).toHaveLength(2);
  });

  it.each(['CANCELADO', 'DENEGADO', 'EXTORNADO'])(
    'ends an operation that is open after a transaction that is %s, whatever its method',
    async (state) => {
      const { upstream, pay } = start({ state, operationState: 'PENDIENTE', method: 'YAPE' });
      await pay.cancel({ payment });
      expect([upstream.operationState, deletes(upstream)]).toEqual(['CANCELADO', 1]);
      await pay.cancel({ payment });
      expect(deletes(upstream)).toBe(1);
    },
  );

  it('reports an operation as paid that the shopper pays after a cancelled transaction, if Pay-me did not cancel it', async () => {
    const { upstream, pay } = start({ state: 'CANCELADO', operationState: 'PENDIENTE', ends: ['unchanged'] });
    await expect(sendCancel(upstream)).rejects.toThrow(/did not cancel the payment\. The shopper can still pay it/);
    upstream.payAgain('second');
    expect(await pay.query(payment)).toMatchObject({ outcome: 'paid', payment: { transactionId: 'second' } });
  });

  it('stays open after a lost call if only the transaction ends, and the next one is paid', async () => {
    const { upstream, pay } = start({ state: 'PENDIENTE', ends: ['lost', 'lost'] });
    await pay.cancel({ payment });
    [upstream.state, upstream.operationState] = ['DENEGADO', 'PENDIENTE'];
    await pay.query(payment);
    upstream.payAgain('second');
    expect(await pay.query(payment)).toMatchObject({ outcome: 'paid', payment: { transactionId: 'second' } });
    expect(await pay.cancel({ payment })).toMatchObject({ outcome: 'reversed' });
    expect([upstream.state, deletes(upstream)]).toEqual(['EXTORNADO', 3]);
  });

  it('is not done by an answer in which only the transaction is reversed', async () => {
    const { upstream, pay } = start();
    upstream.script['DELETE charges'] = [
      answer({ state: 'PENDIENTE', transactions: [{ transaction_id: transactionId, state: 'EXTORNADO' }] }),
    ];
    await expect(pay.cancel({ payment })).rejects.toThrow(/did not cancel the payment/);
  });

  it('is refused if the operation turns out to have expired', async () => {
    const { upstream } = start({ state: 'PENDIENTE' });
    const expiring: typeof upstream.fetch = async (url, init) => {
      if (init.method === 'DELETE') upstream.state = 'EXPIRADO';
      return upstream.fetch(url, init);
    };
    await expect(sendCancel({ fetch: expiring })).rejects.toThrow(/has expired, so there is nothing to return/);
  });

  it('is refused after a refund that Pay-me does not list', async () => {
    const record = (await queryRecord(new DocumentedPayme({ state: 'AUTORIZADO' }))) as never;
    const plan = (state: MoneyMove['state']) =>
      operations.cancel.plan(record, 1050, [{ kind: 'refund', key: 'r-1', amount: 50, call: 'PARTIAL', sentAt: 0, state }]);
    for (const state of ['asked', 'done'] as const) expect(() => plan(state)).toThrow(/a refund of this payment was sent/);
    expect(plan('rejected')).toBe('reverse');
  });

  it('repeats the call after a lost answer', async () => {
    const { upstream, pay } = start({ ends: ['answer-lost', 'refused'] });
    expect(await pay.cancel({ payment })).toMatchObject({ outcome: 'reversed' });
    expect([upstream.state, deletes(upstream)]).toEqual(['EXTORNADO', 2]);
  });

  it('repeats a call that got lost, also later', async () => {
    const { upstream, pay } = start({ ends: ['lost', 'lost'] });
    expect(await pay.cancel({ payment })).toMatchObject({ outcome: 'paid' });
    expect(await pay.cancel({ payment })).toMatchObject({ outcome: 'reversed' });
    expect([upstream.state, deletes(upstream)]).toEqual(['EXTORNADO', 3]);
  });

  it('forgets a call that got lost once the payment is settled, so that it can be refunded', async () => {
    const { upstream, pay } = start({ ends: ['lost', 'lost'] });
    await pay.cancel({ payment });
    upstream.state = 'LIQUIDADO';
    await expect(pay.cancel({ payment })).rejects.toThrow(/Call `pay\.refund\(\)`/);
    await pay.refund({ payment, key: 'r-1' });
    expect([upstream.returned, deletes(upstream)]).toEqual([1050, 2]);
  });

  it('reports the refusal if Pay-me refuses the call', async () => {
    const { pay } = start({ ends: ['refused'] });
    await expect(pay.cancel({ payment })).rejects.toMatchObject({ name: 'OperationRefused', reason: 'state' });
  });

  it('fails with a Problem if the bearer lacks the scope', async () => {
    const { upstream, pay } = start();
    upstream.script['DELETE charges'] = [new Response(null, { status: 403 })];
    await expect(pay.cancel({ payment })).rejects.toMatchObject({ name: 'Problem', kind: 'upstream-scope' });
    expect(await pay.cancel({ payment })).toMatchObject({ outcome: 'reversed' });
  });

  it.each(['CARD', 'QR'])('ends a pending %s that the shopper pays at the same moment as its method allows', async (method) => {
    const { upstream, pay } = start({ state: 'PENDIENTE', method });
    const ended = { transactions: [{ transaction_id: transactionId, state: 'CANCELADO' }] };
    const { fetch } = upstream;
    const racing: typeof fetch = async (url, init) => {
      if (init.method !== 'DELETE' || upstream.state !== 'PENDIENTE') return fetch(url, init);
      upstream.state = 'AUTORIZADO';
      return answer(ended);
    };
    const process = startProcess({ fetch: racing } as DocumentedPayme);
    if (method === 'CARD') expect(await process.cancel({ payment })).toMatchObject({ outcome: 'reversed' });
    else await expect(process.cancel({ payment })).rejects.toThrow(/still `AUTORIZADO`/);
    expect(await pay.query(payment)).toMatchObject({ outcome: method === 'CARD' ? 'reversed' : 'paid' });
  });

  it('has no known end if Pay-me cannot be asked after it refused the call', async () => {
    const { upstream } = start();
    const { fetch } = upstream;
    let isDown = false;
    const failing: typeof fetch = async (url, init) => {
      if (init.method === 'DELETE') isDown = true;
      return isDown ? new Response(null, { status: 400 }) : fetch(url, init);
    };
    const pay = startProcess({ fetch: failing } as DocumentedPayme);
    await expect(pay.cancel({ payment })).rejects.toMatchObject({ name: 'Problem' });
    isDown = false;
    expect(await pay.query(payment)).toMatchObject({ outcome: 'paid' });
    upstream.state = 'EXTORNADO';
    expect(await pay.cancel({ payment })).toMatchObject({ outcome: 'reversed' });
  });

  it('needs the transaction id, also to repeat a call', async () => {
    const { upstream, pay } = start({ ends: ['lost', 'lost'] });
    const { transactionId: _, ...issued } = payment;
    await expect(pay.cancel({ payment: issued })).rejects.toThrow(/no `transactionId`/);
    await pay.cancel({ payment });
    expect(await pay.cancel({ payment: issued })).toMatchObject({ outcome: 'pending', reason: 'not-found' });
    expect([upstream.state, deletes(upstream)]).toEqual(['AUTORIZADO', 2]);
  });
});
