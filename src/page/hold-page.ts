import { isRendered } from './visibility.js';
import { onAbort } from '../shared/signals.js';
import { CheckoutError } from '../state/errors.js';

interface Holder {
  readonly container: HTMLElement;
  readonly signal: AbortSignal;
  readonly touched: AbortSignal;
  onRemoved(): void;
}

/**
 * Creates a function by which a form holds the page until its signal aborts, for a library that draws one form per page. An untouched form
 * that is hidden releases the page, as in one of two layouts for different widths.
 *
 * @param name the library's company, for the message
 * @returns a function that throws a `CheckoutError`, `config` / `already-open`, if another form holds the page
 */
export function createPageHold(name: string): (form: Holder) => void {
  let holder: Holder | undefined;
  return (form) => {
    if (holder && !isRendered(holder.container) && !holder.touched.aborted) holder.onRemoved();
    if (holder) {
      const message = `${name} draws one form per page, and another element has it open: remove that element, or wait until it ends.`;
      throw new CheckoutError('config', 'already-open', message);
    }
    holder = form;
    onAbort(form.signal, () => (holder = undefined));
  };
}
