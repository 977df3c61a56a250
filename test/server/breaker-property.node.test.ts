import * as fc from 'fast-check';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { BreakerModel, type Action } from './breaker-model.js';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['performance'] });
});
afterEach(() => {
  vi.useRealTimers();
});

const results = ['success', 'outage', 'outage', 'outage', 'answered', 'unknown', 'leave'] as const;
const action: fc.Arbitrary<Action> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('start' as const), hasFallback: fc.boolean() }) },
  // A request that no action ends hangs.
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('end' as const), index: fc.nat(2), result: fc.constantFrom(...results) }) },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('wait' as const), ms: fc.constantFrom(1, 5_000, 15_000, 29_999, 30_000, 30_000) }),
  },
);

it('sends every request without a fallback, tests a provider that is down with one request at a time, and recovers', async () => {
  const seen = new Set<string>();
  const property = fc.asyncProperty(fc.array(action, { minLength: 30, maxLength: 60 }), async (actions) => {
    const model = new BreakerModel();
    for (const one of actions) await model.run(one);
    model.transitions.forEach((transition) => seen.add(transition));
  });
  await fc.assert(property, { numRuns: 300, seed: 17 });
  // The sequences include every change of state.
  expect([...seen].sort()).toEqual(['closed open', 'half-open closed', 'half-open open', 'open half-open']);
});
