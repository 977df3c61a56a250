import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { OutcomeName, PaymentOutcome } from '../../src/server.js';
import { extract } from './snippets.js';

interface ShopModule {
  readonly orders: { find(id: string): Promise<object | undefined> };
  readonly payments: { find(id: string): Promise<object | undefined> };
}

const snippets = extract('docs/outcomes.md');
let onOutcome: (payment: PaymentOutcome) => Promise<unknown>;
let shop: ShopModule;

beforeAll(async () => {
  ({ onOutcome } = (await import(/* @vite-ignore */ snippets.path('every-outcome.ts'))) as { onOutcome: typeof onOutcome });
  shop = (await import(/* @vite-ignore */ snippets.path('shop.ts'))) as ShopModule;
});
afterAll(() => snippets.remove());

let alerts: string[];
let fulfilled: string[];
let reference: string;
beforeEach(() => {
  [alerts, fulfilled, reference] = [[], [], `A-${crypto.randomUUID()}`];
  vi.spyOn(console, 'warn').mockImplementation((message: string) => void alerts.push(message));
  vi.stubGlobal('fetch', (url: string) => {
    fulfilled.push(url.split('/').at(-1)!);
    return Promise.resolve(new Response());
  });
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

function report(outcome: OutcomeName, id?: string, more: object = {}): Promise<unknown> {
  const payment = { provider: 'payme', environment: 'sandbox', order: reference, ...(id && { id: `${reference}-${id}` }), ...more };
  return onOutcome({ outcome, payment, details: {}, order: { reference } } as unknown as PaymentOutcome);
}

const findOrder = () => shop.orders.find(reference);

describe('every-outcome.ts in docs/outcomes.md', () => {
  it('stores the payment that paid, and keeps it after reports of other payments', async () => {
    await report('paid', '1', { transactionId: 'T' });
    await report('declined', '2');
    await report('pending', '3');
    await report('forged');
    await report('forged', '1');
    expect(await findOrder()).toMatchObject({ paid: true, payment: { id: `${reference}-1`, transactionId: 'T' } });
    expect(await shop.payments.find(`${reference}-1`)).toMatchObject({ outcome: 'paid' });
    expect(await shop.payments.find(`${reference}-2`)).toMatchObject({ outcome: 'declined' });
  });

  it('opens the order again once the payment that paid it is refunded, and refuses earlier receipts', async () => {
    await report('paid', '1');
    const before = Date.now();
    await report('refunded', '1');
    expect(await findOrder()).toMatchObject({ settled: null, paid: false, payment: undefined });
    const { openedAt } = (await findOrder()) as { openedAt: Date };
    expect(openedAt.getTime()).toBeGreaterThanOrEqual(before);
    expect(alerts).toEqual(['Stop the delivery']);
  });

  it('does not open the order again when a second payment is refunded', async () => {
    await report('paid', '1');
    await report('paid', '2');
    await report('refunded', '2');
    expect(await findOrder()).toMatchObject({ paid: true, payment: { id: `${reference}-1` } });
    expect(await findOrder()).not.toHaveProperty('openedAt');
    expect(fulfilled).toEqual([reference]);
    expect(alerts).toEqual(['Refund this second payment']);
  });

  it('opens the order once when the same refund is reported twice', async () => {
    await report('paid', '1');
    await report('refunded', '1');
    const opened = await findOrder();
    await report('refunded', '1');
    expect(await findOrder()).toEqual(opened);
  });

  it('keeps a hold, and opens the order again once it is released', async () => {
    await report('authorized', '1');
    await report('authorized', '2');
    await report('reversed', '2');
    expect(await findOrder()).toMatchObject({ settled: 'authorized', payment: { id: `${reference}-1` } });
    await report('reversed', '1');
    expect(await findOrder()).toMatchObject({ settled: null });
  });

  it('keeps a paid order paid after a late authorization', async () => {
    await report('authorized', '1');
    await report('paid', '1');
    await report('authorized', '1');
    expect(await findOrder()).toMatchObject({ paid: true });
    expect(fulfilled).toEqual([reference]);
  });
});
