import { existsSync, readFileSync, readdirSync } from 'node:fs';

const table = readFileSync('src/providers/built-in.ts', 'utf8');

/** The folders of src/providers/ that the table of built-in providers has. Another folder is not in the package yet. */
export const builtInFolders = readdirSync('src/providers', { withFileTypes: true })
  .filter(
    (entry) => entry.isDirectory() && [`'./${entry.name}/assets.js'`, `'./${entry.name}/brands.js'`].some((file) => table.includes(file)),
  )
  .map(({ name }) => name);

/**
 * Whether a folder has several provider names, each with its own assets.
 *
 * @param {string} name the folder's
 */
export function hasBrands(name) {
  return existsSync(`src/providers/${name}/brands.ts`);
}
