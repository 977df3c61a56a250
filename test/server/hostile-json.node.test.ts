import { afterEach, describe, expect, it, vi } from 'vitest';
import type { OrderQuery } from '../../src/server.js';
import { createEndpoints, fakePayme, order, readResponse } from './fake-payme.js';

const polluting = '"__proto__": {"order": "B-2002", "polluted": true}, "constructor": {"prototype": {"polluted": true}}';

function post(body: BodyInit): Request {
  return new Request('https://shop.example.com/api/pay', { method: 'POST', headers: { 'Content-Type': 'application/json' }, body });
}

afterEach(() => {
  expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
});

it('rejects a body that is not UTF-8, which could name another order', async () => {
  const body = Buffer.from('{"provider": "payme", "environment": "sandbox", "order": "A\xff"}', 'latin1');
  const { status, json } = await readResponse(createEndpoints(fakePayme()).token(post(body)));
  expect([status, json.type]).toEqual([422, 'urn:pay-checkout:problem:request']);
});

describe('a request with prototype keys', () => {
  const asked = vi.fn((query: OrderQuery) => (query.order === 'B-2002' ? { ...order, amount: 1 } : order));
  const pay = createEndpoints(fakePayme(), { order: asked });

  it('does not change the requested order', async () => {
    const { status } = await readResponse(pay.token(post(`{"provider": "payme", "environment": "sandbox", ${polluting}}`)));
    expect(status).toBe(200);
    expect(asked).toHaveBeenLastCalledWith(expect.objectContaining({ order: undefined, provider: 'payme' }));
  });

  it('does not make a payment paid', async () => {
    const raw = `{"__proto__": {"transaction": {"transaction_id": "t-1", "state": "AUTORIZADO"}}, "transaction": {${polluting}}}`;
    const result = `{"provider": "payme", "raw": ${raw}, ${polluting}}`;
    const body = `{"provider": "payme", "environment": "sandbox", "attempt": 1, "result": ${result}, ${polluting}}`;
    const { json } = await readResponse(pay.outcome(post(body)));
    expect(json).not.toHaveProperty('outcome', 'paid');
  });
});
