import { providerNames, providers } from '../../demo/providers/index.js';
import type { OutcomeName, OutcomeReason } from '../../src/server.js';
import { fillPage } from '../support/generated-page.js';
import { table } from '../support/markdown.js';
import { adviseOn, outcomeAdvice, reasonAdvice } from './advice.js';

export const outcomesPage = 'docs/outcomes.md';

const code = (text: string) => `\`${text}\``;

export function buildOutcomesPage(): Promise<string> {
  return fillPage(outcomesPage, { outcomes: outcomes(), reasons: reasons(), words: words() });
}

/** What the page hears, as `toPageAnswer` answers. */
const pageWords: Readonly<Partial<Record<OutcomeName, string>>> = {
  refunded: '`declined`, returned',
  reversed: '`declined`, returned',
  forged: '`pending`',
};

function outcomes(): string {
  const rows = Object.entries(outcomeAdvice).map(([outcome, { meaning, action }]) => [
    code(outcome),
    meaning,
    action,
    pageWords[outcome as OutcomeName] ?? code(outcome),
  ]);
  return table(['`outcome`', 'meaning', 'what you do', 'answer to the page'], rows);
}

function reasons(): string {
  const rows = Object.entries(reasonAdvice).map(([reason, { outcome, meaning, action }]) => [code(outcome), code(reason), meaning, action]);
  return table(['`outcome`', '`reason`', 'meaning', 'what you do'], rows);
}

/** One row for each rule by which the code decides. */
function words(): string {
  const rows = providerNames.flatMap((name) => {
    const { title, create, sample } = providers[name];
    const row = (said: string, outcome: OutcomeName, reason?: OutcomeReason) => [
      title,
      said,
      [outcome, ...(reason ? [reason] : [])].map(code).join(' / '),
      adviseOn(outcome, reason),
    ];
    const rules = create(sample).outcomeRules ?? [];
    return [...rules.map((rule) => row(rule.words, rule.outcome, rule.reason)), row('any other word', 'pending', 'unknown-state')];
  });
  return table(['provider', 'what it says', '`outcome` / `reason`', 'what you do'], rows);
}
