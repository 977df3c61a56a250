// Takes the place of src/providers/adapters.ts in the classic script: an adapter is another script, in the same folder.
import { loadScript } from '../../src/assets.js';
import { CheckoutError, isCheckoutError } from '../../src/errors.js';
import type * as bundled from '../../src/providers/adapters.js';
import type { Provider } from '../../src/providers/provider.js';

/** The build writes them when the adapters are there. */
declare const adapterHashes: Readonly<Record<bundled.AdapterName, string>>;

/** Where an adapter's script leaves it. */
export const arrived: Partial<Record<bundled.AdapterName, Provider>> = {};

const own = 'pay-checkout.min.js';
/** Of this script. A module is told none, so the tag is looked for; what was written into the page has none. */
const address = (document.currentScript as HTMLScriptElement | null)?.src || tagOf(own)?.src;

function tagOf(file: string): HTMLScriptElement | undefined {
  return [...document.scripts].find(({ src }) => src.replace(/[?#].*/, '').endsWith(`/${file}`));
}

export const loadAdapter: typeof bundled.loadAdapter = async (name, options) => {
  const url = addressOf(`pay-checkout-${name}.min.js`);
  try {
    return await loadScript({ url, integrity: adapterHashes[name] }, () => arrived[name], options);
  } catch (error) {
    const isWrongFile = isCheckoutError(error) && ['integrity', 'http', 'unreachable'].includes(error.reason!);
    if (!isWrongFile) throw error;
    throw new CheckoutError('asset', error.reason, `${error.message} It belongs beside ${own}, and both must be of one version.`);
  }
};

/** @throws {CheckoutError} where nobody can know in which folder this script lies */
function addressOf(file: string): string {
  // With the query, in which shops tell one version from another.
  const [, folder, query = ''] = /^(http[^?#]*\/)[^?#]*(\?[^#]*)?/.exec(address ?? '') ?? [];
  if (folder) return folder + file + query;
  const message = `${file} cannot be found: load ${own} by a \`<script src>\` of that name, with this file beside it.`;
  throw new CheckoutError('asset', undefined, message, { retryable: false });
}
