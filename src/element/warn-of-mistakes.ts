import { hasTexts } from '../messages/locales.js';
import { isQuotable } from '../shared/is-quotable.js';
import { warnOnce } from '../state/console.js';

interface CheckedElement extends HTMLElement {
  readonly outcomeEndpoint?: unknown;
  readonly locale?: string;
}

/** Warns the developer, once for each mistake, of what stops no payment but is probably not meant. */
export function warnOfMistakes(element: CheckedElement, attributes: readonly string[]): void {
  if (!element.outcomeEndpoint) {
    warnOnce('no-outcome-endpoint', 'there is no `outcome-endpoint`, so no backend confirms a payment.');
  }
  const { locale } = element;
  if (locale && !hasTexts(locale)) {
    warnOnce('unknown-locale', '`locale` should be es, en or pt, with or without a region.');
  }
  for (const name of element.getAttributeNames()) {
    const meant = attributes.includes(name) ? undefined : attributes.find((attribute) => resembles(name, attribute));
    if (meant && isQuotable(name)) warnOnce('unknown-attribute', `there is no attribute \`${name}\`: is \`${meant}\` meant?`);
  }
}

/** Whether a name begins like one of ours and is about as long: it has a typing mistake, or another separator. */
function resembles(name: string, attribute: string): boolean {
  const letters = name.replace(/[^a-z]/g, '');
  return attribute.startsWith(letters.slice(0, 3)) && Math.abs(letters.length - attribute.length) < 4;
}
