import { warnOnce } from '../state/console.js';

const unslotted = ':scope > :not([slot], script, style, link, template, noscript)';

/** Describes elements that the tag contains and does not show; `undefined` without such elements. */
export function describeUnslotted(element: Element): string | undefined {
  if (!element.querySelector(unslotted)) return undefined;
  return 'The tag contains elements without `slot`, which are not shown. End it with `</pay-checkout>`: HTML ignores the slash of `<pay-checkout />`.';
}

/** Warns the developer of a tag that is not closed, and so contains the rest of the page. */
export function warnAboutUnslotted(element: Element): void {
  const message = describeUnslotted(element);
  if (message) warnOnce('self-closing', message);
}
