import { build } from 'vite';

const ending = '?library';

/** Supports `import text from './script.js?library'`: bundles a module with its imports into the text of a classic script. */
export const library = {
  name: 'library',
  enforce: 'pre',
  async load(id) {
    if (!id.endsWith(ending)) return undefined;
    const lib = { entry: id.slice(0, -ending.length).replace(/\.js$/, '.ts'), formats: ['iife'], name: 'unused' };
    const [{ output }] = [await build({ logLevel: 'warn', build: { lib, minify: true, write: false } })].flat();
    return `export default ${JSON.stringify(output[0].code)};`;
  },
};
