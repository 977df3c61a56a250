import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { tableUnder } from '../support/markdown.js';

const english = readFileSync('README.md', 'utf8');
const spanish = readFileSync('README.es.md', 'utf8');

const blocks = (text: string) => text.match(/^```\w+\n.*?^```$/gms) ?? [];
const prose = (text: string) => text.replaceAll(/^```\w+\n.*?^```$/gms, '');
const lines = (text: string) => prose(text).split('\n').filter(Boolean);
/** How deep each heading is. */
const headings = (text: string) => lines(text).flatMap((line) => /^#+(?= )/.exec(line) ?? []);
/** What a line is, whatever it says. */
const kinds = (text: string) => lines(text).map((line) => (/^(?:#+|\||-|!)/.exec(line) ?? ['text'])[0]);
const cells = (text: string) =>
  lines(text)
    .filter((line) => line.startsWith('| '))
    .map((line) => line.split(/(?<!\\)\|/).map((cell) => cell.trim()));
const codes = (text: string) => (text.match(/`[^`]+`/g) ?? []).sort();
const links = (text: string) => [...prose(text).matchAll(/\]\(([^)#]+)(?:#[\w-]+)?\)/g)].map(([, target = '']) => target);

describe('README.es.md', () => {
  it('has the headings of README.md', () => expect(headings(spanish)).toEqual(headings(english)));

  it('has the same code, to the letter', () => expect(blocks(spanish)).toEqual(blocks(english)));

  it('has a line for each line', () => expect(kinds(spanish)).toEqual(kinds(english)));

  it('has the same tables: what is code in each cell, and what is retryable', () => {
    expect(cells(spanish).map((row) => row.map(codes))).toEqual(cells(english).map((row) => row.map(codes)));
    const inSpanish: Record<string, string> = { yes: 'sí', no: 'no' };
    const failures = (text: string, heading: string) =>
      tableUnder(text, heading).map(([code, reason, retryable = '']) => [code, reason, retryable]);
    const translated = failures(english, 'When it fails').map(([code, reason, retryable = '']) => [code, reason, inSpanish[retryable]]);
    expect(failures(spanish, 'Cuando falla')).toEqual(translated);
  });

  it('has the same names in its text', () => {
    const named = (text: string) => lines(text).map((line) => codes(line));
    expect(named(spanish)).toEqual(named(english));
  });

  it('leads to the same pages, and to the English one where that leads to it', () => {
    const swapped = links(english).map((target) => (target === 'README.es.md' ? 'README.md' : target));
    expect(links(spanish)).toEqual(swapped);
  });
});
