import { expect, it } from 'vitest';
import { placeOrder, recordOutcome, settlementOf } from '../../demo/orders.js';
import type { OutcomeName, PaymentOutcome } from '../../src/server.js';

function openOrder() {
  const order = placeOrder(crypto.randomUUID());
  const report = (outcome: OutcomeName, id?: string) => {
    const payment = { provider: 'payme', environment: 'sandbox', order: order.reference, ...(id && { id }) };
    recordOutcome({ outcome, payment, order: { reference: order.reference } } as PaymentOutcome);
    return settlementOf(order);
  };
  return { report };
}

it('opens an order again when the payment that paid it is refunded, for later payments only', () => {
  const { report } = openOrder();
  expect(report('paid', '1')).toEqual({ settled: 'paid' });
  expect(report('refunded', '1')).toEqual({ openedAt: expect.any(Date) as Date });
});

it.each(['refunded', 'reversed'] as const)('keeps an order paid when a second payment is %s', (outcome) => {
  const { report } = openOrder();
  report('paid', '1');
  report('paid', '2');
  expect(report(outcome, '2')).toEqual({ settled: 'paid' });
});

it('does not move the opening time when the same refund is reported again', () => {
  const { report } = openOrder();
  report('paid', '1');
  const { openedAt } = report('refunded', '1');
  expect(report('refunded', '1').openedAt).toBe(openedAt);
});

it('keeps a paid order paid after a late authorization, a decline and a forgery', () => {
  const { report } = openOrder();
  report('authorized', '1');
  report('paid', '1');
  report('authorized', '1');
  report('declined', '2');
  expect(report('forged')).toEqual({ settled: 'paid' });
});

it('opens an order again when the payment that holds its amount is cancelled', () => {
  const { report } = openOrder();
  expect(report('authorized', '1')).toEqual({ settled: 'authorized' });
  expect(report('reversed', '1')).not.toHaveProperty('settled');
});
