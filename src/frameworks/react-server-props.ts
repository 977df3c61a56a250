import type { HTMLAttributes } from 'react';
import type { PayCheckoutProperties } from '../element/attributes-element.js';
import type { PayCheckout } from '../element/pay-checkout.js';

type Props = HTMLAttributes<PayCheckout> & PayCheckoutProperties;

/**
 * What a server writes, so that the element begins as soon as its script is there, and finds nothing to begin anew when React comes.
 * A function cannot be written: with `requestToken`, the element has no box until then, and so asks for no token.
 */
export function createServerProps({
  tokenEndpoint,
  outcomeEndpoint,
  config,
  messages: _,
  requestToken,
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
    suppressHydrationWarning: true,
    dangerouslySetInnerHTML: { __html: '' },
  };
}
