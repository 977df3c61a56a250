import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ESLint } from 'eslint';
import { describe, expect, it } from 'vitest';
import tseslint from 'typescript-eslint';

const eslint = new ESLint();
// Most rules need no type information, which takes seconds to load.
const untyped = new ESLint({ overrideConfig: [tseslint.configs.disableTypeChecked] });

async function findViolations(filePath: string, code: string) {
  const [result] = await untyped.lintText(code, { filePath });
  return result?.messages.map(({ ruleId, message }) => ruleId ?? message) ?? [];
}

const importFrom = (source: string) => `import { x } from '${source}';\nexport const y = x;\n`;
const functionOf = (lines: number) => `export function f(): void {\n${'  f();\n'.repeat(lines)}}\n`;

const rejected: [what: string, file: string, code: string, rule: string][] = [
  ['lit outside src/element', 'src/endpoint/request-token.ts', importFrom('lit'), 'boundaries/dependencies'],
  ['lit in a provider', 'src/providers/payme/browser/adapter.ts', importFrom('lit/decorators.js'), 'boundaries/dependencies'],
  ['zod in browser code', 'src/endpoint/request-token.ts', importFrom('zod'), 'boundaries/dependencies'],
  ['zod/mini in browser code', 'src/endpoint/request-token.ts', importFrom('zod/mini'), 'boundaries/dependencies'],
  ["zod's core outside src/shared/zod-schemas.ts", 'src/endpoint/request-token.ts', importFrom('zod/v4/core'), 'boundaries/dependencies'],
  ['the command line in the checkout', 'src/checkout/run-attempt.ts', importFrom('../cli/run.js'), 'boundaries/dependencies'],
  ['the command line on the server', 'src/server/endpoints.ts', importFrom('../cli/run.js'), 'boundaries/dependencies'],
  ['server code in the command line', 'src/cli/check/check.ts', importFrom('../../server/endpoints.js'), 'boundaries/dependencies'],
  [
    'an adapter in the command line',
    'src/cli/check/check.ts',
    importFrom('../../providers/payme/browser/adapter.js'),
    'boundaries/dependencies',
  ],
  ['the element in the command line', 'src/cli/check/check.ts', importFrom('../../element/pay-checkout.js'), 'boundaries/dependencies'],
  ['the checkout in the command line', 'src/cli/check/check.ts', importFrom('../../checkout/settings.js'), 'boundaries/dependencies'],
  ['the DOM in the command line', 'src/cli/check/check.ts', 'export const title = document.title;\n', 'no-restricted-globals'],
  [
    'fetch in the command line, except for one file',
    'src/cli/check/check.ts',
    "export const answer = fetch('/');\n",
    'no-restricted-globals',
  ],
  ['React in the element', 'src/element/pay-checkout.ts', importFrom('react'), 'boundaries/dependencies'],
  ['a framework wrapper in the element', 'src/element/pay-checkout.ts', importFrom('../frameworks/react.js'), 'boundaries/dependencies'],
  ['the checkout in a framework wrapper', 'src/frameworks/react.ts', importFrom('../checkout/checkout.js'), 'boundaries/dependencies'],
  ['a provider in a framework wrapper', 'src/frameworks/vue.ts', importFrom('../providers/provider.js'), 'boundaries/dependencies'],
  ['a module of Node on the server', 'src/server/bearers.ts', importFrom('node:crypto'), 'boundaries/dependencies'],
  ['an entry in a file of a folder', 'src/testing/stand-ins.ts', importFrom('../index.js'), 'boundaries/dependencies'],
  ['the element in src/state', 'src/state/events.ts', importFrom('../element/pay-checkout.js'), 'boundaries/dependencies'],
  ['the element in the checkout', 'src/checkout/run-attempt.ts', importFrom('../element/pay-checkout.js'), 'boundaries/dependencies'],
  ['the checkout in the endpoint', 'src/endpoint/request-token.ts', importFrom('../checkout/run-attempt.js'), 'boundaries/dependencies'],
  ['the endpoint in the assets', 'src/assets/load-assets.ts', importFrom('../endpoint/request-token.js'), 'boundaries/dependencies'],
  [
    'a type of the checkout in src/state',
    'src/state/state.ts',
    `export type { Attempt } from '../checkout/attempt.js';\n`,
    'boundaries/dependencies',
  ],
  [
    'a dynamic import of server code',
    'src/checkout/run-attempt.ts',
    `export const load = () => import('../server/endpoints.js');\n`,
    'boundaries/dependencies',
  ],
  ['server code in the element', 'src/element/pay-checkout.ts', importFrom('../server/endpoints.js'), 'boundaries/dependencies'],
  [
    'the server half of a provider in the browser half',
    'src/providers/payme/browser/adapter.ts',
    importFrom('../server/adapter.js'),
    'boundaries/dependencies',
  ],
  [
    'the server half of a provider in its contract',
    'src/providers/payme/contract.ts',
    importFrom('./server/adapter.js'),
    'boundaries/dependencies',
  ],
  [
    'the server half of a provider in the table',
    'src/providers/built-in.ts',
    importFrom('./payme/server/adapter.js'),
    'boundaries/dependencies',
  ],
  ['server code in the stand-ins', 'src/testing/stand-ins.ts', importFrom('../server/endpoints.js'), 'boundaries/dependencies'],
  ['browser code on the server', 'src/server/endpoints.ts', importFrom('../assets/load-assets.js'), 'boundaries/dependencies'],
  [
    'the browser half of a provider in the server half',
    'src/providers/payme/server/adapter.ts',
    importFrom('../browser/adapter.js'),
    'boundaries/dependencies',
  ],
  [
    'the table of providers in an adapter',
    'src/providers/payme/browser/adapter.ts',
    importFrom('../../built-in.js'),
    'boundaries/dependencies',
  ],
  [
    'another provider in an adapter',
    'src/providers/izipay/browser/adapter.ts',
    importFrom('../../payme/contract.js'),
    'boundaries/dependencies',
  ],
  ['a provider in src/server', 'src/server/endpoints.ts', importFrom('../providers/payme/server/adapter.js'), 'boundaries/dependencies'],
  ['another stand-in in a stand-in', 'src/testing/izipay/app.ts', importFrom('../payme/texts.js'), 'boundaries/dependencies'],
  [
    'another provider in a stand-in',
    'src/testing/izipay/app.ts',
    importFrom('../../providers/payme/contract.js'),
    'boundaries/dependencies',
  ],
  ['a stand-in in shared code of the stand-ins', 'src/testing/card-form.ts', importFrom('./payme/texts.js'), 'boundaries/dependencies'],
  [
    'a provider in shared code of the stand-ins',
    'src/testing/card-form.ts',
    importFrom('../providers/payme/contract.js'),
    'boundaries/dependencies',
  ],
  ['the stand-ins in the checkout', 'src/checkout/run-attempt.ts', importFrom('../testing/stand-ins.js'), 'boundaries/dependencies'],
  ['browser code in src/shared', 'src/shared/signals.ts', importFrom('../state/errors.js'), 'boundaries/dependencies'],
  ['document.head outside src/assets', 'src/page/mount.ts', 'document.head.append(document.body);\n', 'no-restricted-syntax'],
  ['window.document.head outside src/assets', 'src/page/mount.ts', 'window.document.head.append(document.body);\n', 'no-restricted-syntax'],
  [
    'customElements.define outside define-element.ts',
    'src/element/pay-checkout.ts',
    "customElements.define('x-y', HTMLElement);\n",
    'no-restricted-syntax',
  ],
  ['fetch outside the endpoint', 'src/assets/load-assets.ts', "export const answer = fetch('/');\n", 'no-restricted-globals'],
  [
    'globalThis.fetch outside the endpoint',
    'src/testing/stand-ins.ts',
    "export const answer = globalThis.fetch('/');\n",
    'no-restricted-globals',
  ],
  [
    'a native that the page may have replaced',
    'src/checkout/checkout.ts',
    'export const text = JSON.stringify(1);\n',
    'no-restricted-globals',
  ],
  ['the DOM in an operation', 'src/server/operations/settle.ts', 'export const title = document.title;\n', 'no-restricted-globals'],
  ['the DOM on the server', 'src/server/cors.ts', 'export const title = document.title;\n', 'no-restricted-globals'],
  ['the DOM in a contract', 'src/providers/payme/contract.ts', 'export const title = document.title;\n', 'no-restricted-globals'],
  ['a global of Node on the server', 'src/server/cors.ts', 'export const home = process.env.HOME;\n', 'no-restricted-globals'],
  ['a file of 201 lines', 'src/state/events.ts', 'export {};\n'.repeat(201), 'max-lines'],
  ['a function of 26 lines', 'src/state/events.ts', functionOf(24), 'max-lines-per-function'],
  ['the console', 'src/state/events.ts', "console.log('');\n", 'no-console'],
  ['any', 'src/state/events.ts', 'export const x: any = 1;\n', '@typescript-eslint/no-explicit-any'],
  ['it.only', 'test/x.test.ts', "it.only('x', () => {});\n", 'no-restricted-syntax'],
  ['describe.skip', 'test/x.test.ts', "describe.skip('x', () => it('y', () => {}));\n", 'no-restricted-syntax'],
  ['it.skip.each', 'test/x.test.ts', "it.skip.each([1])('x', () => {});\n", 'no-restricted-syntax'],
  ['it.skipIf', 'test/x.test.ts', "it.skipIf(true)('x', () => {});\n", 'no-restricted-syntax'],
  ['an assertion on window', 'test/x.test.ts', "it('x', () => expect(window).to.have.property('y'));\n", 'no-restricted-syntax'],
];

