import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { defaults, type Choices } from '../../demo/playground/choices.js';
import { snippets } from '../../demo/playground/snippets/index.js';
import { standInProviders } from '../../src/testing/providers.js';
import { extract, type Snippets } from '../docs/snippets.js';

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
      [`${provider}-fallback`, { ...defaults, provider, fallback: provider === 'payme' ? 'izipay' : 'payme' }],
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
