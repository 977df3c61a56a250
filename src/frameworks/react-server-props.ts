import type { HTMLAttributes } from 'react';
import type { PayCheckoutProperties } from '../element/attributes-element.js';
import type { PayCheckout } from '../element/pay-checkout.js';

type Props = HTMLAttributes<PayCheckout> & Partial<PayCheckoutProperties>;

/**
 * Creates the attributes that the server renders, so that the element starts before React is loaded and hydration changes nothing.
 * HTML cannot hold a function: with `requestToken`, the element stays hidden, and so requests no token before hydration.
 */
export function createServerProps({
  tokenEndpoint,
  outcomeEndpoint,
  config,
  messages: _,
  requestToken,
  requestOutcome: _outcome,
  className,
  ...rest
}: Props): object {
  return {
    ...rest,
    class: className,
    'token-endpoint': tokenEndpoint,
    'outcome-endpoint': outcomeEndpoint,
    config: config && JSON.stringify(config),
    ...(requestToken ? { hidden: true } : {}),
  };
}
