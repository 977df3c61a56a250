import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const english = readFileSync('README.md', 'utf8');
const spanish = readFileSync('README.es.md', 'utf8');

const blocks = (text: string) => text.match(/^```\w+\n.*?^```$/gms) ?? [];
const prose = (text: string) => text.replaceAll(/^```\w+\n.*?^```$/gms, '');
const lines = (text: string) => prose(text).split('\n').filter(Boolean);
/** The level of each heading. */
const headings = (text: string) => lines(text).flatMap((line) => /^#+(?= )/.exec(line) ?? []);
/** The kind of each line, without its text. */
const kinds = (text: string) => lines(text).map((line) => (/^(?:#+|\||-|!)/.exec(line) ?? ['text'])[0]);
const cells = (text: string) =>
  lines(text)
    .filter((line) => line.startsWith('| '))
    .map((line) => line.split(/(?<!\\)\|/).map((cell) => cell.trim()));
const codes = (text: string) => (text.match(/`[^`]+`/g) ?? []).sort();
const links = (text: string) => [...prose(text).matchAll(/\]\(([^)#]+)(?:#[\w-]+)?\)/g)].map(([, target = '']) => target);

describe('README.es.md', () => {
  it('has the headings of README.md', () => expect(headings(spanish)).toEqual(headings(english)));

  it('has the same code blocks', () => expect(blocks(spanish)).toEqual(blocks(english)));

  it('has a line for each line', () => expect(kinds(spanish)).toEqual(kinds(english)));

  it('has the same code in each cell of the tables', () => {
    expect(cells(spanish).map((row) => row.map(codes))).toEqual(cells(english).map((row) => row.map(codes)));
  });

  it('has the same inline code in each line', () => {
    const named = (text: string) => lines(text).map((line) => codes(line));
    expect(named(spanish)).toEqual(named(english));
  });

  it('links to the same pages, and to README.md instead of README.es.md', () => {
    const swapped = links(english).map((target) => (target === 'README.es.md' ? 'README.md' : target));
    expect(links(spanish)).toEqual(swapped);
  });
});
