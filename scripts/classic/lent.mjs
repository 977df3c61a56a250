// The adapters of the classic script are scripts of their own. What the core has in it anyway, it lends to them.
import { resolve } from 'node:path';

/** By module. */
const lent = {
  'scripts/classic/adapters.ts': ['arrived'],
  'src/errors.ts': ['CheckoutError'],
  'src/schema.ts': ['isRecord'],
  'src/signals.ts': ['onAbort', 'unlessAborted'],
  'src/tries.ts': ['sleep'],
  'src/visibility.ts': ['afterVisible'],
  'src/watch.ts': ['watch'],
  'src/window-left.ts': ['whenWindowLeft'],
  'src/providers/izipay/assets.ts': ['assets'],
  'src/providers/payme/assets.ts': ['assets'],
  'src/providers/payroc/assets.ts': ['assets'],
};

const modules = Object.keys(lent);
const all = modules.flatMap((module, m) => lent[module].map((name) => ({ module, name, local: `${name}_${m}` })));
/** On the element's class, hidden from all but the adapters. */
const place = "[Symbol.for('pay-checkout')]";

/**
 * For vite: the core, which lends. It registers the tag and exports nothing, so that it leaves no name on `window`. What is alike
 * stands side by side, within reach of gzip's window of 32 kB: libraries, style sheets, texts, and then the rest.
 */
export const lending = [
  generated('classic:core', [
    ...['lit', '/src/pay-checkout.styles.ts', '/src/messages/index.ts', '/src/index.ts'].map((module) => `import '${module}';`),
    "import { PayCheckout } from '/src/pay-checkout.ts';",
    ...all.map(({ module, name, local }) => `import { ${name} as ${local} } from '/${module}';`),
    `PayCheckout${place} = [${all.map(({ local }) => local)}];`,
  ]),
  substituted('src/providers/adapters.ts', resolve('scripts/classic/adapters.ts')),
];

/** For vite: the adapter of that provider, which borrows. */
export function borrowing(name) {
  return [
    generated(`classic:${name}`, [
      "import { arrived } from '/scripts/classic/adapters.ts';",
      `import { ${name} } from '/src/providers/${name}/browser.ts';`,
      `arrived.${name} = ${name};`,
    ]),
    generated('classic:lent', [`export default customElements.get('pay-checkout')${place};`]),
    ...modules.flatMap((module) => [substituted(module, `lent:${module}`), generated(`lent:${module}`, borrowedFrom(module))]),
  ];
}

function borrowedFrom(module) {
  const exports = all.flatMap((one, n) => (one.module === module ? [`export const ${one.name} = lent[${n}];`] : []));
  return ["import lent from 'classic:lent';", ...exports];
}

/** A module that is in no file. */
function generated(id, lines) {
  return {
    name: 'generated',
    enforce: 'pre',
    resolveId: (wanted) => (wanted === id ? id : undefined),
    load: (wanted) => (wanted === id ? lines.join('\n') : undefined),
  };
}

/** Another module in this one's place. */
function substituted(module, other) {
  const there = resolve(module);
  const here = (id, importer = '') => (id.startsWith('/') ? resolve(`.${id}`) : resolve(importer, '..', id.replace(/\.js$/, '.ts')));
  return { name: 'substituted', enforce: 'pre', resolveId: (id, importer) => (here(id, importer) === there ? other : undefined) };
}
