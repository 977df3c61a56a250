import { ESLint } from 'eslint';
import { describe, expect, it } from 'vitest';
import tseslint from 'typescript-eslint';

const eslint = new ESLint();
// Most rules need no types, and reading them all takes seconds.
const untyped = new ESLint({ overrideConfig: [tseslint.configs.disableTypeChecked] });

async function faults(filePath: string, code: string) {
  const [result] = await untyped.lintText(code, { filePath });
  return result?.messages.map(({ ruleId, message }) => ruleId ?? message) ?? [];
}

const importing = (source: string) => `import { x } from '${source}';\nexport const y = x;\n`;
const long = (lines: number) => `export function f(): void {\n${'  f();\n'.repeat(lines)}}\n`;

const refused: [why: string, file: string, code: string, rule: string][] = [
  ['lit outside the element', 'src/token.ts', importing('lit'), 'boundaries/dependencies'],
  ['lit in a provider', 'src/providers/payme/browser.ts', importing('lit/decorators.js'), 'boundaries/dependencies'],
  ['full zod in browser code', 'src/token.ts', importing('zod'), 'boundaries/dependencies'],
  ['zod/mini in browser code', 'src/token.ts', importing('zod/mini'), 'boundaries/dependencies'],
  ["zod's core outside of the shapes", 'src/token.ts', importing('zod/v4/core'), 'boundaries/dependencies'],
  ['the command in the checkout', 'src/checkout.ts', importing('./cli/run.js'), 'boundaries/dependencies'],
  ['the command on the server', 'src/server/endpoints.ts', importing('../cli/run.js'), 'boundaries/dependencies'],
  ['server code in the command', 'src/cli/check.ts', importing('../server/index.js'), 'boundaries/dependencies'],
  ['a provider by name in the command', 'src/cli/check.ts', importing('../providers/payme/browser.js'), 'boundaries/dependencies'],
  ['the element in the command', 'src/cli/check.ts', importing('../pay-checkout.js'), 'boundaries/dependencies'],
  ['the token of a page in the command', 'src/cli/check.ts', importing('../token.js'), 'boundaries/dependencies'],
  ['the DOM in the command', 'src/cli/check.ts', 'export const title = document.title;\n', 'no-restricted-globals'],
  ['a request of its own in the command', 'src/cli/check.ts', "export const answer = fetch('/');\n", 'no-restricted-globals'],
  ['a framework in the element', 'src/pay-checkout.ts', importing('react'), 'boundaries/dependencies'],
  ['a wrapper in the element', 'src/index.ts', importing('./frameworks/react.js'), 'boundaries/dependencies'],
  ['more than its entry in a wrapper', 'src/frameworks/react.ts', importing('../pay-checkout.js'), 'boundaries/dependencies'],
  ['a provider in a wrapper', 'src/frameworks/vue.ts', importing('../providers/index.js'), 'boundaries/dependencies'],
  ['a Node module in src', 'src/server/bearer.ts', importing('node:crypto'), 'boundaries/dependencies'],
  ['src/index.ts from below', 'src/testing/index.ts', importing('../index.js'), 'boundaries/dependencies'],
  ['the element from a part', 'src/events.ts', importing('./pay-checkout.js'), 'boundaries/dependencies'],
  ['the attempts from a checkout', 'src/checkout.ts', importing('./attempts.js'), 'boundaries/dependencies'],
  ['a checkout from a part', 'src/token.ts', importing('./checkout.js'), 'boundaries/dependencies'],
  ['one part from another', 'src/assets.ts', importing('./token.js'), 'boundaries/dependencies'],
  ['a checkout, as a type', 'src/state.ts', `export type { Attempt } from './checkout.js';\n`, 'boundaries/dependencies'],
  [
    'server code, as it is needed',
    'src/checkout.ts',
    `export const load = () => import('./server/index.js');\n`,
    'boundaries/dependencies',
  ],
  ['server code in the element', 'src/pay-checkout.ts', importing('./server/index.js'), 'boundaries/dependencies'],
  ["a provider's server half in the browser", 'src/providers/index.ts', importing('./payme/server.js'), 'boundaries/dependencies'],
  ['server code in the stand-ins', 'src/testing/index.ts', importing('../server/index.js'), 'boundaries/dependencies'],
  ['browser code on the server', 'src/server/endpoints.ts', importing('../assets.js'), 'boundaries/dependencies'],
  ["a provider's browser half on the server", 'src/providers/payme/server.ts', importing('./browser.js'), 'boundaries/dependencies'],
  ['the registry in a provider', 'src/providers/payme/browser.ts', importing('../index.js'), 'boundaries/dependencies'],
  ['one provider from another', 'src/providers/izipay/browser.ts', importing('../payme/contract.js'), 'boundaries/dependencies'],
  ['a provider by name on the server', 'src/server/endpoints.ts', importing('../providers/payme/server.js'), 'boundaries/dependencies'],
  ["one provider's stand-in from another's", 'src/testing/izipay/app.ts', importing('../payme/texts.js'), 'boundaries/dependencies'],
  [
    "a provider in another's stand-in",
    'src/testing/izipay/app.ts',
    importing('../../providers/payme/contract.js'),
    'boundaries/dependencies',
  ],
  ['a stand-in in what they share', 'src/testing/card-form.ts', importing('./payme/texts.js'), 'boundaries/dependencies'],
  [
    'a provider in what the stand-ins share',
    'src/testing/card-form.ts',
    importing('../providers/payme/contract.js'),
    'boundaries/dependencies',
  ],
  ['the stand-ins in the checkout', 'src/checkout.ts', importing('./testing/index.js'), 'boundaries/dependencies'],
  ['browser code in what both halves share', 'src/signals.ts', importing('./errors.js'), 'boundaries/dependencies'],
  ['the head of the page', 'src/mount.ts', 'document.head.append(document.body);\n', 'no-restricted-syntax'],
  ['the head of the page, the long way', 'src/mount.ts', 'window.document.head.append(document.body);\n', 'no-restricted-syntax'],
  ['a registration of a tag', 'src/pay-checkout.ts', "customElements.define('x-y', HTMLElement);\n", 'no-restricted-syntax'],
  ['a request of its own', 'src/assets.ts', "export const answer = fetch('/');\n", 'no-restricted-globals'],
  ['a request of its own, the long way', 'src/testing/index.ts', "export const answer = globalThis.fetch('/');\n", 'no-restricted-globals'],
  ['the DOM on the server', 'src/server/cors.ts', 'export const title = document.title;\n', 'no-restricted-globals'],
  ['a global of Node', 'src/server/cors.ts', 'export const home = process.env.HOME;\n', 'no-restricted-globals'],
  ['a long file', 'src/events.ts', 'export {};\n'.repeat(201), 'max-lines'],
  ['a long function', 'src/events.ts', long(24), 'max-lines-per-function'],
  ['the console', 'src/events.ts', "console.log('');\n", 'no-console'],
  ['any', 'src/events.ts', 'export const x: any = 1;\n', '@typescript-eslint/no-explicit-any'],
  ['a test alone', 'test/x.test.ts', "it.only('x', () => {});\n", 'no-restricted-syntax'],
  ['a skipped suite', 'test/x.test.ts', "describe.skip('x', () => it('y', () => {}));\n", 'no-restricted-syntax'],
  ['a skipped table', 'test/x.test.ts', "it.skip.each([1])('x', () => {});\n", 'no-restricted-syntax'],
  ['a test that only some run', 'test/x.test.ts', "it.skipIf(true)('x', () => {});\n", 'no-restricted-syntax'],
  ['a window to write out', 'test/x.test.ts', "it('x', () => expect(window).to.have.property('y'));\n", 'no-restricted-syntax'],
];

