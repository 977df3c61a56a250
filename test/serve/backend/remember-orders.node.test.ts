import { describe, expect, it } from 'vitest';
import { providers } from '../../../demo/providers/index.js';
import { providerNames, type ProviderName } from '../../../src/testing/providers.js';
import { orderOf, startAll, type Running } from '../support.js';

/** Pays while the shop responds, and requests the outcome while its `order` call fails. */
async function payAndFail({ post, standIns, shop }: Running, provider: ProviderName, respond: () => Response) {
  const body = { provider, environment: 'sandbox', order: orderOf(provider) };
  const answer: unknown = await (await post('/api/pay/token', body)).json();
  const result = await standIns.pay({ provider, answer, card: providers[provider].cards.approved?.number ?? '' });
  shop.intercept = ({ path }) => (path === '/order' ? respond() : undefined);
  return post('/api/pay/outcome', { ...body, attempt: 1, result });
}

const failure = () => new Response(null, { status: 500 });

describe('a shop whose `order` call fails after the shopper has paid', () => {
  const isCharging = (name: ProviderName) => providers[name].create(providers[name].sample).charges === true;

  it.each(providerNames.filter((name) => !isCharging(name)))('still receives the payment of %s', async (provider) => {
    const running = await startAll();
    const response = await payAndFail(running, provider, failure);
    expect(await response.json()).toEqual({ outcome: 'paid' });
    expect(running.shop.outcomes()).toMatchObject([{ outcome: 'paid', order: { reference: orderOf(provider) } }]);
    expect(running.log).toContainEqual(expect.objectContaining({ level: 'error', error: 'BackendError', status: 500 }));
  });

  it.each(providerNames.filter(isCharging))('is asked again before %s charges the shopper', async (provider) => {
    const running = await startAll();
    expect((await payAndFail(running, provider, failure)).status).toBe(500);
    expect(running.shop.outcomes()).toEqual([]);
  });

  it('decides itself that an order is unknown', async () => {
    const running = await startAll();
    expect((await payAndFail(running, 'payme', () => new Response(null, { status: 404 }))).status).toBe(404);
  });

  it('is not passed the order of another visitor, if the page names none', async () => {
    const running = await startAll();
    running.shop.intercept = () => Response.json({ ...ordersOfShop, reference: 'S-1' });
    const { post, shop, standIns } = running;
    const body = { provider: 'izipay', environment: 'sandbox' };
    const answer: unknown = await (await post('/api/pay/token', body)).json();
    const result = await standIns.pay({ provider: 'izipay', answer, card: providers.izipay.cards.approved?.number ?? '' });
    shop.intercept = failure;
    expect((await post('/api/pay/outcome', { ...body, attempt: 1, result })).status).toBe(500);
  });
});

const ordersOfShop = { amount: 1050, currency: 'PEN', buyer: { firstName: 'Ana', lastName: 'Prueba', email: 'ana@example.com' } };
