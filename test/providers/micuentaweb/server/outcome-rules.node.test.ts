import { describe, expect, it } from 'vitest';
import { micuentaweb } from '../../../../src/providers/micuentaweb/server/adapter.js';
import { readStage } from '../../../../src/providers/micuentaweb/server/stages.js';
import type { Order, Payment } from '../../../../src/server.js';
import { createShop, createUpstream, listed, options } from './facts-upstream.js';

/** The words of the documentation ("Status reference"), and some that are in none. */
const words = [
  ...['AUTHORISED', 'CAPTURED', 'ACCEPTED', 'PARTIALLY_AUTHORISED', 'AUTHORISED_TO_VALIDATE', 'WAITING_AUTHORISATION'],
  ...['WAITING_AUTHORISATION_TO_VALIDATE', 'UNDER_VERIFICATION', 'INITIAL', 'PRE_AUTHORISED', 'WAITING_FOR_PAYMENT', 'SUSPENDED'],
  ...['PENDING', 'CAPTURE_PENDING', 'REFUND_TO_RETRY', 'REFUSED', 'EXPIRED', 'ERROR', 'CANCELLED', 'NOT_CREATED', 'ABANDONED'],
  ...['CAPTURE_FAILED', 'captured', 'PAID', '', null],
];
const statuses = ['PAID', 'UNPAID', 'RUNNING', 'ABANDONED', 'PARTIALLY_PAID', '', null];
const operations = ['DEBIT', 'VERIFICATION', 'OTHER', null];

const stored: Payment<'micuentaweb'> = {
  ...{ provider: 'micuentaweb', environment: 'sandbox', order: 'A-1001', id: listed.uuid, amount: 1500, currency: 'PEN' },
};

const requests: readonly [string, Partial<Order>, Partial<Payment>][] = [
  ['a payment', {}, {}],
  ['a hold', { capture: 'later' }, { capture: 'later' }],
  ['a registration', { save: 'only' }, { save: 'only' }],
];

/** Returns the outcome of a transaction by the page's report, and by `pay.query()`. */
async function readBoth(row: object, order: Partial<Order>, payment: Partial<Payment>): Promise<readonly [string, string]> {
  const { pay, report } = createShop(createUpstream([row]), order);
  const { outcome, reason } = await pay.query({ ...stored, ...payment } as typeof stored);
  return [await report({}), [outcome, reason].filter(Boolean).join(', ')];
}

const price = { orderTotalAmount: 1, orderCurrency: 'PEN', mode: 'TEST', orderId: 'A-1001' };

describe.each(requests)('outcomeRules (micuentaweb), for %s', (_, order, payment) => {
  it('decide the same by the report of the page and by pay.query()', async () => {
    const outcomes = new Set<string>();
    for (const detailedStatus of words)
      for (const status of statuses)
        for (const operationType of operations) {
          const row = { ...listed, paymentMethodToken: 'card', detailedStatus, status, operationType };
          const [reported, queried] = await readBoth(row, order, payment);
          expect([detailedStatus, status, operationType, reported]).toEqual([detailedStatus, status, operationType, queried]);
          outcomes.add(reported);
        }
    expect([...outcomes]).toEqual(expect.arrayContaining(['pending, unknown-state', 'pending, processing', 'declined', 'reversed']));
  });

  it.each<[string, object]>([
    ['another total', { orderDetails: price }],
    ['a part of the price', { amount: 1 }],
    ['no amount', { amount: null }],
    ['another currency', { currency: 'USD' }],
    ['no order', { orderDetails: null }],
    ['a refund amount', { transactionDetails: { cardDetails: { captureResponse: { refundAmount: 1500 } } } }],
    ['no approval', { status: 'UNPAID', detailedStatus: 'CANCELLED', transactionDetails: null }],
  ])('give the same reason for a transaction with %s', async (_case, changed) => {
    const [reported, queried] = await readBoth({ ...listed, ...changed }, order, payment);
    expect(reported).toBe(queried);
  });
});

describe('outcomeRules (micuentaweb)', () => {
  it.each(words.flatMap((word) => statuses.map((status) => [word, status] as const)))(
    'never say paid or declined for %s with a status that contradicts it: %s',
    (detailedStatus, status) => {
      const stage = readStage({ operationType: 'DEBIT', detailedStatus: detailedStatus ?? undefined, status: status ?? undefined });
      if (stage === 'captured' || stage === 'authorised') expect(status).toBe('PAID');
      if (stage === 'cancelled' || stage === 'failed') expect(['UNPAID', 'ABANDONED']).toContain(status);
      if (stage === 'open') expect(status).toBe('RUNNING');
    },
  );

  it('list every known word for the documentation', () => {
    const texts = (micuentaweb(options).outcomeRules ?? []).map((rule) => rule.words).join('\n');
    for (const word of words.slice(0, -5)) expect(texts).toContain(`\`${word}\``);
  });
});
