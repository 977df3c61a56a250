import type { MicuentawebConfig } from '../contract.js';

/** The classes that the library looks for in a cards form (documentation, "Quick start"). */
const cardParts = ['kr-pan', 'kr-expiry', 'kr-security-code', 'kr-payment-button', 'kr-form-error'];

/**
 * Builds the markup that the library fills. It holds no control with a name, because the library would add its value to the payment
 * (*read in the 2022 build*).
 */
export function buildForm(form: MicuentawebConfig['form']): HTMLElement {
  const root = createPart(form === 'smart' ? 'kr-smart-form' : 'kr-embedded');
  root.dataset.payCheckoutMicuentaweb = '';
  if (form !== 'smart') root.append(...cardParts.map(createPart));
  return root;
}

function createPart(name: string): HTMLElement {
  const isButton = name === 'kr-payment-button';
  // A button that is no submit button leaves the page's own form alone.
  return Object.assign(document.createElement(isButton ? 'button' : 'div'), { className: name, ...(isButton && { type: 'button' }) });
}
