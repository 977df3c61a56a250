import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { defaults, type Choices } from '../../demo/playground/choices.js';
import { snippets } from '../../demo/playground/snippets/index.js';
import { standInProviders } from '../../src/testing/providers.js';
import { extract, type Snippets } from '../docs/snippets.js';

const compiler = createRequire(import.meta.url).resolve('vue-tsc/bin/vue-tsc.js');

/** Everything at once that differs from a default, with a `config` that is hard to write down. */
const unusual = {
  locale: 'pt-BR',
  loading: 'manual',
  credentials: 'include',
  config: JSON.stringify({
    "it's": '"quoted" \\" &amp; & </template> </script>',
    'two words': [1, null, { list: ['a', 'b'], text: 'x'.repeat(80) }],
    empty: {},
  }),
};

/** By name, choices whose snippets differ: each provider in each of its environments, and what may be left out or added. */
export const cases: Readonly<Record<string, Choices>> = Object.fromEntries(
  Object.entries(standInProviders).flatMap(
    ([
      provider,
      {
        provider: { assets },
      },
    ]) => [
      ...Object.keys(assets).map((environment) => [`${provider}-${environment}`, { ...defaults, provider, environment }]),
      [`${provider}-unusual`, { ...defaults, ...unusual, provider }],
      [`${provider}-least`, { ...defaults, provider, order: '', outcome: 'off' }],
    ],
  ),
) as Record<string, Choices>;

/** The snippets of one tab for all cases, as files. */
export function paste(tab: string, extension: string): Snippets {
  const blocks = Object.entries(cases).map(([name, choices]) => block(`${name}.${extension}`, snippets[tab]!.text(choices)));
  mkdirSync('coverage', { recursive: true });
  const folder = mkdtempSync(join('coverage', 'pasted-'));
  const page = join(folder, 'page.md');
  writeFileSync(page, blocks.join('\n'));
  const extracted = extract(page);
  rmSync(folder, { recursive: true });
  return extracted;
}

const block = (name: string, text: string) => `\`\`\`${name.split('.').at(-1)}\n// ${name}\n${text}\n\`\`\``;

/** What vue-tsc has to say of components, by name; it takes its time, so of all of them at once. */
export function vueComplaints(components: Readonly<Record<string, string>>): string {
  mkdirSync('coverage', { recursive: true });
  const folder = mkdtempSync(join('coverage', 'vue-'));
  for (const [name, text] of Object.entries(components)) writeFileSync(join(folder, `${name}.vue`), text);
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ extends: '../../tsconfig.vue.json', include: ['*.vue'] }));
  const { stdout } = spawnSync(process.execPath, [compiler, '-p', folder], { encoding: 'utf8' });
  rmSync(folder, { recursive: true });
  return stdout;
}
