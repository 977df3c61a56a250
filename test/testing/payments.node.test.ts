import { describe, expect, it } from 'vitest';
import { providers } from '../../demo/providers/index.js';
import { createStandIns } from '../../src/testing.js';
import { providerNames } from '../../src/testing/providers.js';
import { openShop } from '../cli/stand-ins/support.js';

describe.each(providerNames)('standIns.%s.payments', (name) => {
  const { currency } = providers[name];

  it('lists the payments of the shoppers, newest first', async () => {
    let now = Date.parse('2026-03-01T12:00:00Z');
    const standIns = createStandIns({ [name]: { now: () => now } });
    const shop = await openShop(standIns, name);
    expect(standIns[name].payments()).toEqual([]);
    await shop.pay('A-1001');
    now += 1000;
    await shop.pay('A-1002', 'declined');
    shop.close();
    const payments = standIns[name].payments();
    expect(payments.map(({ order }) => order)).toEqual(['A-1002', 'A-1001'].map((order) => expect.stringContaining(order) as string));
    expect(payments.map(({ paidAtMs }) => paidAtMs)).toEqual([now, now - 1000]);
    expect(payments[1]).toMatchObject({ environment: 'sandbox', amount: 1050, currency, refunded: 0 });
    expect(payments[0]!.state).not.toBe(payments[1]!.state);
  });

  it('names a payment by the id that the other functions take, and shows what they did', async () => {
    const standIns = createStandIns();
    const shop = await openShop(standIns, name);
    await shop.pay('A-1001');
    shop.close();
    const [before] = standIns[name].payments();
    expect(standIns[name].settle(before!.id)).toBe(true);
    expect(standIns[name].refund(before!.id, 250)).toBe(true);
    const [after] = standIns[name].payments();
    expect(after!.refunded).toBe(250);
    expect(after!.state).not.toBe(before!.state);
  });
});

describe('the address for notifications of a payment', () => {
  it.each(['payme', 'izipay'] as const)('is that of the token of %s', async (name) => {
    const standIns = createStandIns();
    const shop = await openShop(standIns, name);
    await shop.pay('A-1001');
    shop.close();
    expect(standIns[name].payments()[0]!.notificationUrl).toContain(shop.notificationUrl);
  });

  it.each(['payme', 'izipay'] as const)('is absent without one in the token of %s', async (name) => {
    const standIns = createStandIns();
    const shop = await openShop(standIns, name, { namesAddress: false });
    await shop.pay('A-1001');
    shop.close();
    expect(standIns[name].payments()[0]).not.toHaveProperty('notificationUrl');
  });
});

describe('standIns.izipay.payments', () => {
  it('shows the last change of a payment in the panel', async () => {
    const standIns = createStandIns();
    const shop = await openShop(standIns, 'izipay');
    await shop.pay('A-1001');
    shop.close();
    const { id } = standIns.izipay.payments()[0]!;
    standIns.izipay.dispute(id);
    expect(standIns.izipay.payments()[0]!.state).toBe('En disputa');
  });
});
