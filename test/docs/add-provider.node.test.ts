import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { builtInFolders } from '../../src/providers/built-in.js';

const roots = ['src', 'demo', 'bench', 'scripts', 'test'];
const ownFolder = new RegExp(`/(${builtInFolders.join('|')})/`);

/** Lines within which a file that names three providers enumerates them. */
const range = 12;
const enumerated = 3;

/** Declares the names that the snippets of the documentation use. */
const documentation = 'test/docs/fragments.ts';

function sourceFiles(): string[] {
  const files = roots.flatMap((root) => readdirSync(root, { recursive: true, encoding: 'utf8' }).map((path) => join(root, path)));
  return files.filter((path) => /\.(ts|tsx|mjs|js|json|vue|html)$/.test(path) && !ownFolder.test(path)).sort();
}

/** The provider that a line names, in any case: `Pay-me`, `paymeCards`; but not `payment`. */
function namesIn(line: string): string[] {
  const words = line
    .replaceAll(/payment/gi, '')
    .replaceAll('-', '')
    .toLowerCase();
  return builtInFolders.filter((name) => words.includes(name));
}

function enumeratesProviders(path: string): boolean {
  const lines = readFileSync(path, 'utf8').split('\n').map(namesIn);
  return lines.some((_, n) => new Set(lines.slice(n, n + range).flat()).size >= enumerated);
}

/** The paths in the section of CONTRIBUTING.md. */
function listedFiles(): string[] {
  const [, section = ''] = /^## Add a provider\n(.*?)^## /ms.exec(readFileSync('CONTRIBUTING.md', 'utf8')) ?? [];
  const [, list = ''] = /^### Existing files to edit\n(.*?)(?=^#|$(?![^]))/ms.exec(section) ?? [];
  return [...list.matchAll(/^- `([^`]+)`/gm)].map(([, path = '']) => path).sort();
}

describe('the section "Add a provider" of CONTRIBUTING.md', () => {
  it('lists each file outside of the folders of a provider that enumerates the providers', () => {
    const found = sourceFiles().filter((path) => path !== documentation && enumeratesProviders(path));
    const listed = listedFiles().filter((path) => roots.some((root) => path.startsWith(`${root}/`)));
    expect(found).toEqual(listed);
  });

  it('lists at most eight files', () => expect(listedFiles().length).toBeLessThanOrEqual(8));
});
