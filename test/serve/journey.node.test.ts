import { describe, expect, it } from 'vitest';
import { providers } from '../../demo/providers/index.js';
import { providerNames } from '../../src/testing/providers.js';
import { orderOf, startAll } from './support.js';

describe('serve', () => {
  it.each(providerNames)('takes a payment of %s to a paid and confirmed order', async (provider) => {
    const { post, standIns, shop } = await startAll();
    const body = { provider, environment: 'sandbox', order: orderOf(provider) };
    const token = await post('/api/pay/token', body);
    expect(token.status).toBe(200);
    const result = await standIns.pay({ provider, answer: await token.json(), card: providers[provider].cards.approved?.number ?? '' });
    const outcome = await post('/api/pay/outcome', { ...body, attempt: 1, result });
    expect(await outcome.json()).toEqual({ outcome: 'paid' });
    expect(shop.outcomes()).toEqual([expect.objectContaining({ call: 'outcome', outcome: 'paid', provider, environment: 'sandbox' })]);
  });
});
