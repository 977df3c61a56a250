import { afterEach, describe, expect, it, vi } from 'vitest';
import { providers } from '../../../demo/providers/index.js';
import { DecisionTime } from '../../../src/serve/delivery/decision-time.js';
import { startAll } from '../support.js';

const now = new Date('2026-05-01T12:00:00.000Z');
const before = (ms: number) => new Date(now.getTime() - ms);

afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

describe('DecisionTime', () => {
  it('is when the last call to the provider began', () => {
    vi.useFakeTimers({ now });
    const time = new DecisionTime();
    time.run(() => {
      time.onEvent({ phase: 'upstream', duration: 900 });
      time.onEvent({ phase: 'upstream', duration: 300 });
      time.onEvent({ phase: 'order', duration: 5_000 });
      expect(time.get()).toEqual(before(300));
    });
  });

  it('keeps the requests apart, and is now without a call', () => {
    vi.useFakeTimers({ now });
    const time = new DecisionTime();
    time.run(() => time.onEvent({ phase: 'upstream', duration: 300 }));
    time.run(() => expect(time.get()).toEqual(now));
  });

  it('reaches the shop as `decidedAt`', async () => {
    const onEvent = vi.spyOn(DecisionTime.prototype, 'onEvent');
    vi.spyOn(DecisionTime.prototype, 'get').mockReturnValue(now);
    const { post, standIns, shop } = await startAll();
    const body = { provider: 'payme', environment: 'sandbox', order: 'A-1001' };
    const answer: unknown = await (await post('/api/pay/token', body)).json();
    const result = await standIns.pay({ provider: 'payme', answer, card: providers.payme.cards.approved?.number ?? '' });
    await post('/api/pay/outcome', { ...body, attempt: 1, result });
    expect(onEvent).toHaveBeenCalledWith(expect.objectContaining({ endpoint: 'outcome', phase: 'upstream' }));
    expect(shop.outcomes()).toMatchObject([{ outcome: 'paid', decidedAt: now.toISOString() }]);
  });
});
