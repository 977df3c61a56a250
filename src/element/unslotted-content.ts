import { warnOnce } from '../state/console.js';

/**
 * Warns the developer, once, of elements that the tag contains and does not show: `<pay-checkout />` contains the rest of the page.
 *
 * @returns the warning, if there are such elements
 */
export function warnAboutUnslotted(element: Element): string | undefined {
  if (!element.querySelector(':scope > :not([slot], script, style, link, template, noscript)')) return undefined;
  const message = 'The tag hides the elements in it that have no `slot`: is `</pay-checkout>` missing?';
  warnOnce('self-closing', message);
  return message;
}