const accepted: [what: string, file: string, code: string][] = [
  ['lit in the element', 'src/element/styles.ts', importFrom('lit')],
  ['the element in a framework wrapper', 'src/frameworks/react.ts', importFrom('../element/pay-checkout.js')],
  ['React in a framework wrapper', 'src/frameworks/react.ts', importFrom('react')],
  ['zod on the server', 'src/server/order.ts', importFrom('zod')],
  ['zod/mini on the server', 'src/server/order.ts', importFrom('zod/mini')],
  ["zod's core in src/shared/zod-schemas.ts", 'src/shared/zod-schemas.ts', importFrom('zod/v4/core')],
  ['src/shared on the server', 'src/server/order.ts', importFrom('../shared/schema.js')],
  ['a contract in the server half of a provider', 'src/providers/payme/server/adapter.ts', importFrom('../contract.js')],
  ['a contract in the browser half of a provider', 'src/providers/payme/browser/adapter.ts', importFrom('../contract.js')],
  ['a provider in its stand-in', 'src/testing/payme/api.ts', importFrom('../../providers/payme/contract.js')],
  ['shared code of the stand-ins in a stand-in', 'src/testing/payme/api.ts', importFrom('../api.js')],
  ['a module of Node in the command line', 'src/cli/parse-flags.ts', importFrom('node:util')],
  ['a global of Node in the command line', 'src/cli.ts', 'process.exitCode = 1;\n'],
  ['the table of providers in the command line', 'src/cli/check/target.ts', importFrom('../../providers/lazy-providers.js')],
  ['the endpoint in the command line', 'src/cli/check/token.ts', importFrom('../../endpoint/read-token.js')],
  ['a parameter named fetch', 'src/endpoint/post-json.ts', 'export const send = ({ fetch }: { fetch(): void }) => fetch();\n'],
  ['an option named fetch', 'src/testing/stand-ins.ts', 'export const send = (options: { fetch(): void }) => options.fetch();\n'],
  ['document.head in src/assets', 'src/assets/load-assets.ts', 'document.head.append(document.body);\n'],
  ['DOM types on the server', 'src/server/order.ts', 'export type Where = Location;\n'],
  ['it.each', 'test/x.test.ts', "it.each([1])('x', () => {});\n"],
  ['a function of 25 lines', 'src/state/events.ts', functionOf(23)],
];

describe('the ESLint configuration', () => {
  it.each(rejected)('rejects %s', async (_what, file, code, rule) => {
    expect(await findViolations(file, code)).toContain(rule);
  });

  it.each(accepted)('accepts %s', async (_what, file, code) => {
    expect(await findViolations(file, code)).toEqual([]);
  });

  // The rule for folders ignores an import of a file that does not exist, so an example with an old name would test nothing.
  it('is tested with imports of files that exist', () => {
    const imports = [...rejected, ...accepted].flatMap(([, file, code]) => {
      const [, source] = / from '(\..+)\.js'/.exec(code) ?? [];
      return source ? [join(dirname(file), `${source}.ts`)] : [];
    });
    expect(imports.filter((file) => !existsSync(file))).toEqual([]);
  });

  it.each(['no-floating-promises', 'no-misused-promises'])('enables %s with type information', async (rule) => {
    const config = (await eslint.calculateConfigForFile('src/endpoint/request-token.ts')) as { rules: Record<string, unknown[]> };
    expect(config.rules[`@typescript-eslint/${rule}`]?.[0]).toBe(2);
  });
});
