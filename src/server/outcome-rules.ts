import type { OutcomeName, OutcomeReason } from './provider.js';

/** Maps words of a provider to an outcome. `docs/outcomes.md` lists every rule. */
export interface OutcomeRule<Facts> {
  /** The provider's words as the documentation lists them, in Markdown. */
  readonly words: string;
  /** Whether what the provider said about the payment has these words. */
  matches(facts: Facts): boolean;
  readonly outcome: OutcomeName;
  readonly reason?: OutcomeReason;
}

export interface DecidedOutcome {
  readonly outcome: OutcomeName;
  readonly reason?: OutcomeReason;
}

/**
 * Decides an outcome by the first rule that matches. Words that no rule knows are *pending*: a shopper who reads that the payment was
 * declined pays again, and money may have moved.
 */
export function decideByRules<Facts>(rules: readonly OutcomeRule<Facts>[], facts: Facts): DecidedOutcome {
  const rule = rules.find(({ matches }) => matches(facts));
  if (!rule) return { outcome: 'pending', reason: 'unknown-state' };
  return rule.reason ? { outcome: rule.outcome, reason: rule.reason } : { outcome: rule.outcome };
}
