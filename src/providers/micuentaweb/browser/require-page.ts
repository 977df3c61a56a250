import { createPageHold } from '../../../page/hold-page.js';
import { CheckoutError } from '../../../state/errors.js';
import type { MountContext } from '../../provider.js';
import { isLibraryOption, type MicuentawebConfig } from '../contract.js';

type Context = MountContext<MicuentawebConfig>;

/** The library draws one form per page, and a second one would take the callbacks of the first (*measured in the 2022 build*). */
const holdPage = createPageHold('Lyra');
/** The public key that the library has got. It keeps the first one (*measured in the 2022 build*). */
let usedKey: string | undefined;

/**
 * Holds the page for a form until its signal aborts, after it has checked that the library can draw the form here.
 *
 * @throws {CheckoutError} `config`
 */
export function requirePage(context: Context): void {
  const { publicKey } = context.config;
  refuseOwnOptions(context.config);
  if (usedKey !== undefined && usedKey !== publicKey) {
    const message = 'A form with another `publicKey` was opened on this page, and the library keeps the first one: reload the page.';
    throw new CheckoutError('config', 'environment-conflict', message);
  }
  holdPage(context);
  refuseOtherForms();
  usedKey = publicKey;
}

function refuseOwnOptions(config: MicuentawebConfig): void {
  const refused = Object.keys(config).find((key) => key.startsWith('kr-') && !isLibraryOption(key));
  if (refused === undefined) return;
  const message = `\`config\` should not have \`${refused}\`: the element sets that option itself, or it would leave the page. Remove it.`;
  throw new CheckoutError('config', 'provider-config', message);
}

/** The page's own form of the library would lose its callbacks. */
function refuseOtherForms(): void {
  // HTML that the page has copied or stored may contain our form of an earlier visit. The form that holds the page has not drawn yet.
  for (const copy of document.querySelectorAll('[data-pay-checkout-micuentaweb]')) copy.remove();
  if (!document.querySelector('.kr-embedded iframe, .kr-smart-form iframe')) return;
  const message = "The page has its own form of Lyra's library (`.kr-embedded` or `.kr-smart-form`) open: remove that form first.";
  throw new CheckoutError('config', 'already-open', message);
}
