import { describe, expect, it } from 'vitest';
import { payrocCards } from '../../../src/testing.js';
import { buttonsOf, noticeOf, openShop } from './shop.js';

describe("a payment with Payroc on the merchant's page", () => {
  it('is captured in part, settled, and refunded', async () => {
    const visitor = openShop().enter();
    await visitor.pay('payroc', payrocCards.approved, { capture: 'later' });
    expect(noticeOf(await visitor.press('capture', { amount: '20' }))).toBe('Capture: Paid');
    await visitor.play('settle');
    const page = await visitor.press('refund', { amount: '20' });
    expect(noticeOf(page)).toBe('Refund $20.00: done');
    expect(page).toContain('data-outcome="refunded"');
    expect(buttonsOf(page)).toEqual(['settle']);
  });

  it('is reversed in part while its batch is open', async () => {
    const visitor = openShop().enter();
    await visitor.pay('payroc', payrocCards.approved);
    expect(noticeOf(await visitor.press('refund', { amount: '6.20' }))).toBe('Refund $6.20: done');
    expect(await visitor.read()).toContain('left: $30.00');
  });

  it('that came back by a dispute looks paid, as at Payroc', async () => {
    const visitor = openShop().enter();
    await visitor.pay('payroc', payrocCards.approved);
    await visitor.play('dispute');
    expect(noticeOf(await visitor.press('settle'))).toBe('Check: Paid');
  });
});
