// The script-tag build: `pay-checkout.min.js` with every provider, and `pay-checkout-<provider>.min.js` with one. Each file is complete in itself.
import { createHash } from 'node:crypto';
import { transform } from 'lightningcss';
import { minify } from 'terser';
import { build } from 'vite';
import { builtInFolders, hasBrands } from './built-in-folders.mjs';

const contents = {
  'pay-checkout.min.js': builtInFolders,
  ...Object.fromEntries(builtInFolders.map((name) => [`pay-checkout-${name}.min.js`, [name]])),
};

/** @returns {Promise<Record<string, string>>} the code of each file, by its name */
export async function buildClassic() {
  const files = Object.keys(contents).map(async (file) => [file, await buildFile(file)]);
  return Object.fromEntries(await Promise.all(files));
}

/** @param {string} file its name */
export async function buildFile(file) {
  return shrink(await bundle(contents[file]));
}

/**
 * For `integrity`.
 *
 * @param {string} code
 */
export function hashOf(code) {
  return `sha384-${createHash('sha384').update(code).digest('base64')}`;
}

async function bundle(names) {
  const lib = { entry: entryId, formats: ['iife'], name: 'unused', fileName: () => 'unused.js' };
  const options = { lib, minify: true, write: false, rolldownOptions: { input: entryId } };
  const [{ output }] = [await build({ logLevel: 'warn', plugins: [entry(names), smallCss], build: options })].flat();
  const [{ code }] = output;
  if (output.length > 1) throw new Error('A classic script must be one file.');
  if (code.includes('Lit is in dev mode')) throw new Error('The classic script contains the development build of lit.');
  return code;
}

const entryId = 'script-tag';

/** For vite: the module that a script tag runs, which no other build has. */
function entry(names) {
  const code = [
    // The order of these imports lets gzip find repetitions within its window of 32 kB. It saves about 500 bytes.
    "import 'lit';",
    "import 'zod/v4/core';",
    "import '/src/endpoint/canonical-token.ts';",
    "import '/src/messages/locales.ts';",
    "import '/src/assets/load-assets.ts';",
    "import '/src/endpoint/request-token.ts';",
    "import '/src/checkout/settings.ts';",
    "import '/src/element/diagnose.ts';",
    "import '/src/element/template.ts';",
    "import '/src/element/focus.ts';",
    "import '/src/checkout/checkout.ts';",
    "import '/src/page/wait-until-operable.ts';",
    "import { defineElement } from '/src/element/define-element.ts';",
    "import { createEntry } from '/src/providers/registry.ts';",
    ...names.map((name) => `import { ${name} } from '/src/providers/${name}/browser/adapter.ts';`),
    ...names.filter(hasBrands).map((name) => `import { brandAssets as ${name}Brands } from '/src/providers/${name}/brands.ts';`),
    `defineElement({ ${names.map(entriesOf).join(', ')} });`,
  ].join('\n');
  const resolveId = (id) => (id === entryId ? id : undefined);
  return { name: entryId, enforce: 'pre', resolveId, load: (id) => (id === entryId ? code : undefined) };
}

/** The names of a folder's providers, which share one adapter. */
function entriesOf(name) {
  if (!hasBrands(name)) return `${name}: createEntry(${name})`;
  return `...Object.fromEntries(Object.entries(${name}Brands).map(([name, assets]) => [name, createEntry({ ...${name}, assets })]))`;
}

/** For vite: minifies the style sheets, which are multi-line template literals without values. */
const smallCss = {
  name: 'small-css',
  enforce: 'pre',
  transform: (code, id) => (id.endsWith('styles.ts') ? code.replace(/(?<=`)\n[^`$]*(?=`)/g, minifyCss) : undefined),
};

function minifyCss(css) {
  return transform({ filename: 'styles.css', code: Buffer.from(css), minify: true }).code.toString();
}

/**
 * Shortens vite's output further with Terser. Properties that begin with `_$` are internal to lit, so their names can be
 * shortened.
 */
async function shrink(code) {
  const compress = { ecma: 2022, passes: 4, keep_fargs: false, pure_getters: true, unsafe_arrows: true, unsafe_methods: true };
  const mangle = { properties: { regex: /^_\$/ } };
  const { code: small } = await minify(code, { ecma: 2022, toplevel: true, compress, mangle });
  return inPages(small);
}

/**
 * On a server, importing the script does nothing. The comment makes V8 (since Chrome 136) compile all functions in the background while
 * the file arrives, instead of one by one in the page's thread when each is first called. Nearly all of them are called.
 */
const inPages = (code) => `//# allFunctionsCalledOnLoad\nglobalThis.document&&${code}`;
