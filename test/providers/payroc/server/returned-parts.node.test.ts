import { describe, expect, it } from 'vitest';
import { readAmounts } from '../../../../src/providers/payroc/server/payment-amounts.js';
import type { Sale } from '../../../../src/providers/payroc/server/sale.js';
import { matchRefunds, type RefundEntry } from '../../../../src/server/operations/match-refunds.js';
import type { MoneyMove } from '../../../../src/server.js';

const sentAt = Date.parse('2026-03-02T12:00:00Z');

function createMove(changes: Partial<MoneyMove>): MoneyMove {
  return { kind: 'refund', key: 'r-1', amount: 500, call: 'refund', state: 'done', sentAt, ...changes };
}

describe('what Payroc lists of our refunds', () => {
  const entry: RefundEntry = { amount: 500, state: 'done', at: sentAt + 1_000 };

  it('is the entry without an id of a refund that is done', () => {
    expect(matchRefunds([entry], [createMove({})])).toEqual([{ key: 'r-1', amount: 500, state: 'done' }]);
  });

  it('is not the entry of another refund, after a reversal that has no entry of its own', () => {
    expect(matchRefunds([entry], [createMove({ call: 'reversePart' })])).toEqual([{ amount: 500, state: 'done' }]);
  });
});

describe('what a payment was charged in the first place', () => {
  it('is what it was before our first reversal, if that was less than the price', () => {
    const sale: Sale = { order: { amount: 1_000 }, transactionResult: { type: 'sale', status: 'ready', authorizedAmount: 600 } };
    const reversal = createMove({ call: 'reversePart', amount: 200, charged: 600 });
    expect(readAmounts(sale, 1_000, [reversal])).toEqual({ charged: 600, reversed: 0 });
    expect(readAmounts({ ...sale, transactionResult: { ...sale.transactionResult!, authorizedAmount: 400 } }, 1_000, [reversal])).toEqual({
      charged: 600,
      reversed: 200,
    });
  });
});
