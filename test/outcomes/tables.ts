import { providerNames, providers } from '../../demo/providers/index.js';
import type { OutcomeName, OutcomeReason } from '../../src/server.js';
import { fillPage } from '../support/generated-page.js';
import { table } from '../support/markdown.js';
import { adviseOn, outcomeAdvice, reasonAdvice } from './advice.js';
import { toSpanish } from './to-spanish.js';

interface OutcomesPage {
  readonly path: string;
  /** Translates a text of the tables. */
  readonly translate: (english: string) => string;
}

/** The page in each language. */
export const outcomesPages: readonly OutcomesPage[] = [
  { path: 'docs/outcomes.md', translate: (english) => english },
  { path: 'docs/es/outcomes.md', translate: toSpanish },
];

const code = (text: string) => `\`${text}\``;

/** Returns the page with its generated tables. */
export function buildOutcomesPage({ path, translate }: OutcomesPage): Promise<string> {
  return fillPage(path, { outcomes: buildOutcomes(translate), reasons: buildReasons(translate), words: buildWords(translate) });
}

/** What the page hears, as `toPageAnswer` answers. */
const pageWords: Readonly<Partial<Record<OutcomeName, string>>> = {
  refunded: '`declined`, returned',
  reversed: '`declined`, returned',
  forged: '`pending`',
};

function buildOutcomes(translate: OutcomesPage['translate']): string {
  const rows = Object.entries(outcomeAdvice).map(([outcome, { meaning, action }]) => [
    code(outcome),
    meaning,
    action,
    pageWords[outcome as OutcomeName] ?? code(outcome),
  ]);
  return translateTable(translate, ['`outcome`', 'meaning', 'what you do', 'answer to the page'], rows);
}

function buildReasons(translate: OutcomesPage['translate']): string {
  const rows = Object.entries(reasonAdvice).map(([reason, { outcome, meaning, action }]) => [code(outcome), code(reason), meaning, action]);
  return translateTable(translate, ['`outcome`', '`reason`', 'meaning', 'what you do'], rows);
}

/** One row for each rule by which the code decides. */
function buildWords(translate: OutcomesPage['translate']): string {
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
  return translateTable(translate, ['provider', 'what it says', '`outcome` / `reason`', 'what you do'], rows);
}

/** Neither code nor the name of a provider is translated. */
const isName = (text: string) => /^(?:`[^`]+`(?: \/ )?)+$/.test(text) || providerNames.some((name) => providers[name].title === text);

function translateTable(translate: OutcomesPage['translate'], head: readonly string[], rows: readonly (readonly string[])[]): string {
  const [first = [], ...others] = [head, ...rows].map((row) => row.map((cell) => (isName(cell) ? cell : translate(cell))));
  return table(first, others);
}
