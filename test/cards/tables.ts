import { readFileSync } from 'node:fs';
import { format, resolveConfig } from 'prettier';
import { providerNames, providers, type ProviderName } from '../../demo/providers/index.js';
import { table } from '../support/markdown.js';
import { playCard } from './play-card.js';

export const cardsPage = 'docs/test-cards.md';

const head = ['card', 'name', 'what the provider does', 'state of the element', '`onOutcome`, from the page', '`onOutcome`, later'];

const code = (text: string | undefined) => (text ? `\`${text}\`` : 'nothing');

/** Returns the page with its generated tables. Its other text is written by hand. */
export async function buildCardsPage(): Promise<string> {
  const sections: string[] = [];
  for (const name of providerNames) sections.push(await buildSection(name));
  const page = readFileSync(cardsPage, 'utf8').replace(
    /(<!-- generated: cards -->\n).*?(<!-- end -->)/s,
    (_, begin: string, end: string) => `${begin}\n${sections.join('\n\n')}\n\n${end}`,
  );
  return format(page, { ...(await resolveConfig(cardsPage)), parser: 'markdown' });
}

async function buildSection(name: ProviderName): Promise<string> {
  const rows: string[][] = [];
  for (const { constant, card, number, effect } of readCards(name)) {
    const { state, reported, later } = await playCard(name, number);
    rows.push([code(number), code(`${constant}.${card}`), effect, code(state), code(reported), code(later)]);
  }
  return `### ${providers[name].title}\n\n${table(head, rows)}`;
}

/** Reads the cards of a stand-in with their comments, which say what the provider does. */
export function readCards(name: ProviderName) {
  const source = readFileSync(`src/testing/${name}/cards.ts`, 'utf8');
  const [, constant = '', body = ''] = /^export const (\w+Cards) = \{\n(.*?)^\} as const/ms.exec(source) ?? [];
  const cards = body.matchAll(/\/\*\* (.+?) \*\/\s+(\w+): '([\d ]+)'/g);
  return [...cards].map(([, effect = '', card = '', number = '']) => ({ constant, card, number, effect }));
}
