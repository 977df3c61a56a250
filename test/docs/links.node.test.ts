import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { pages } from './fragments.js';

const withoutCode = (page: string) => readFileSync(page, 'utf8').replaceAll(/^```.*?^```$/gms, '');

/** The names under which headings are found, as GitHub makes them. */
function anchorsOf(page: string): string[] {
  const headings = withoutCode(page).match(/^#+ .+$/gm) ?? [];
  return headings.map((heading) =>
    heading
      .replace(/^#+ /, '')
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  );
}

describe('links in README and docs/', () => {
  it.each(pages)('lead from %s to an existing file and heading', (page) => {
    for (const [, path = '', anchor] of withoutCode(page).matchAll(/\]\((?!https?:)([^)#\s]*)(?:#([^)\s]+))?\)/g)) {
      const target = path ? join(dirname(page), path) : page;
      expect(existsSync(target), `${page}: ${target}`).toBe(true);
      if (anchor) expect(anchorsOf(target), `${page}: ${target}`).toContain(anchor);
    }
  });

  it('lead from README to the index and the Spanish README', () => {
    const readme = readFileSync('README.md', 'utf8');
    for (const page of ['docs/README.md', 'README.es.md']) expect(readme).toContain(`](${page})`);
  });

  it('lead from the index to every page, once', () => {
    const listed = [...readFileSync('docs/README.md', 'utf8').matchAll(/^\| \[.+?\]\(([^)]+)\)/gm)].map(([, path]) => `docs/${path}`);
    const expected = pages.filter((page) => page.startsWith('docs/') && page !== 'docs/README.md');
    expect(listed.toSorted()).toEqual(expected.toSorted());
  });
});
