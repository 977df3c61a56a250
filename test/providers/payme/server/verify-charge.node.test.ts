import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Order } from '../../../../src/server.js';
import { createOperationNumber } from '../../../../src/providers/payme/server/operation-number.js';
import {
  createEndpoints,
  createRequest,
  credentials,
  fakePayme,
  merchantCode,
  order,
  readResponse,
  skipDelays,
  type ScriptedResponse,
} from '../../../server/fake-payme.js';
import { createCharge, createOutcomeBody, summarize, transactionId, verify } from './fake-charge.js';

afterEach(() => {
  vi.unstubAllGlobals();
});

describe('verifyCharge', () => {
  it('trusts Pay-me, not the page', async () => {
    const { json } = await verify((operation) =>
      createCharge(operation, { operation: { state: 'PENDIENTE' }, transaction: { state: 'DENEGADO' } }),
    );
    expect(json).toEqual({ outcome: 'declined' });
  });

  it.each<[string, (operation: string) => object]>([
    [
      'numbers',
      (operation) =>
        createCharge(Number(operation), { operation: { amount: 1050, currency: 604 }, transaction: { amount: 1050, currency: 604 } }),
    ],
    [
      'a transaction without amount and currency',
      (operation) => createCharge(operation, { transaction: { amount: undefined, currency: null } }),
    ],
    ['padded digits', (operation) => createCharge(operation, { operation: { amount: '000000001050' } })],
  ])('reports paid with %s', async (_, answer) => {
    expect((await verify(answer)).json).toEqual({ outcome: 'paid' });
  });

  it.each<[string, Partial<Order>, object]>([
    ['price', { amount: 2000 }, { outcome: 'pending', reason: 'price' }],
    ['currency', { currency: 'USD' }, { outcome: 'forged', reason: 'currency' }],
  ])('reports what was charged if the %s of the order has changed', async (_, changed, expected) => {
    const { json, reported } = await verify((operation) => createCharge(operation), changed);
    expect(json).toEqual({ outcome: 'pending' });
    const details: unknown = expect.objectContaining({ amount: 1050, currency: 'PEN' });
    expect(reported).toMatchObject({ ...expected, reference: transactionId, details });
  });

  it('returns Pay-me’s own reference once Pay-me knows the charge', async () => {
    const paid = await verify((operation) => createCharge(operation));
    expect(summarize(paid.reported!)).toEqual({ outcome: 'paid', reference: transactionId });
    const lagging = await verify(() => 404);
    expect(summarize(lagging.reported!)).toEqual({ outcome: 'pending', reason: 'not-found' });
  });

  it('rejects the payment of another order with the same price', async () => {
    const foreign: string[] = [];
    for (const reference of ['B-1', 'B-2', 'B-3']) {
      const { json, upstream, reported } = await verify((operation) => createCharge(operation), { reference });
      if (json.outcome === 'pending' && reported?.reason === 'order' && upstream.calls.length === 0) foreign.push(reference);
    }
    // One in 100 000 foreign numbers fits by chance.
    expect(foreign.length).toBeGreaterThanOrEqual(2);
  });

  it.each<[string, (operation: string) => ScriptedResponse]>([
    ['404', () => 404],
    ['a failure without an operation', () => ({ success: false, merchant_code: merchantCode, meta: {} })],
    ['a failure as text, with an empty operation', () => ({ success: 'false', operation: null })],
    [
      'another transaction only',
      (operation) =>
        createCharge(operation, { operation: { state: 'PENDIENTE' }, transaction: { transaction_id: 'another', state: 'DENEGADO' } }),
    ],
  ])('reports pending while Pay-me answers %s', async (_, answer) => {
    const { json, reported } = await verify(answer);
    expect(json).toEqual({ outcome: 'pending' });
    expect(reported).toMatchObject({ outcome: 'pending', reason: 'not-found' });
  });

  it.each<[string, ScriptedResponse, number, boolean]>([
    ['a failure', 500, 502, true],
    ['a busy response', 503, 503, true],
    ['a network error', new TypeError('fetch failed'), 502, true],
    ['a missing permission', 403, 502, false],
    ['a response of another shape', { operation: {} }, 502, true],
    ['a success without an operation', { success: true, merchant_code: merchantCode }, 502, true],
    ['a response that is not JSON', new Response('<html>'), 502, true],
    ['null', new Response('null'), 502, true],
  ])('responds with an error to %s', async (_, answer, status, retryable) => {
    skipDelays();
    const result = await verify(() => answer);
    expect(result.status).toBe(status);
    expect(result.json).toMatchObject({ retryable });
  });

  it.each([{ operation: { amount: '10.50' } }, { transaction: { amount: '10.50' } }, { transaction: { currency: 'PEN' } }])(
    'responds with an error if %j cannot be compared',
    async (changes) => {
      skipDelays();
      const { status } = await verify((operation) => createCharge(operation, changes));
      expect(status).toBe(502);
    },
  );

  it('accepts numbers for the operation number and the transaction id', async () => {
    const operation = await createOperationNumber(credentials.clientSecret, order.reference);
    const upstream = fakePayme({ charges: [createCharge(operation, { transaction: { transaction_id: 12 } })] });
    const body = createOutcomeBody(Number(operation), { transaction_id: 12 });
    expect((await readResponse(createEndpoints(upstream).outcome(createRequest(body)))).json).toEqual({ outcome: 'paid' });
    expect(upstream.urls().at(-1)).toMatch(new RegExp(`/${operation}/12$`));
  });

  it('retries with a new bearer when Pay-me rejects a cached one', async () => {
    const operation = await createOperationNumber(credentials.clientSecret, order.reference);
    const upstream = fakePayme({ charges: [createCharge(operation), 401, createCharge(operation)] });
    const pay = createEndpoints(upstream);
    await readResponse(pay.outcome(createRequest(createOutcomeBody(operation))));
    expect((await readResponse(pay.outcome(createRequest(createOutcomeBody(operation))))).json).toEqual({ outcome: 'paid' });
    expect(upstream.callsTo('token')).toHaveLength(2);
  });

  it.each<[string, unknown, unknown]>([
    ['no operation', undefined, { transaction_id: transactionId }],
    ['an operation that is a path', '../charges/1', { transaction_id: transactionId }],
    ['an operation that is a fraction', 1234567.5, { transaction_id: transactionId }],
    ['a transaction id that has lost its last digits', '123456789012', { transaction_id: 123456789012345678 }],
    ['no transaction', '123456789012', null],
    ['a transaction without an id', '123456789012', {}],
    ['a transaction that is a path', '123456789012', { transaction_id: '..' }],
    ['a transaction that is a deeper path', '123456789012', { transaction_id: 'a/../../b' }],
    ['a transaction with a query', '123456789012', { transaction_id: 'a?b=c' }],
    ['a long transaction id', '123456789012', { transaction_id: 'a'.repeat(65) }],
  ])('responds with 422 to %s, without calling Pay-me', async (_, operation, transaction) => {
    const upstream = fakePayme();
    const { status, json } = await readResponse(
      createEndpoints(upstream).outcome(createRequest(createOutcomeBody(operation, transaction))),
    );
    expect(status).toBe(422);
    expect(json.detail).toMatch(/^The body: `result.raw`: /);
    expect(upstream.calls).toEqual([]);
  });
});
