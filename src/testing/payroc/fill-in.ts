import { sampleCard } from '../cards.js';
import { typeText } from '../dom.js';

/** By field, the text to type beside the number. */
const details: Readonly<Record<string, string>> = {
  cardholderName: sampleCard.holder,
  expiryDate: sampleCard.expiry,
  cvv: sampleCard.code,
  nameOnAccount: sampleCard.holder,
  accountType: 'checking',
  routingNumber: '123456789',
  institutionNumber: '123',
  transitNumber: '12345',
};

/**
 * Fills in the stand-in's fields and clicks its button, as a shopper does.
 *
 * @param place the `<pay-checkout>` or any element around it
 * @param number one of `payrocCards`, or an account number; one that ends in the last four digits of the declined or the pending
 * card has the same result
 * @throws {Error} if `place` has no form
 */
export function payWithHostedFields(place: ParentNode, number: string): void {
  fillInHostedFields(place, number)?.click();
}

/**
 * Fills in the stand-in's fields without paying.
 *
 * @returns the form's pay button
 */
export function fillInHostedFields(place: ParentNode, number: string): HTMLButtonElement | null {
  for (const name of listFieldNames(place)) if (name !== 'submit') type(place, name, selectText(name, number));
  return field(place, 'submit').querySelector('button');
}

/** Returns the text to type into a field: a sample value, or the card or account number. */
export function selectText(name: string, number: string): string {
  return details[name] ?? number;
}

export function listFieldNames(place: ParentNode): string[] {
  return [...place.querySelectorAll('iframe')].map(readFieldName).filter(Boolean);
}

/** Returns the document in a field's iframe. */
export function field(place: ParentNode, name: string): Document {
  const frame = [...place.querySelectorAll('iframe')].find((one) => readFieldName(one) === name);
  if (!frame?.contentDocument?.body.firstElementChild) throw new Error(`There is no form here: no field ${name}.`);
  return frame.contentDocument;
}

export function type(place: ParentNode, name: string, text: string): void {
  const page = field(place, name);
  const radio = page.querySelector<HTMLInputElement>(`input[type=radio][value="${text}"]`);
  if (radio) radio.click();
  else typeText(page.querySelector('input') as HTMLInputElement, text);
}

function readFieldName({ src }: HTMLIFrameElement): string {
  return new URLSearchParams(src.split('?')[1]).get('field') ?? '';
}
