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

describe('the links of README and docs/', () => {
  it.each(pages)('of %s lead to a file, and to a heading in it', (page) => {
    for (const [, path = '', anchor] of withoutCode(page).matchAll(/\]\((?!https?:)([^)#\s]*)(?:#([^)\s]+))?\)/g)) {
      const target = path ? join(dirname(page), path) : page;
      expect(existsSync(target), `${page}: ${target}`).toBe(true);
      if (anchor) expect(anchorsOf(target), `${page}: ${target}`).toContain(anchor);
    }
  });

  it('lead from README to every page', () => {
    const readme = readFileSync('README.md', 'utf8');
    for (const page of pages) expect(readme).toContain(`](${page === 'README.md' ? 'README.es.md' : page})`);
  });
});
