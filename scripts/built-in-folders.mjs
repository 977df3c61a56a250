import { readFileSync, readdirSync } from 'node:fs';

const table = readFileSync('src/providers/built-in.ts', 'utf8');

/** The folders of src/providers/ that the table of built-in providers has. Another folder is not in the package yet. */
export const builtInFolders = readdirSync('src/providers', { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && table.includes(`'./${entry.name}/assets.js'`))
  .map(({ name }) => name);
