import { existsSync, readFileSync } from 'node:fs';
import { parseTemplate } from '@angular/compiler';
import { transform } from 'lightningcss';
import { compile as compileSvelte } from 'svelte/compiler';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { editorData } from '../../scripts/editors/index.mjs';
import { readArguments } from '../../src/cli/check/read-arguments.js';
import { readArguments as readNotifyArguments } from '../../src/cli/notify/read-arguments.js';
import { readArguments as readStandInsArguments } from '../../src/cli/stand-ins/read-arguments.js';
import { namesOf, tagOf, type EditorData } from '../editors/data.js';
import { complaintsOf, fragmentsOf, pages, type Fragment } from './fragments.js';
import { extract, newFolder, type Snippets } from './snippets.js';
import { compile } from './compile.js';

/** How a fenced block is covered: here, or by the test that is named. */
type Cover = 'compiled' | 'compiled as a fragment' | 'checked' | 'docs/documented.e2e' | 'docs/frameworks.node' | 'docs/signatures.node';

const checked = ['css', 'html', 'json', 'sh', 'svelte'];

function coverOf({ page, language, name }: Fragment): Cover | undefined {
  if (name?.includes('/') && /^(js|jsx|html|vue)$/.test(language)) return 'docs/documented.e2e';
  if (name && /^tsx?$/.test(language)) return 'compiled';
  if (/^(ts|js)$/.test(language)) return 'compiled as a fragment';
  if (language === 'vue' && page === 'docs/frameworks.md') return 'docs/frameworks.node';
  if (/^(php|python|csharp|java|text)$/.test(language) && page === 'docs/serve-signatures.md') return 'docs/signatures.node';
  return checked.includes(language) ? 'checked' : undefined;
}

const all = pages.flatMap(fragmentsOf);
const covered = (cover: Cover) => all.filter((fragment) => coverOf(fragment) === cover);
const written = (language: string) => all.filter((fragment) => fragment.language === language);
const told = editorData().then((data) => tagOf(data as unknown as EditorData));

describe('the snippets of README and docs/', () => {
  let extracted: Snippets[];
  const folder = newFolder();
  beforeAll(() => (extracted = pages.map(extract)));
  afterAll(() => {
    for (const { remove } of extracted) remove();
    folder.remove();
  });

  it('are all covered by a test', () => {
    expect(all.filter((fragment) => !coverOf(fragment)).map(({ page, language, text }) => [page, language, text])).toEqual([]);
  });

  it('compile, where they are files', () => {
    const files = extracted.flatMap(({ names, path }) => names.map(path));
    expect(files).toHaveLength(covered('compiled').length);
    expect(compile(files)).toEqual([]);
  });

  it('compile, where they are parts of one', () => {
    expect(complaintsOf(folder.path, covered('compiled as a fragment'))).toEqual([]);
  });

  it.each(written('svelte'))('compile as Svelte: $page', ({ text }) => {
    expect(compileSvelte(text, { filename: 'Checkout.svelte' }).warnings).toEqual([]);
  });

  it('have a template that Angular can read', () => {
    const [, template = ''] = /template: `(.*?)`/s.exec(all.find(({ text }) => text.includes('@angular/core'))!.text) ?? [];
    expect(template).toContain('<pay-checkout');
    expect(parseTemplate(template, 'checkout.component.html').errors).toBeNull();
  });

  it.each(written('json'))('are JSON: $page', ({ text }) => expect(() => JSON.parse(text) as unknown).not.toThrow());

  it('name properties and parts in CSS that the element has', async () => {
    const { cssProperties, cssParts } = await told;
    for (const { text } of written('css')) {
      transform({ filename: 'docs.css', code: Buffer.from(text) });
      expect(namesOf(cssProperties)).toEqual(expect.arrayContaining(text.match(/--pay-checkout-[\w-]+/g) ?? []));
      expect(namesOf(cssParts)).toEqual(expect.arrayContaining([...text.matchAll(/::part\((\w+)\)/g)].map(([, part]) => part)));
    }
  });

  it('write attributes and slots in HTML that the element has', async () => {
    const { members, slots } = await told;
    const attributes = members.map(({ attribute }) => attribute).filter(Boolean);
    for (const { text } of written('html')) {
      for (const [, tag = ''] of text.matchAll(/<pay-checkout([^>]*)>/g)) {
        const pairs = [...tag.matchAll(/([\w-]+)=(["'])(.*?)\2/gs)].map(([, name = '', , value = '']) => [name, value] as const);
        expect(attributes).toEqual(expect.arrayContaining(pairs.map(([name]) => name)));
        expect(() => JSON.parse(new Map(pairs).get('config') ?? '{}') as unknown).not.toThrow();
      }
      expect(namesOf(slots)).toEqual(expect.arrayContaining([...text.matchAll(/slot="(\w+)"/g)].map(([, slot]) => slot)));
    }
  });
});

const { scripts, name, dependencies, peerDependencies, devDependencies } = JSON.parse(readFileSync('package.json', 'utf8')) as {
  name: string;
} & Record<'scripts' | 'dependencies' | 'peerDependencies' | 'devDependencies', Record<string, string>>;
const installable = [name, ...Object.keys({ ...dependencies, ...peerDependencies, ...devDependencies })];

/** What the commands of the pages must be, each with what is asked of its arguments. */
const commands: [RegExp, (args: string) => unknown][] = [
  [/^npm install (?:--save-dev )?(.+)$/, (args) => expect(installable).toEqual(expect.arrayContaining(args.split(' ')))],
  [/^npm (?:ci && npm )?(?:run )?(start|test|build:playground)$/, (script) => expect(Object.keys(scripts)).toContain(script)],
  [
    /^npx pay-checkout check (.+)$/,
    (args) => readArguments(args.split(' '), { PAY_BACKEND_SECRET: 'a-secret-of-the-tests-with-32-characters' }),
  ],
  [/^npx pay-checkout stand-ins(.*)$/, (args) => readStandInsArguments(args.split(' ').filter(Boolean))],
  [/^npx pay-checkout notify (.+)$/, (args) => readNotifyArguments(args.split(' '))],
  // These are run by documented.e2e.test.ts, or make the folders that it makes.
  [/^(node server\.js --stand-ins|npx vite --mode stand-ins|npx playwright test|npx playwright install chromium)$/, () => {}],
  [/^(mkdir [\w./-]+ && cd [\w./-]+|npm init -y(?: && npm pkg set type=module)?)$/, () => {}],
  // The steps of the samples, which test/samples/ runs.
  [/^cp -r node_modules\/pay-checkout\/(samples\/\w+)\/\. \.$/, (folder) => expect(existsSync(folder)).toBe(true)],
  [/^sed .*?("s\|.*") \.env\.example > \.env$/, () => {}],
  [
    /^(?:npx pay-checkout stand-ins --port 4010|set -a && \. \.\/\.env && (?:npx pay-checkout serve|php -S 127\.0\.0\.1:8000 -t public))$/,
    () => {},
  ],
  [/^set -a && \. \.\/\.env && python3 manage\.py (?:migrate|runserver 127\.0\.0\.1:8000)$/, () => {}],
];

it.each(
  written('sh').flatMap(({ page, text }) =>
    text
      .trim()
      .split('\n')
      .map((line) => [page, line.trim().replace(/ +#.*/, '')] as const),
  ),
)('%s has a command that exists: %s', async (_, line) => {
  const [known, check] = commands.find(([pattern]) => pattern.test(line)) ?? [];
  expect(known, line).toBeDefined();
  await check!(known!.exec(line)![1]!);
});
