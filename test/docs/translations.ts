import { readFileSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The index of the Spanish pages, which is no translation. */
export const spanishIndex = 'docs/es/README.md';

export interface Translation {
  readonly english: string;
  readonly spanish: string;
}

const spanishPages = readdirSync('docs/es').map((name) => `docs/es/${name}`);

/** Each page that is in Spanish, too. Both have the same lines, code and links. */
export const translations: readonly Translation[] = [
  { english: 'README.md', spanish: 'README.es.md' },
  ...spanishPages.filter((page) => page !== spanishIndex).map((spanish) => ({ english: spanish.replace('/es/', '/'), spanish })),
];

/** Returns the page without its blocks of code. */
export const readProse = (page: string) => readFileSync(page, 'utf8').replaceAll(/^( *)```\w*\n.*?^\1```$/gms, '');

/** Returns the names under which the headings of a page are found, as GitHub makes them. */
export function anchorsOf(page: string): string[] {
  const headings = readProse(page).match(/^#+ .+$/gm) ?? [];
  return headings.map((heading) =>
    heading
      .replace(/^#+ /, '')
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  );
}

export interface Link {
  /** From the root of the project, or an address. */
  readonly target: string;
  readonly anchor?: string;
}

/** Returns the links in a line of a page. */
export function linksIn(line: string, page: string): Link[] {
  return [...line.matchAll(/\]\(([^)#\s]*)(?:#([^)\s]+))?\)/g)].map(([, path = '', anchor]) => {
    const target = path.includes(':') ? path : path ? join(dirname(page), path) : page;
    return anchor === undefined ? { target } : { target, anchor };
  });
}
