import { describe, expect, it, vi } from 'vitest';
import { OrderRefused, type OrderQuery } from '../../src/server.js';
import { createEndpoints, fakePayme, readResponse } from './fake-payme.js';
import { bodyWith, hostileOrders } from './hostile-orders.js';

describe('the order of a token request', () => {
  it.each(hostileOrders)('is looked up or refused as no order: %s', async (_, order, refused) => {
    const find = vi.fn((_query: OrderQuery) => {
      throw new OrderRefused();
    });
    const { token } = createEndpoints(fakePayme(), { order: find });
    const headers = { 'Content-Type': 'application/json' };
    const request = new Request('https://shop.example.com/api/pay/token', {
      method: 'POST',
      headers,
      body: new Uint8Array(bodyWith(order)),
    });
    const { status, json } = await readResponse(token(request));
    expect([status, json.type]).toEqual([refused === 'request' ? 422 : 404, `urn:pay-checkout:problem:${refused}`]);
    expect(find).toHaveBeenCalledTimes(refused === 'request' ? 0 : 1);
  });
});
