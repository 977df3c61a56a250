import { describe, expect, it } from 'vitest';
import { decideByRules, type OutcomeRule } from '../../src/server/outcome-rules.js';

const rules: OutcomeRule<string>[] = [
  { words: 'yes', matches: (word) => word === 'yes', outcome: 'paid' },
  { words: 'a word with e', matches: (word) => word.includes('e'), outcome: 'pending', reason: 'processing' },
];

describe('decideByRules', () => {
  it('decides by the first rule that matches', () => {
    expect(decideByRules(rules, 'yes')).toEqual({ outcome: 'paid' });
    expect(decideByRules(rules, 'later')).toEqual({ outcome: 'pending', reason: 'processing' });
  });

  it('leaves words that no rule knows undecided', () => {
    expect(decideByRules(rules, 'no')).toEqual({ outcome: 'pending', reason: 'unknown-state' });
  });
});
