// The classic scripts: the core, and an adapter for each provider, which the core puts on the page where it is used.
import { createHash } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { relative } from 'node:path';
import { build } from 'vite';
import { borrowing, lending } from './lent.mjs';
import { plugins, shrinker } from './smaller.mjs';

const adapters = readdirSync('src/providers', { withFileTypes: true }).flatMap((entry) => (entry.isDirectory() ? [entry.name] : []));
/** What stands in the core until the adapters are written. */
const placeholders = Object.fromEntries(adapters.map((name) => [name, `sha384-${name}`]));

/** @returns {Promise<Record<string, string>>} the code of each file, by its name */
export async function buildClassic() {
  const core = await bundle('classic:core', lending, { adapterHashes: JSON.stringify(placeholders) });
  if (core.code.includes('Lit is in dev mode')) throw new Error('The classic script contains the development build of lit.');
  const shrink = shrinker();
  let code = inPages(await shrink(core.code));
  const files = {};
  for (const name of adapters) {
    const adapter = await bundle(`classic:${name}`, borrowing(name));
    refuseDuplicates(core, adapter);
    const small = inPages(await shrink(adapter.code));
    if (!code.includes(placeholders[name])) throw new Error(`The classic script has no place for the hash of ${name}.`);
    code = code.replace(placeholders[name], hashOf(small));
    files[`pay-checkout-${name}.min.js`] = small;
  }
  return { 'pay-checkout.min.js': code, ...files };
}

/**
 * A server that renders pages may import the script, too: there is nothing for it to do. The comment has V8 compile all functions
 * while the file arrives, off the page's own thread, and not one by one when each is first called (since Chrome 136); nearly all are.
 */
const inPages = (code) => `//# allFunctionsCalledOnLoad\nglobalThis.document&&${code}`;

export function hashOf(code) {
  return `sha384-${createHash('sha384').update(code).digest('base64')}`;
}

async function bundle(input, more, define) {
  const lib = { entry: input, formats: ['iife'], name: 'unused', fileName: () => 'unused.js' };
  const options = { lib, minify: true, write: false, rolldownOptions: { input } };
  const [{ output }] = [await build({ logLevel: 'warn', plugins: [...more, ...plugins], define, build: options })].flat();
  if (output.length > 1) throw new Error('A classic script must be one file.');
  return output[0];
}

/** What an adapter has of its own would be downloaded twice, and be two modules. */
function refuseDuplicates(core, adapter) {
  const twice = adapter.moduleIds.filter((id) => core.moduleIds.includes(id)).map((id) => relative('.', id));
  if (twice.length > 0)
    throw new Error(`The classic script has these, and should lend them (scripts/classic/lent.mjs): ${twice.join(', ')}`);
}
