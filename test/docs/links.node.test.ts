import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { englishPages, pages } from './fragments.js';
import { anchorsOf, linksIn, readProse, spanishIndex, translations } from './translations.js';

describe('links in README and docs/', () => {
  it.each(pages)('lead from %s to an existing file and heading', (page) => {
    for (const { target, anchor } of linksIn(readProse(page), page).filter(({ target }) => !target.includes(':'))) {
      expect(existsSync(target), `${page}: ${target}`).toBe(true);
      if (anchor) expect(anchorsOf(target), `${page}: ${target}`).toContain(anchor);
    }
  });

  it('lead from README to the index and the Spanish README', () => {
    const readme = readFileSync('README.md', 'utf8');
    for (const page of ['docs/README.md', 'README.es.md']) expect(readme).toContain(`](${page})`);
  });

  it('lead from the index to every page, once', () => {
    const expected = englishPages.filter((page) => page.startsWith('docs/') && page !== 'docs/README.md');
    expect(listedIn('docs/README.md').toSorted()).toEqual(expected.toSorted());
  });

  it('lead from the Spanish index to every Spanish page, once', () => {
    const expected = translations.map(({ spanish }) => spanish).filter((page) => page.startsWith('docs/'));
    expect(listedIn(spanishIndex).toSorted()).toEqual(expected.toSorted());
  });
});

/** The page that each row of an index lists. */
function listedIn(index: string): string[] {
  const rows = readFileSync(index, 'utf8').match(/^\| \[.+/gm) ?? [];
  return rows.map((row) => linksIn(row, index)[0]!.target);
}
