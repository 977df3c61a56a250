import { readFileSync } from 'node:fs';
import { format, resolveConfig } from 'prettier';

/** Returns a page with its generated tables, by the name in `<!-- generated: name -->`. Its other text is written by hand. */
export async function fillPage(path: string, tables: Readonly<Record<string, string>>): Promise<string> {
  const page = readFileSync(path, 'utf8').replace(
    /(<!-- generated: (\w+) -->\n).*?(<!-- end -->)/gs,
    (_, begin: string, name: string, end: string) => `${begin}\n${tables[name]!}\n\n${end}`,
  );
  return format(page, { ...(await resolveConfig(path)), parser: 'markdown' });
}
