import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';

/**
 * Reads the script-tag file of this package.
 *
 * @throws {Error} if the package was not built
 */
export async function readElement(): Promise<string> {
  const path = createRequire(import.meta.url).resolve('pay-checkout/pay-checkout.min.js');
  try {
    return await readFile(path, 'utf8');
  } catch (cause) {
    throw new Error('dist/pay-checkout.min.js is missing from the package pay-checkout. Install the package again, or build it.', {
      cause,
    });
  }
}
