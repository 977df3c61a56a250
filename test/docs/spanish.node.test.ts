import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { anchorsOf, linksIn, readProse, spanishIndex, translations, type Link } from './translations.js';

const readBlocks = (page: string) => readFileSync(page, 'utf8').match(/^( *)```\w*\n.*?^\1```$/gms) ?? [];
const readLines = (page: string) => readProse(page).split('\n').filter(Boolean);
/** The kind of a line, without its text: heading with its level, row, item with its indentation, marker. */
const kindOf = (line: string) => (/^(?:#+(?= )|\||!| *(?:- \[.\]|-(?= )|\d+\.(?= ))|<!--.*-->)/.exec(line) ?? ['text'])[0];
const isHeading = (line: string) => /^#+ /.test(line);
const codesIn = (text: string) => (text.match(/`[^`]+`/g) ?? []).sort();
/** The code in each cell, or in the line if it is no row of a table. */
const cellsIn = (line: string) => (line.startsWith('| ') ? line.split(/(?<!\\)\|/) : [line]).map(codesIn);

const counterparts = [...translations, { english: 'docs/README.md', spanish: spanishIndex }];
const englishOf = (page: string) => counterparts.find(({ spanish }) => spanish === page)?.english ?? page;

/** A link as its English counterpart: a heading has another name in Spanish, but the same place. */
function toEnglish({ target, anchor }: Link): string {
  const english = englishOf(target);
  if (anchor === undefined) return english;
  return `${english}#${anchorsOf(english)[anchorsOf(target).indexOf(anchor)] ?? 'unknown'}`;
}

describe.each(translations)('$spanish', ({ english, spanish }) => {
  it('has the headings of the English page', () => {
    const headings = (page: string) => readLines(page).filter(isHeading).map(kindOf);
    expect(headings(spanish)).toEqual(headings(english));
  });

  it('has the same code blocks', () => expect(readBlocks(spanish)).toEqual(readBlocks(english)));

  it('has a line for each line', () => expect(readLines(spanish).map(kindOf)).toEqual(readLines(english).map(kindOf)));

  it('has the same inline code in each line, and in each cell of the tables', () => {
    expect(readLines(spanish).map(cellsIn)).toEqual(readLines(english).map(cellsIn));
  });

  it('has the same links in each line', () => {
    const links = (page: string) => readLines(page).map((line) => linksIn(line, page).map(toEnglish).sort());
    expect(links(spanish)).toEqual(links(english));
  });

  it('links to the Spanish page where there is one, and once to its English page', () => {
    const targets = readLines(spanish).flatMap((line) => linksIn(line, spanish).map(({ target }) => target));
    expect(targets.filter((target) => translations.some((one) => one.english === target))).toEqual([english]);
  });

  it('has no English sentence', () => {
    const hasEnglish = (line: string) => / (?:the|of|and|with|your) /.test(line.replaceAll(/`[^`]+`/g, ''));
    expect(readLines(spanish).filter((line) => !line.startsWith('In English: ') && hasEnglish(line))).toEqual([]);
  });
});
