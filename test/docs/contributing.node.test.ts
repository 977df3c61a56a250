import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

/** The folders in the map, as paths. The indentation of a line says in which folder it is. */
function readMap(): string[] {
  const [, map = ''] = /^## Map\n\n```\n(.*?)^```$/ms.exec(readFileSync('CONTRIBUTING.md', 'utf8')) ?? [];
  const parents: string[] = [];
  return map.split('\n').flatMap((line) => {
    const [, indentation = '', name] = /^( *)(\S+)\//.exec(line) ?? [];
    if (name === undefined) return [];
    parents.splice(indentation.length / 2, Infinity, name);
    return [parents.join('/')];
  });
}

function foldersIn(root: string, recursive: boolean): string[] {
  const entries = readdirSync(root, { withFileTypes: true, recursive });
  return entries.flatMap((entry) => (entry.isDirectory() ? [`${entry.parentPath}/${entry.name}`] : []));
}

describe('the map in CONTRIBUTING.md', () => {
  const listed = readMap();

  it('lists no folder that does not exist', () => {
    expect(listed.length).toBeGreaterThan(30);
    expect(listed.filter((folder) => !existsSync(folder))).toEqual([]);
  });

  it('lists every folder of src/', () => {
    expect(foldersIn('src', true).filter((folder) => !listed.includes(folder))).toEqual([]);
  });

  it.each(['demo', 'bench', 'scripts'])('lists every folder at the root of %s/', (root) => {
    expect(foldersIn(root, false).filter((folder) => !listed.includes(folder))).toEqual([]);
  });

  it('lists every folder of test/ that mirrors no folder of src/ or demo/', () => {
    const isMirror = (folder: string) => ['src', '.'].some((root) => existsSync(folder.replace(/^test/, root)));
    expect(foldersIn('test', false).filter((folder) => !listed.includes(folder) && !isMirror(folder))).toEqual([]);
  });
});
