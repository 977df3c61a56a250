import { click, type, type Place } from './engines/place.js';
import type { Tab } from './engines/tab.js';

/** What a shopper does with the form of one provider. */
export interface Shopper {
  readonly cards: { readonly approved: string; readonly declined: string };
  /** The input for the card number. */
  readonly number: Place;
  /** Types a card into the form and pays. */
  pay(this: void, page: Tab, number: string): Promise<void>;
  /** Whether the form stays open after a declined card, so that the shopper pays with another one in the same attempt. */
  readonly keepsFormAfterDecline?: true;
  /** Whether an open form takes a new token, instead of being replaced. */
  readonly renewsOpenForm?: true;
  /** Closes the form, if it has a button for that. */
  readonly cancel?: (page: Tab) => Promise<void>;
  /** Faults of this provider's demo that end the checkout, by name: the error that it reports. */
  readonly failures?: Readonly<Record<string, string>>;
}

const mount = '[id^="pay-checkout-"]';

/** In the element, or in the document if the element is in a shadow root. */
export const inMount = (selector: string): Place => ({ selector: `${mount} ${selector}` });

/** In a frame of the form. */
export const inFrame = (selector: string, frame = 'iframe'): Place => ({ frame: `${mount} ${frame}`, selector });

export function cardInput(autocomplete: string): string {
  return `input[autocomplete="${autocomplete}"]`;
}

/** Fills in a form of plain inputs and presses its button. */
export async function payWithInputs(page: Tab, placeOf: (selector: string) => Place, number: string): Promise<void> {
  const texts = { 'cc-number': number, 'cc-exp': '12/49', 'cc-csc': '123', 'cc-name': 'Ana Prueba' };
  for (const [autocomplete, text] of Object.entries(texts)) await type(page, placeOf(cardInput(autocomplete)), text);
  await click(page, placeOf('[data-action="pay"]'));
}
