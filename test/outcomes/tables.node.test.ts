import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { buildOutcomesPage, outcomesPages } from './tables.js';
import { dictionary, toSpanish } from './to-spanish.js';

describe.each(outcomesPages)('$path', (page) => {
  it('is up to date; otherwise run `npm run docs`', async () => {
    expect(readFileSync(page.path, 'utf8')).toBe(await buildOutcomesPage(page));
  });
});

describe('toSpanish()', () => {
  it('names the text that has no translation', () => {
    expect(() => toSpanish('Ship it twice.')).toThrow('docs/es/outcomes.md has no Spanish text for "Ship it twice."');
  });

  it('translates no text that the tables no longer contain', async () => {
    const used = new Set<string>();
    await buildOutcomesPage({ path: 'docs/es/outcomes.md', translate: (english) => (used.add(english), toSpanish(english)) });
    expect(Object.keys(dictionary).filter((english) => !used.has(english))).toEqual([]);
  });
});
