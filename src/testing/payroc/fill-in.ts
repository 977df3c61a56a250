/** What a shopper types who is no more careful than needed, by field. */
const details: Readonly<Record<string, string>> = {
  cardholderName: 'Sarah Hazel Hopper',
  expiryDate: '12/49',
  cvv: '123',
  nameOnAccount: 'Sarah Hazel Hopper',
  accountType: 'checking',
  routingNumber: '123456789',
  institutionNumber: '123',
  transitNumber: '12345',
};

/**
 * Fills in the stand-in's fields and presses its button, as a shopper does.
 *
 * @param place what the form is in: the `<pay-checkout>`, or anything around it
 * @param number one of `payrocCards`; or an account number, which is declined or pending by the last four digits of those cards
 * @throws {Error} if there is no form to be filled in
 */
export function payWithHostedFields(place: ParentNode, number: string): void {
  fillInHostedFields(place, number);
  field(place, 'submit').querySelector('button')?.click();
}

/** Fills them in, and leaves the paying to others. */
export function fillInHostedFields(place: ParentNode, number: string): void {
  for (const name of fieldNames(place)) if (name !== 'submit') type(place, name, selectText(name, number));
}

/** What is typed into a field. */
export function selectText(name: string, number: string): string {
  return details[name] ?? number;
}

export function fieldNames(place: ParentNode): string[] {
  return [...place.querySelectorAll('iframe')].map(nameOf).filter(Boolean);
}

/** The document in a field's iframe. */
export function field(place: ParentNode, name: string): Document {
  const frame = [...place.querySelectorAll('iframe')].find((one) => nameOf(one) === name);
  if (!frame?.contentDocument?.body.firstElementChild) throw new Error(`There is no form here: no field ${name}.`);
  return frame.contentDocument;
}

export function type(place: ParentNode, name: string, text: string): void {
  const inner = field(place, name);
  const radio = inner.querySelector<HTMLInputElement>(`input[type=radio][value="${text}"]`);
  if (radio) return radio.click();
  const input = inner.querySelector('input') as HTMLInputElement;
  input.value = text;
  input.dispatchEvent(new Event('input', { bubbles: true }));
  input.dispatchEvent(new Event('change', { bubbles: true }));
}

function nameOf({ src }: HTMLIFrameElement): string {
  return new URLSearchParams(src.split('?')[1]).get('field') ?? '';
}
