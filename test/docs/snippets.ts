import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import ts from 'typescript';

export interface Snippets {
  readonly names: readonly string[];
  /** Where the snippet of that name stands, as a file that can be imported. */
  path(name: string): string;
  /** What the compiler has to say of them all. */
  complaints(): string[];
  remove(): void;
}

/** The snippets of a page that begin with their name, just as they stand there, as files; beside them the merchant's own `shop.ts`. */
export function extract(page: string): Snippets {
  mkdirSync('coverage', { recursive: true });
  // In the project, so that what they import is found.
  const folder = resolve(mkdtempSync(join('coverage', 'snippets-')));
  const found = [...readFileSync(page, 'utf8').matchAll(/^```tsx?\n\/\/ (\S+)\n(.*?)^```$/gms)];
  const names = found.map(([, name = '']) => name);
  for (const [, name = '', text = ''] of found) {
    const path = join(folder, name);
    mkdirSync(dirname(path), { recursive: true });
    const ours = (_: string, entry: string) => `'${relative(dirname(path), resolve('src', entry, 'index.js'))}'`;
    writeFileSync(path, text.replaceAll(/'pay-checkout\/(server|testing)'/g, ours));
  }
  cpSync(join(import.meta.dirname, 'shop.ts'), join(folder, 'shop.ts'));
  return {
    names,
    path: (name) => join(folder, name),
    complaints: () => compile(names.map((name) => join(folder, name))),
    remove: () => rmSync(folder, { recursive: true }),
  };
}

function compile(files: string[]): string[] {
  const { config } = ts.readConfigFile('tsconfig.json', (path) => ts.sys.readFile(path)) as { config: { compilerOptions: object } };
  const { options } = ts.convertCompilerOptionsFromJson({ ...config.compilerOptions, noUnusedLocals: true }, '.', 'tsconfig.json');
  const program = ts.createProgram(files, options);
  const problems = files.flatMap((file) => ts.getPreEmitDiagnostics(program, program.getSourceFile(file)));
  return problems.map(
    ({ file, messageText }) => `${relative('.', file?.fileName ?? '')}: ${ts.flattenDiagnosticMessageText(messageText, ' ')}`,
  );
}
