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
    warnOnce('no-outcome-endpoint', 'without `outcome-endpoint`, no backend confirms that an order is paid.');
  }
  const { locale } = element;
  if (locale && !hasTexts(locale)) {
    const found = isQuotable(locale) ? `\`${locale}\`` : 'another value';
    warnOnce('unknown-locale', `\`locale\` should be es, en or pt, with or without a region, but was ${found}.`);
  }
  for (const name of element.getAttributeNames()) {
    const meant = attributes.includes(name) ? undefined : attributes.find((attribute) => resembles(name, attribute));
    if (meant && isQuotable(name)) warnOnce('unknown-attribute', `there is no attribute \`${name}\`: is \`${meant}\` meant?`);
  }
}

/** Whether a name is one of ours with another separator, or with one or two typing mistakes. */
function resembles(name: string, attribute: string): boolean {
  const [one, other] = [name, attribute].map((text) => text.replace(/[^a-z]/gi, '').toLowerCase()) as [string, string];
  return isWithinEdits(one, other, other.length > 6 ? 2 : 1);
}

/** Whether at most `edits` letters must be added, removed or replaced. */
function isWithinEdits(one: string, other: string, edits: number): boolean {
  if (one === other) return true;
  if (edits === 0) return false;
  let same = 0;
  while (same < one.length && one[same] === other[same]) same += 1;
  const [rest, otherRest] = [one.slice(same), other.slice(same)];
  return (
    isWithinEdits(rest.slice(1), otherRest, edits - 1) ||
    isWithinEdits(rest, otherRest.slice(1), edits - 1) ||
    isWithinEdits(rest.slice(1), otherRest.slice(1), edits - 1)
  );
}
