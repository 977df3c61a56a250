import { builtInFolders, folderOf, type BuiltInName } from '../providers/built-in.js';

const full = 'pay-checkout.min.js';

/**
 * Finds which file of the script-tag build a page loads. A script with an unknown name counts as a renamed `pay-checkout.min.js`.
 *
 * @param script name or URL
 * @param caller the function that error messages name
 * @throws {RangeError} for the file of another provider
 */
export function findScriptFile(script: string, provider: BuiltInName, caller: string): string {
  const [name = ''] = /[^/]*$/.exec(script.replace(/[?#].*/s, '')) ?? [];
  const own = `pay-checkout-${folderOf(provider)}.min.js`;
  if (name === own) return own;
  if (!builtInFolders.some((other) => name === `pay-checkout-${other}.min.js`)) return full;
  throw new RangeError(`${caller}(): \`script\` should be ${full} or ${own}, which have ${provider}, but was ${name}.`);
}
