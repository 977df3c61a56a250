import { CheckoutError } from '../state/errors.js';

/**
 * Creates the error whose text warns the shopper not to pay twice: a payment may be in flight from the form that is gone.
 *
 * @param cause why no other form opened, as a sentence
 */
export function createRemovalError(cause = ''): CheckoutError {
  return new CheckoutError('provider', 'removed', `The page removed the form. ${cause}`.trim());
}
