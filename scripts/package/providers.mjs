// The facts about each provider that the checks of the package use.
import { readFileSync } from 'node:fs';
import { tsImport } from 'tsx/esm/api';
import { builtInFolders } from '../built-in-folders.mjs';

/**
 * The `build.json` of a provider's test folder.
 *
 * @typedef {object} BuildFacts
 * @property {number} gzipLimit the most that its adapter adds to a file of the script-tag build: bytes after gzip -9
 * @property {string} adapterMarker a text that only its adapter contains, such as a name of the provider's library
 */

/** @type {Readonly<Record<string, BuildFacts>>} */
export const buildFacts = Object.fromEntries(builtInFolders.map((name) => [name, readFacts(name)]));

/** The demo's providers, whose sample accounts the stand-ins accept. */
export async function loadDemoProviders() {
  const { providers } = await tsImport('../../demo/providers/index.ts', import.meta.url);
  return providers;
}

function readFacts(name) {
  return JSON.parse(readFileSync(`test/providers/${name}/build.json`, 'utf8'));
}
