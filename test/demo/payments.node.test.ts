import { beforeEach, expect, it } from 'vitest';
import { createReference } from '../../demo/order-reference.js';
import { listPayments, recordPayment, recordToken } from '../../demo/payments.js';
import type { IssuedToken, OutcomeName, PaymentOutcome } from '../../src/server.js';

const numbers = { amount: 1050, currency: 'PEN' };

let visitor = '';
beforeEach(() => {
  visitor = crypto.randomUUID();
});

interface Numbers {
  readonly id?: string;
  readonly amount?: number;
  readonly currency?: string;
  readonly transactionId?: string;
  readonly orderId?: string;
}

/** The demo keeps the payments of all tests, so each id contains the visitor. */
const describePayment = ({ id, ...more }: Numbers) => ({
  provider: 'payme',
  environment: 'sandbox',
  order: createReference(visitor, 'A-1001'),
  ...(id && { id: `${visitor}-${id}` }),
  ...more,
});
const issue = (more: Numbers) => recordToken({ payment: describePayment(more) } as unknown as IssuedToken);
const report = (outcome: OutcomeName, more: Numbers) =>
  recordPayment({ payment: describePayment(more), outcome } as unknown as PaymentOutcome);
const list = () =>
  listPayments(visitor).map(({ payment: { id, amount, transactionId }, outcome }) => ({
    id: id?.split('-').at(-1),
    amount,
    transactionId,
    outcome,
  }));

it('keeps one row for each id, with the newest numbers', () => {
  issue({ id: '1', ...numbers });
  issue({ id: '2', ...numbers });
  report('paid', { id: '1', ...numbers, transactionId: 'T' });
  expect(list()).toEqual([
    { id: '2', amount: 1050, transactionId: undefined, outcome: undefined },
    { id: '1', amount: 1050, transactionId: 'T', outcome: 'paid' },
  ]);
});

it.each(['forged', 'pending'] as const)('replaces no payment by one without numbers, which is %s', (outcome) => {
  issue({ id: '1', ...numbers });
  report('paid', { id: '2', ...numbers, transactionId: 'T' });
  report(outcome, {});
  expect(list()).toEqual([
    { id: undefined, amount: undefined, transactionId: undefined, outcome },
    { id: '2', amount: 1050, transactionId: 'T', outcome: 'paid' },
    { id: '1', amount: 1050, transactionId: undefined, outcome: undefined },
  ]);
});

it('keeps the numbers of a form without an id when a report has none', () => {
  issue(numbers);
  report('pending', {});
  expect(list()).toMatchObject([{ amount: 1050, outcome: 'pending' }]);
});

it('lists a forged report apart, also if it names a payment that was paid', () => {
  report('paid', { id: '1', ...numbers });
  report('forged', { id: '1', ...numbers });
  expect(list()).toMatchObject([{ outcome: 'forged' }, { outcome: 'paid' }]);
});

it('replaces the form without an id once its sale has one', () => {
  issue(numbers);
  report('paid', { id: '1', ...numbers });
  expect(list()).toMatchObject([{ id: '1', outcome: 'paid' }]);
});

it('keeps two sales apart whose answers were lost', () => {
  report('pending', { orderId: 'A-1', ...numbers });
  report('pending', { orderId: 'A-2', ...numbers });
  expect(list()).toHaveLength(2);
});
