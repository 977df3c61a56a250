import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { format, resolveConfig } from 'prettier';
import type { Report } from './benchmark.js';

const file = fileURLToPath(new URL('results.md', import.meta.url));
const heading =
  '# Benchmark results\n\n`npm run bench` writes this file, one section per benchmark. Each section names its conditions. A row with **no** in the last column misses its target.\n';

/** Writes the result under its own heading. The other sections stay unchanged. */
export async function keepResult({ title, text }: Report): Promise<void> {
  const before = existsSync(file) ? readFileSync(file, 'utf8') : heading;
  const [top = heading, ...sections] = before.split(/^(?=## )/m);
  const others = sections.filter((section) => !section.startsWith(`## ${title}\n`));
  const all = [top, ...others, `## ${title}\n\n${text}\n`].map((part) => part.trim()).join('\n\n');
  writeFileSync(file, await format(all, { ...(await resolveConfig(file)), filepath: file }));
}
