import { existsSync, readFileSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { buildFile, hashOf } from '../scripts/classic.mjs';
import { newestOf } from './newest.js';

const file = 'pay-checkout.min.js';

/**
 * Finds the `integrity` of `pay-checkout.min.js`. It uses the file in dist/ if that is newer than the source, and otherwise
 * builds one in memory.
 */
export async function findIntegrity(): Promise<string> {
  const published = fileURLToPath(new URL(`../dist/${file}.sri`, import.meta.url));
  const isCurrent = existsSync(published) && statSync(published).mtimeMs > newestOf('src');
  return isCurrent ? readFileSync(published, 'utf8').trim() : hashOf(await buildFile(file));
}
