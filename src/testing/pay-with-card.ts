import { sampleCard } from './cards.js';
import { typeText } from './dom.js';

/**
 * Fills in a stand-in's card form and clicks its pay button, as a shopper does. The form may be in the page, in an iframe, or in one
 * iframe for each field.
 *
 * @param place the `<pay-checkout>` or any element around it; for a pop-up form or an element in a shadow root, `document`
 * @param number one of the provider's cards, such as those of `paymeCards`
 * @throws {Error} if `place` has no card form, or has one that this page cannot read
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
  find(form, '[data-method="CARD"][aria-pressed="false"]')?.click();
  for (const [autocomplete, text] of Object.entries({ ...details, 'cc-number': number })) {
    const input = find<HTMLInputElement>(form, selectInput(autocomplete));
    if (input) typeText(input, text);
    // The fields of some providers have no name of the card's holder.
    else if (autocomplete !== 'cc-name') throw new Error(`The card form in this place has no input for ${autocomplete}.`);
  }
  // The button of a form with one iframe for each field has only its type.
  return find(form, 'button[data-action="pay"]') ?? find(form, 'button[type="submit"]');
}

const details = { 'cc-number': '', 'cc-exp': sampleCard.expiry, 'cc-csc': sampleCard.code, 'cc-name': sampleCard.holder };

const selectInput = (autocomplete: string) => `input[autocomplete="${autocomplete}"]`;

/** The documents or elements that together contain the form. */
type Form = readonly ParentNode[];

/** Finds the document with the whole form, or the documents with one field each. The pay button may then be in the page itself. */
function findForm(place: ParentNode): Form {
  const frames = [...place.querySelectorAll('iframe')];
  const pages = frames.flatMap(({ contentDocument }) => contentDocument ?? []);
  const page = [...pages, place].find((one) => one.querySelector(selectInput('cc-number')));
  if (!page) throw createError(frames);
  return page.querySelector(selectInput('cc-exp')) ? [page] : [...pages, place];
}

function find<Found extends HTMLElement>(form: Form, selector: string): Found | null {
  return form.map((page) => page.querySelector<Found>(selector)).find(Boolean) ?? null;
}

function createError(frames: readonly HTMLIFrameElement[]): Error {
  const foreign = frames.find(({ contentDocument }) => !contentDocument);
  if (foreign) {
    const { origin } = new URL(foreign.src, location.href);
    return new Error(
      `There is no card form here that this page can read. An iframe here is of another origin, ${origin}, as the real provider's are. ` +
        'Call `useStandIns()` before the element starts, or fill in the iframe with a browser test, such as one of Playwright.',
    );
  }
  return new Error(
    'There is no card form here: no input for cc-number. Call `payWithCard()` when the element has the status `ready`. ' +
      'For a pop-up form or an element in a shadow root, pass `document`. For the fields of a bank account, call `payWithHostedFields()`.',
  );
}
