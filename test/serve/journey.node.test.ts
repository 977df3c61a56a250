import { describe, expect, it } from 'vitest';
import { paymeCards, izipayCards, payrocCards } from '../../src/testing.js';
import { startAll } from './support.js';

const providers = [
  ['payme', 'A-1001', paymeCards.approved],
  ['izipay', 'A-1001', izipayCards.approved],
  ['payroc', 'U-1001', payrocCards.approved],
] as const;

describe('serve', () => {
  it.each(providers)('takes a payment of %s to a paid and confirmed order', async (provider, order, card) => {
    const { post, standIns, shop } = await startAll();
    const body = { provider, environment: 'sandbox', order };
    const token = await post('/api/pay/token', body);
    expect(token.status).toBe(200);
    const result = await standIns.pay({ provider, answer: await token.json(), card });
    const outcome = await post('/api/pay/outcome', { ...body, attempt: 1, result });
    expect(await outcome.json()).toEqual({ outcome: 'paid' });
    expect(shop.outcomes()).toEqual([expect.objectContaining({ call: 'outcome', outcome: 'paid', provider, environment: 'sandbox' })]);
  });
});
