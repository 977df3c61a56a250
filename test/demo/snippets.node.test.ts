import { readFileSync } from 'node:fs';
import { runInThisContext } from 'node:vm';
import fc from 'fast-check';
import { parse } from 'vue/compiler-sfc';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { attributesOf } from '../../demo/playground/attributes.js';
import { defaults } from '../../demo/playground/choices.js';
import { literal } from '../../demo/playground/snippets/literal.js';
import { snippets } from '../../demo/playground/snippets/index.js';
import { providerNames, providers } from '../../demo/providers/index.js';
import { createStandIns } from '../../src/testing.js';
import { compile } from '../docs/compile.js';
import { runOnNode } from '../docs/runtimes.js';
import type { Snippets } from '../docs/snippets.js';
import { vueComplaints } from '../docs/vue.js';
import { cases, paste } from './pasted.js';

const read = (page: string) => readFileSync(page, 'utf8');
const text = (tab: string, name: string) => snippets[tab]!.text(cases[name]!);

const evaluated = (code: string): unknown => runInThisContext(`(${code})`);

describe('what the playground has to paste', () => {
  it('equals the documented snippets for the default choices', () => {
    expect(read('README.md')).toContain(`\`\`\`html\n${snippets.html!.text(defaults)}\n\`\`\``);
    expect(read('docs/speed.md')).toContain(`\`\`\`html\n${snippets.head!.text(defaults)}\n\`\`\``);
    expect(read('docs/styling.md')).toContain(snippets.css!.text(defaults).split('\n\n')[1]!.split('}')[0]);
  });

  it('leaves out what is a default, and a config that is none', () => {
    expect(text('html', 'payme-production')).not.toMatch(/environment|locale|loading|credentials|config/);
    for (const tab of ['react', 'vue']) expect(snippets[tab]!.text({ ...defaults, config: '[1' })).not.toContain('config');
  });

  it('never says paid without a confirmation', () => {
    for (const tab of ['html', 'react', 'vue', 'backend']) expect(text(tab, 'payme-least')).not.toMatch(/onPaid|outcome/i);
  });

  it('asks for a token in the head just as the tag asks, and only where the tag asks at once', () => {
    for (const [name, choices] of Object.entries(cases)) {
      const tag = new Map(Object.entries(attributesOf(choices)));
      const said = [...text('head', name).matchAll(/ data-([\w-]+)="(.*?)"/g)].map(([, key = '', value]) => [key, value] as const);
      if (choices.loading === 'eager') {
        expect(said).toContainEqual(['token-endpoint', tag.get('token-endpoint')]);
        for (const [key, value] of said) expect(value, key).toBe(tag.get(key) ?? 'production');
        for (const key of ['order', 'credentials']) expect(new Map(said).get(key), key).toBe(tag.get(key));
      } else expect(said).toEqual([]);
    }
  });

  it('has the policy of the very environment', () => {
    expect(text('csp', 'payroc-sandbox')).toMatch(
      /^Content-Security-Policy: script-src 'self' https:\/\/cdn\.uat\.payroc\.com; connect-src/,
    );
    expect(text('csp', 'payroc-production')).toContain("script-src 'self' https://cdn.payroc.com;");
  });
});

it('what came from JSON is the same once it is written as code', () => {
  const json = fc.jsonValue({ maxDepth: 4 });
  fc.assert(
    fc.property(json, (value) => {
      expect(evaluated(literal(value))).toEqual(JSON.parse(JSON.stringify(value)));
    }),
    { seed: 1 },
  );
  expect(Object.keys(evaluated(literal(JSON.parse('{"__proto__": 1}'))) as object)).toEqual(['__proto__']);
});

describe('for React and for the backend', () => {
  let pasted: Snippets;
  afterEach(() => {
    pasted.remove();
    vi.unstubAllGlobals();
    vi.unstubAllEnvs();
  });

  it.each([
    ['react', 'tsx'],
    ['backend', 'ts'],
  ])('all that there is of %s compiles', (tab, extension) => {
    pasted = paste(tab, extension);
    expect(pasted.names).toHaveLength(Object.keys(cases).length);
    expect(compile(pasted.names.map(pasted.path))).toEqual([]);
  });

  it.each(providerNames)('the backend hands out tokens of %s', async (provider) => {
    pasted = paste('backend', 'ts');
    const { variables, sample } = providers[provider];
    for (const [option, variable] of Object.entries(variables)) vi.stubEnv(variable, sample[option]);
    const realFetch = fetch;
    const standIns = createStandIns();
    vi.stubGlobal('fetch', standIns.fetch);
    const { url, close } = await runOnNode(pasted.path(`${provider}-sandbox.ts`));
    const answer = await realFetch(`${url}/api/pay/token`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', Cookie: 'visitor=visitor-1' },
      body: JSON.stringify({ provider, environment: 'sandbox', order: 'A-1001' }),
    });
    expect(await answer.json()).toMatchObject({ provider, environment: 'sandbox', token: expect.any(String) as string });
    await close();
  });
});

describe('for Vue', () => {
  it('every component compiles', () => {
    const components = Object.fromEntries(Object.keys(cases).map((name) => [name, text('vue', name)]));
    const wrong = text('vue', 'payme-sandbox').replace('"sandbox"', '"live"');
    const said = vueComplaints({ ...components, wrong });
    expect(said).toEqual([expect.stringMatching(/\/wrong\.vue.*'"live"' is not assignable/)]);
  });

  it('the config is the same once the template is read', () => {
    const { ast } = parse(text('vue', 'payme-unusual')).descriptor.template!;
    const [tag] = ast!.children.filter((child) => 'props' in child);
    const bound = tag!.props.flatMap((prop) => ('exp' in prop && prop.rawName === ':config' ? prop.exp : []));
    const [code] = bound.map((exp) => (exp && 'content' in exp ? String(exp.content) : ''));
    expect(evaluated(code!)).toEqual(JSON.parse(cases['payme-unusual']!.config));
  });
});
