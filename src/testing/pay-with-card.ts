import { typed } from './typed.js';

/**
 * Fills in a stand-in's card form and presses its button, as a shopper does.
 *
 * @param place what the form is in: the `<pay-checkout>`, or anything around it; a pop-up is in `document`
 * @param number one of the provider's cards, such as those of `paymeCards`
 * @throws {Error} if there is no card form to be filled in
 */
export function payWithCard(place: ParentNode, number: string): void {
  fillInCard(place, number);
  formIn(place).querySelector<HTMLButtonElement>('button[data-action="pay"]')?.click();
}

/** Fills it in, and leaves the paying to others. */
export function fillInCard(place: ParentNode, number: string): void {
  const form = formIn(place);
  type(form, 'cc-number', number);
  type(form, 'cc-exp', typed.expiry);
  type(form, 'cc-csc', typed.code);
  type(form, 'cc-name', typed.holder);
}

/** The frames of the stand-ins are of the page's own origin. */
function formIn(place: ParentNode): ParentNode {
  const frames = [...place.querySelectorAll('iframe')].map(({ contentDocument }) => contentDocument);
  const frame = frames.find((page) => page?.querySelector('input[autocomplete="cc-number"]'));
  return frame ?? place;
}

function type(place: ParentNode, autocomplete: string, text: string): void {
  const input = place.querySelector<HTMLInputElement>(`input[autocomplete="${autocomplete}"]`);
  if (!input) throw new Error(`There is no card form here: no input for ${autocomplete}.`);
  input.value = text;
  input.dispatchEvent(new Event('input', { bubbles: true }));
}
