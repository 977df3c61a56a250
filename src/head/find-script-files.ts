import { builtInFolders, folderOf, type BuiltInName } from '../providers/built-in.js';

const full = 'pay-checkout.min.js';

/**
 * Finds which files of the script-tag build a page loads: `pay-checkout.min.js`, or one file for each provider. A script with an unknown
 * name counts as a renamed `pay-checkout.min.js`.
 *
 * @param script name or URL: of `pay-checkout.min.js`, or of the file for the first provider
 * @param providers the one of the attribute, then its fallbacks
 * @param caller the function that error messages name
 * @throws {RangeError} for the file of another provider
 */
export function findScriptFiles(script: string, providers: readonly BuiltInName[], caller: string): [string, ...string[]] {
  const name = nameOf(script);
  const [own, ...others] = providers.map((provider) => `pay-checkout-${folderOf(provider)}.min.js`) as [string, ...string[]];
  if (name === own) return [own, ...new Set(others.filter((file) => file !== own))];
  if (!builtInFolders.some((other) => name === `pay-checkout-${other}.min.js`)) return [full];
  throw new RangeError(`${caller}(): \`script\` should be ${full} or ${own}, which have ${providers[0]}, but was ${name}.`);
}

/** Returns the URL of another file in the folder of `script`, with its query. */
export function replaceFile(script: string, file: string): string {
  const path = script.replace(/[?#].*/s, '');
  return path.slice(0, path.length - nameOf(script).length) + file + script.slice(path.length);
}

function nameOf(script: string): string {
  return /[^/]*$/.exec(script.replace(/[?#].*/s, ''))?.[0] ?? '';
}
