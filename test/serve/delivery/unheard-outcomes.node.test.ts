import { describe, expect, it } from 'vitest';
import { payrocCards } from '../../../src/testing.js';
import { createOutcomeCall } from '../../../src/serve/delivery/outcome-call.js';
import { UnheardOutcomes } from '../../../src/serve/delivery/unheard-outcomes.js';
import type { OutcomeName } from '../../../src/server/provider.js';
import { startAll } from '../support.js';

const order = { reference: 'A-1001', amount: 1050, currency: 'PEN' };
const decidedAt = new Date('2026-05-01T12:00:00Z');

function createCall(outcome: OutcomeName, id = 'P-1') {
  const payment = { provider: 'payroc', environment: 'sandbox', order: 'A-1001', id } as const;
  const details = { amount: 1050, currency: 'PEN' };
  return createOutcomeCall({ outcome, payment, details, order, provider: 'payroc', environment: 'sandbox' }, decidedAt);
}

describe('UnheardOutcomes', () => {
  it.each(['paid', 'authorized', 'saved', 'pending'] as const)(
    'settles an order whose outcome the shop has not received: %s',
    async (outcome) => {
      const unheard = new UnheardOutcomes(new Map());
      await unheard.add(createCall(outcome));
      expect(await unheard.applyTo(order)).toEqual({ ...order, settled: outcome });
      expect(await unheard.applyTo({ ...order, reference: 'A-1002' })).toEqual({ ...order, reference: 'A-1002' });
    },
  );

  it.each(['declined', 'refunded', 'reversed', 'forged'] as const)(
    'lets the shopper pay again after an outcome that took no money: %s',
    async (outcome) => {
      const unheard = new UnheardOutcomes(new Map());
      await unheard.add(createCall(outcome));
      expect(await unheard.applyTo(order)).toEqual(order);
    },
  );

  it('forgets an outcome that the shop has received', async () => {
    const unheard = new UnheardOutcomes(new Map());
    await unheard.add(createCall('paid'));
    await unheard.remove(createCall('paid'));
    expect(await unheard.applyTo(order)).toEqual(order);
  });

  it('keeps a payment when the shop receives another outcome of the order', async () => {
    const unheard = new UnheardOutcomes(new Map());
    await unheard.add(createCall('paid'));
    await unheard.remove(createCall('declined', 'P-2'));
    expect(await unheard.applyTo(order)).toMatchObject({ settled: 'paid' });
  });

  it("keeps the shop's own settlement", async () => {
    const unheard = new UnheardOutcomes(new Map());
    await unheard.add(createCall('paid'));
    expect(await unheard.applyTo({ ...order, settled: 'authorized' })).toEqual({ ...order, settled: 'authorized' });
  });

  it('does not settle an order that the shop opened again afterwards', async () => {
    const unheard = new UnheardOutcomes(new Map());
    await unheard.add(createCall('paid'));
    const reopened = { ...order, openedAt: '2026-05-01T12:00:01Z' };
    expect(await unheard.applyTo(reopened)).toEqual(reopened);
    expect(await unheard.applyTo({ ...order, openedAt: '2026-05-01T11:00:00Z' })).toMatchObject({ settled: 'paid' });
  });

  it('returns the order unchanged if the store fails', async () => {
    const fail = () => Promise.reject(new Error('The store is down.'));
    const unheard = new UnheardOutcomes({ get: fail, set: fail, delete: fail });
    await unheard.add(createCall('paid'));
    expect(await unheard.applyTo(order)).toEqual(order);
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
    expect(await (await post('/api/pay/token', { ...body, provider: 'payme' })).json()).toEqual({ outcome: 'paid' });
  });
});
