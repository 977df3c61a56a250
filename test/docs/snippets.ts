import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';

export interface Snippets {
  readonly names: readonly string[];
  /** Where the snippet of that name stands, as a file that can be imported. */
  path(this: void, name: string): string;
  remove(this: void): void;
}

interface NamedSnippet {
  readonly name: string;
  /** With the comment that names it. */
  readonly text: string;
}

/** The snippets of a page that begin with their name. */
export function namedSnippets(page: string): NamedSnippet[] {
  const found = readFileSync(page, 'utf8').matchAll(
    /^```(?:tsx?|jsx?|html|vue|css)\n((?:\/\/|<!--|\/\*) (\S+)(?: -->| \*\/)?\n.*?)^```$/gms,
  );
  return [...found].map(([, text = '', name = '']) => ({ name, text }));
}

/** The snippets of a page, just as they stand there, as files; beside them the merchant's own `shop.ts`. */
export function extract(page: string): Snippets {
  const { path: folder, remove } = newFolder();
  const found = namedSnippets(page).filter(({ name }) => /\.tsx?$/.test(name));
  const names = found.map(({ name }) => name);
  for (const { name, text } of found) {
    const path = join(folder, name);
    const ours = (_: string, entry: string) => `'${relative(dirname(path), resolve('src', `${entry}.js`))}'`;
    write(path, text.replaceAll(/'pay-checkout\/(server|testing)'/g, ours));
  }
  cpSync(join(import.meta.dirname, 'shop.ts'), join(folder, 'shop.ts'));
  return {
    names,
    path: (name) => join(folder, name),
    remove,
  };
}

/** The snippets of these pages that name a folder, as files in it; in each folder the built package, as if it had been installed. */
export function extractInstalled(pages: readonly string[]): Pick<Snippets, 'names' | 'path' | 'remove'> {
  const { path: folder, remove } = newFolder();
  const found = pages.flatMap(namedSnippets).filter(({ name }) => name.includes('/'));
  for (const { name, text } of found) write(join(folder, name), text);
  for (const app of new Set(found.map(({ name }) => name.split('/')[0]!))) {
    mkdirSync(join(folder, app, 'node_modules'));
    writeFileSync(join(folder, app, 'package.json'), '{ "type": "module" }');
    symlinkSync(resolve('.'), join(folder, app, 'node_modules/pay-checkout'));
  }
  return { names: found.map(({ name }) => name), path: (name) => join(folder, name), remove };
}

/** In the project, so that what is imported there is found. */
export function newFolder(): { readonly path: string; remove(this: void): void } {
  mkdirSync('coverage', { recursive: true });
  const path = resolve(mkdtempSync(join('coverage', 'snippets-')));
  return { path, remove: () => rmSync(path, { recursive: true }) };
}

function write(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}
