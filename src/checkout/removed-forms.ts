import { isRendered } from '../page/visibility.js';
import { CheckoutError } from '../state/errors.js';

/** How often a form opens again by itself. A page that removes every form must not request tokens for ever. */
const mostReopenings = 5;

/** Decides whether a form that the page has removed opens again by itself. */
export class RemovedForms {
  #reopenings = 0;

  /** Allows all reopenings again: the page or the shopper has started a checkout. */
  reset(): void {
    this.#reopenings = 0;
  }

  /** Returns why the form must not open again by itself. A payment may be in flight from a form that the shopper has touched. */
  refuse(isTouched: boolean, element: Element): CheckoutError | undefined {
    // A hidden element requests no token until it is shown.
    if (isRendered(element)) this.#reopenings++;
    if (!isTouched && this.#reopenings <= mostReopenings) return undefined;
    return new CheckoutError('provider', 'removed', 'The page removed the form.');
  }
}
