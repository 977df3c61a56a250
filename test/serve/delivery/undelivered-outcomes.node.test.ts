import { describe, expect, it, vi } from 'vitest';
import { izipayCards, payrocCards } from '../../../src/testing.js';
import { createOutcomeCall } from '../../../src/serve/delivery/outcome-call.js';
import { createMemoryOutcomeStore } from '../../../src/serve/delivery/outcome-store.js';
import { rememberedFor, UndeliveredOutcomes } from '../../../src/serve/delivery/undelivered-outcomes.js';
import type { OutcomeName } from '../../../src/server/provider.js';
import { startAll } from '../support.js';

const order = { reference: 'A-1001', amount: 1050, currency: 'PEN' };
/** Today, because old outcomes do not count. */
const decidedAt = new Date();
const later = (ms: number) => new Date(decidedAt.getTime() + ms);

const createUndelivered = () => new UndeliveredOutcomes(createMemoryOutcomeStore(), () => {});

function createCall(outcome: OutcomeName, id = 'P-1', time = decidedAt) {
  const payment = { provider: 'payroc', environment: 'sandbox', order: 'A-1001', id } as const;
  const details = { amount: 1050, currency: 'PEN' };
  return createOutcomeCall({ outcome, payment, details, order, provider: 'payroc', environment: 'sandbox' }, time);
}

describe('UndeliveredOutcomes', () => {
  it.each(['paid', 'authorized', 'saved', 'pending'] as const)(
    'settles an order whose outcome the shop has not received: %s',
    async (outcome) => {
      const undelivered = createUndelivered();
      await undelivered.add(createCall(outcome));
      expect(await undelivered.applyTo(order)).toEqual({ ...order, settled: outcome });
      expect(await undelivered.applyTo({ ...order, reference: 'A-1002' })).toEqual({ ...order, reference: 'A-1002' });
    },
  );

  it.each(['declined', 'refunded', 'reversed', 'forged'] as const)(
    'lets the shopper pay again after an outcome that took no money: %s',
    async (outcome) => {
      const undelivered = createUndelivered();
      await undelivered.add(createCall(outcome));
      expect(await undelivered.applyTo(order)).toEqual(order);
    },
  );

  it('forgets an outcome that the shop has received', async () => {
    const undelivered = createUndelivered();
    await undelivered.add(createCall('paid'));
    await undelivered.remove(createCall('paid'));
    expect(await undelivered.applyTo(order)).toEqual(order);
  });

  it('keeps a payment when the shop receives another outcome of the order', async () => {
    const undelivered = createUndelivered();
    await undelivered.add(createCall('paid'));
    await undelivered.remove(createCall('declined', 'P-2'));
    expect(await undelivered.applyTo(order)).toMatchObject({ settled: 'paid' });
  });

  it('keeps the others of an order when the shop hears of one', async () => {
    const undelivered = createUndelivered();
    await undelivered.add(createCall('paid'));
    await undelivered.add(createCall('pending', 'P-2'));
    await undelivered.remove(createCall('paid'));
    expect(await undelivered.applyTo(order)).toMatchObject({ settled: 'pending' });
  });

  it("keeps the shop's own settlement", async () => {
    const undelivered = createUndelivered();
    await undelivered.add(createCall('paid'));
    expect(await undelivered.applyTo({ ...order, settled: 'authorized' })).toEqual({ ...order, settled: 'authorized' });
  });

  it('keeps a payment when the shop receives an older outcome of it', async () => {
    const undelivered = createUndelivered();
    await undelivered.add(createCall('paid'));
    await undelivered.remove(createCall('pending', 'P-1', later(-1)));
    expect(await undelivered.applyTo(order)).toMatchObject({ settled: 'paid' });
  });

  it('forgets a pending payment when the shop hears that it was declined', async () => {
    const undelivered = createUndelivered();
    await undelivered.add(createCall('pending'));
    await undelivered.remove(createCall('declined', 'P-1', later(1)));
    expect(await undelivered.applyTo(order)).toEqual(order);
  });

  it('prefers a payment that is complete', async () => {
    const undelivered = createUndelivered();
    await undelivered.add(createCall('pending', 'P-2'));
    await undelivered.add(createCall('paid'));
    await undelivered.add(createCall('pending', 'P-3', later(1)));
    expect(await undelivered.applyTo(order)).toMatchObject({ settled: 'paid' });
  });

  it('passes on what the shopper needs to complete a pending payment', async () => {
    const undelivered = createUndelivered();
    const call = createCall('pending');
    await undelivered.add({ ...call, details: { ...call.details, instructions: { cip: '123' } } });
    expect(await undelivered.applyTo(order)).toEqual({ ...order, settled: 'pending', instructions: { cip: '123' } });
  });

  it('counts the outcomes of the providers that matter', async () => {
    const undelivered = createUndelivered();
    await undelivered.add(createCall('paid'));
    expect(await undelivered.applyTo(order, (provider) => provider !== 'payroc')).toEqual(order);
  });

  it('does not settle an order that the shop opened again afterwards', async () => {
    const undelivered = createUndelivered();
    await undelivered.add(createCall('paid'));
    const reopened = { ...order, openedAt: later(1) };
    expect(await undelivered.applyTo(reopened)).toEqual(reopened);
    expect(await undelivered.applyTo({ ...order, openedAt: later(-1) })).toMatchObject({ settled: 'paid' });
  });

  it('forgets an outcome after a week', async () => {
    const undelivered = createUndelivered();
    await undelivered.add(createCall('paid', 'P-1', later(-rememberedFor - 1000)));
    expect(await undelivered.applyTo(order)).toEqual(order);
  });

  it('returns the order unchanged, and reports the error, if the store fails', async () => {
    const fail = () => Promise.reject(new Error('The store is down.'));
    const onError = vi.fn();
    const undelivered = new UndeliveredOutcomes({ set: fail, delete: fail, list: fail }, onError);
    await undelivered.add(createCall('paid'));
    expect(await undelivered.applyTo(order)).toEqual(order);
    expect(onError).toHaveBeenCalledTimes(2);
  });
});

