import { describe, expect, it } from 'vitest';
import { startAll } from '../support.js';

const body = { provider: 'payme', environment: 'sandbox', order: 'A-1001' };

describe('the ID of a request', () => {
  it.each([
    ['from the proxy', { 'X-Request-Id': 'req-1' }, /^req-1$/],
    ['that the process creates', {}, /^[\da-f-]{36}$/],
    ['that replaces an unsafe one', { 'X-Request-Id': 'a b\tc' }, /^[\da-f-]{36}$/],
  ])('%s is in the response, in the log and in the call to the shop', async (_, headers, expected) => {
    const { post, shop, log } = await startAll();
    const id = (await post('/api/pay/token', body, headers)).headers.get('X-Request-Id');
    expect(id).toMatch(expected);
    expect(shop.calls.map((call) => call.headers.get('X-Request-Id'))).toEqual([id]);
    expect(log.filter(({ phase }) => phase === 'request').map(({ requestId }) => requestId)).toEqual([id]);
  });
});
