import { describe, expect, it, vi } from 'vitest';
import { createOperationHandler } from '../../../src/serve/http/operations.js';
import { OperationNotSupported, OperationRefused } from '../../../src/server/operations/operation-errors.js';
import type { PayOperations } from '../../../src/server/operations/operation-types.js';
import { Problem } from '../../../src/server/problem.js';
import { ShapeError } from '../../../src/shared/schema.js';

const keys = ['the-newest-key-of-the-tests-with-32-characters', 'an-older-key-of-the-tests-with-32-characters'];
const names = ['query', 'settle', 'cancel', 'refund', 'capture', 'charge'] as const;

function createPay(work: (name: string, body: unknown) => unknown): PayOperations {
  const entries = names.map((name) => [name, (body: unknown) => Promise.resolve().then(() => work(name, body))]);
  return Object.fromEntries<unknown>(entries as [string, unknown][]) as unknown as PayOperations;
}

function setUp(work: (name: string, body: unknown) => unknown = (name, body) => ({ name, body })) {
  const onError = vi.fn();
  const operate = createOperationHandler({ pay: createPay(work), keys, onError });
  const call = (name: string, body: unknown = {}, { key = keys[0]!, method = 'POST' } = {}) =>
    operate(
      name,
      new Request(`http://127.0.0.1/operations/${name}`, {
        method,
        headers: { Authorization: `Bearer ${key}`, 'Content-Type': 'application/json' },
        ...(method === 'POST' && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
      }),
    );
  return { operate, call, onError };
}

const payment = { provider: 'payme', environment: 'sandbox', order: 'A-1001' };

async function readProblem(response: Response) {
  expect(response.headers.get('Content-Type')).toContain('application/problem+json');
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

describe('POST /operations/<name>', () => {
  it.each(names)('calls pay.%s with the body, and returns its result uncached', async (name) => {
    const response = await setUp().call(name, { payment, key: 'return-1' });
    const isQuery = name === 'query' || name === 'settle';
    expect(await response.json()).toEqual({ name, body: isQuery ? payment : { payment, key: 'return-1' } });
    expect([response.status, response.headers.get('Cache-Control')]).toEqual([200, 'no-store']);
  });

  it('accepts an older key while keys rotate', async () => {
    expect((await setUp().call('query', { payment }, { key: keys[1]! })).status).toBe(200);
  });

  it.each(['', 'another-key', `${keys[0]}x`])('refuses the key "%s" with 401', async (key) => {
    const work = vi.fn();
    const { status, body } = await readProblem(await setUp(work).call('refund', {}, { key }));
    expect([status, body.type]).toEqual([401, 'urn:pay-checkout:problem:unauthorized']);
    expect(work).not.toHaveBeenCalled();
  });

  it('refuses a request without a key before it says which operations exist', async () => {
    const { operate } = setUp();
    expect((await operate('unknown', new Request('http://127.0.0.1/', { method: 'POST' }))).status).toBe(401);
  });

  it.each(['unknown', 'toString'])('lists the operations where it knows none named %s', async (name) => {
    const { status, body } = await readProblem(await setUp().call(name));
    expect(status).toBe(404);
    expect(body.detail).toContain('query, settle, cancel, refund, capture, charge');
  });

  it('takes POST requests only', async () => {
    expect((await setUp().call('query', undefined, { method: 'GET' })).status).toBe(405);
  });

  it.each(['no JSON', '[]', 'null'])('refuses the body %s with 422', async (body) => {
    expect((await setUp().call('query', body)).status).toBe(422);
  });

  it('answers 409 with the reason if the payment does not allow it now', async () => {
    const { call, onError } = setUp(() => {
      throw new OperationRefused('amount', 'pay.refund(): 400 is more than what is left.');
    });
    const { status, body } = await readProblem(await call('refund'));
    expect([status, body]).toEqual([
      409,
      expect.objectContaining({ reason: 'amount', retryable: false, detail: 'pay.refund(): 400 is more than what is left.' }),
    ]);
    expect(onError).not.toHaveBeenCalled();
  });

  it.each([
    ['that the provider does not support', new OperationNotSupported('izipay', 'refund', 'Use the panel.'), 'operation-not-supported'],
    ['with arguments that cannot work', new ShapeError('pay.refund(): `key` should be a text.'), 'request'],
  ])('answers 422 for an operation %s', async (_, error, kind) => {
    const { call } = setUp(() => {
      throw error;
    });
    const { status, body } = await readProblem(await call('refund'));
    expect([status, body.type]).toEqual([422, `urn:pay-checkout:problem:${kind}`]);
  });

  it('reports the failure of a provider', async () => {
    const failure = new Problem('upstream-failed', 'Pay-me POST /refund returned 500.');
    const { call, onError } = setUp(() => {
      throw failure;
    });
    expect((await call('refund')).status).toBe(502);
    expect(onError).toHaveBeenCalledWith(failure);
  });
});