const accepted: [why: string, file: string, code: string][] = [
  ['lit in the element', 'src/pay-checkout.styles.ts', importing('lit')],
  ["the element's entry in a wrapper", 'src/frameworks/react.ts', importing('../index.js')],
  ['React in a wrapper', 'src/frameworks/react.ts', importing('react')],
  ['full zod on the server', 'src/server/order.ts', importing('zod')],
  ['zod/mini on the server', 'src/server/order.ts', importing('zod/mini')],
  ["zod's core in the shapes", 'src/shape.ts', importing('zod/v4/core')],
  ['what both halves share', 'src/server/order.ts', importing('../schema.js')],
  ['a contract in both halves', 'src/providers/payme/server.ts', importing('./contract.js')],
  ['a provider in its stand-in', 'src/testing/payme/api.ts', importing('../../providers/payme/contract.js')],
  ['what the stand-ins share in one of them', 'src/testing/payme/api.ts', importing('../api.js')],
  ['a Node module in the command', 'src/cli/arguments.ts', importing('node:util')],
  ['a global of Node in the command', 'src/cli/main.ts', 'process.exitCode = 1;\n'],
  ['the registry in the command', 'src/cli/subject.ts', importing('../providers/index.js')],
  ['what the page reads, in the command', 'src/cli/token.ts', importing('../read-token.js')],
  ['a function that was handed in', 'src/post.ts', 'export const send = ({ fetch }: { fetch(): void }) => fetch();\n'],
  ['an option that is called fetch', 'src/testing/index.ts', 'export const send = (options: { fetch(): void }) => options.fetch();\n'],
  ['the head, where assets are loaded', 'src/assets.ts', 'document.head.append(document.body);\n'],
  ['DOM types on the server', 'src/server/order.ts', 'export type Where = Location;\n'],
  ['a table of tests', 'test/x.test.ts', "it.each([1])('x', () => {});\n"],
  ['a function of 25 lines', 'src/events.ts', long(23)],
];

describe('the linter', () => {
  it.each(refused)('refuses %s', async (_why, file, code, rule) => {
    expect(await faults(file, code)).toContain(rule);
  });

  it.each(accepted)('accepts %s', async (_why, file, code) => {
    expect(await faults(file, code)).toEqual([]);
  });

  it.each(['no-floating-promises', 'no-misused-promises'])('asks the types for %s', async (rule) => {
    const config = (await eslint.calculateConfigForFile('src/token.ts')) as { rules: Record<string, unknown[]> };
    expect(config.rules[`@typescript-eslint/${rule}`]?.[0]).toBe(2);
  });
});