describe('serve', () => {
  it('issues no second token for an order whose payment the shop has not received', async () => {
    const { post, standIns, shop } = await startAll();
    const body = { provider: 'payroc', environment: 'sandbox', order: 'U-1001' };
    const token = await post('/api/pay/token', body);
    const result = await standIns.pay({ provider: 'payroc', answer: await token.json(), card: payrocCards.approved });
    shop.intercept = ({ path }) => (path === '/outcome' ? new Response(null, { status: 500 }) : undefined);
    expect((await post('/api/pay/outcome', { ...body, attempt: 1, result })).status).toBe(500);
    expect(await (await post('/api/pay/token', body)).json()).toEqual({ outcome: 'paid' });
    expect(await (await post('/api/pay/token', { ...body, provider: 'izipay' })).json()).toEqual({ outcome: 'paid' });
  });

  it('charges with no second provider, whose form was open already, for such an order', async () => {
    const { post, standIns, shop } = await startAll();
    const describeOrder = (provider: unknown) => ({ ...order, currency: provider === 'payroc' ? 'USD' : 'PEN' });
    shop.intercept = ({ path, body }) =>
      path === '/order' ? Response.json(describeOrder(body.provider)) : new Response(null, { status: 500 });
    const open = async (provider: 'izipay' | 'payroc') => {
      const body = { provider, environment: 'sandbox', order: 'A-1001' };
      const answer: unknown = await (await post('/api/pay/token', body)).json();
      const card = provider === 'izipay' ? izipayCards.approved : payrocCards.approved;
      return { ...body, attempt: 1, result: await standIns.pay({ provider, answer, card }) };
    };
    const [first, second] = [await open('izipay'), await open('payroc')];
    expect((await post('/api/pay/outcome', first)).status).toBe(500);
    expect(await (await post('/api/pay/outcome', second)).json()).toEqual({ outcome: 'paid' });
    expect(standIns.payroc.requests.filter(({ method, url }) => method === 'POST' && url.endsWith('/payments'))).toEqual([]);
  });
});
