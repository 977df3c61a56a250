import { describe, expect, it } from 'vitest';
import { explainRefusal } from '../../../../src/providers/payroc/server/explain-refusal.js';
import { Problem } from '../../../../src/server/problem.js';

const move = { kind: 'refund', key: 'r-1', amount: 1000, call: 'refund', state: 'asked', sentAt: 0 } as const;

describe('explainRefusal', () => {
  it.each([
    ['an error of our own', new TypeError('fetch failed')],
    ['a failure that may have moved money', new Problem('upstream-failed', 'It failed.')],
    ['a rejected bearer', new Problem('upstream-credentials', 'It failed.', { hasNoEffect: true })],
    ['a request that may have moved money', new Problem('upstream-request', 'It failed.')],
  ])('leaves %s as it is', (_, error) => {
    expect(explainRefusal(error, move)).toBe(error);
  });

  it('keeps what a refusal says', () => {
    const refusal = new Problem('upstream-request', 'It failed.', { reason: 'bad-request', retryAfter: 1000, hasNoEffect: true });
    const { kind, reason, retryAfter, hasNoEffect } = refusal;
    expect(explainRefusal(refusal, move)).toMatchObject({ name: 'Problem', kind, reason, retryAfter, hasNoEffect });
  });
});
