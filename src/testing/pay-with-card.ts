import { sampleCard } from './cards.js';
import { typeText } from './dom.js';

/**
 * Fills in a stand-in's card form and clicks its pay button, as a shopper does.
 *
 * @param place the `<pay-checkout>` or any element around it; for a pop-up form, `document`
 * @param number one of the provider's cards, such as those of `paymeCards`
 * @throws {Error} if `place` has no card form
 */
export function payWithCard(place: ParentNode, number: string): void {
  fillInCard(place, number)?.click();
}

/**
 * Fills in a stand-in's card form without paying.
 *
 * @returns the form's pay button
 */
export function fillInCard(place: ParentNode, number: string): HTMLButtonElement | null {
  const form = findForm(place);
  form.querySelector<HTMLElement>('[data-method="CARD"][aria-pressed="false"]')?.click();
  typeText(findInput(form, 'cc-number'), number);
  typeText(findInput(form, 'cc-exp'), sampleCard.expiry);
  typeText(findInput(form, 'cc-csc'), sampleCard.code);
  typeText(findInput(form, 'cc-name'), sampleCard.holder);
  return form.querySelector('button[data-action="pay"]');
}

/** Returns the document of the iframe with the form, which has the page's own origin, or `place` if the form is not in an iframe. */
function findForm(place: ParentNode): ParentNode {
  const pages = [...place.querySelectorAll('iframe')].map(({ contentDocument }) => contentDocument);
  return pages.find((page) => page?.querySelector('input[autocomplete="cc-number"]')) ?? place;
}

function findInput(form: ParentNode, autocomplete: string): HTMLInputElement {
  const input = form.querySelector<HTMLInputElement>(`input[autocomplete="${autocomplete}"]`);
  if (!input) throw new Error(`There is no card form here: no input for ${autocomplete}.`);
  return input;
}
