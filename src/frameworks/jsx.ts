import type { DetailedHTMLProps, HTMLAttributes } from 'react';
import type { PayCheckoutProperties } from '../element/attributes-element.js';
import type { PayCheckout } from '../element/pay-checkout.js';
import type { PayEventMap } from '../state/events.js';

/** The endpoints, as attributes or as properties. A server can only render attributes. */
type Endpoints = { 'outcome-endpoint'?: PayCheckoutProperties['outcomeEndpoint'] } & (
  Pick<PayCheckoutProperties, 'tokenEndpoint'> | { 'token-endpoint': PayCheckoutProperties['tokenEndpoint'] }
);

type Listeners = { [Name in keyof PayEventMap as `on${Name}`]?: (event: PayEventMap[Name]) => void };

type Tag = DetailedHTMLProps<HTMLAttributes<PayCheckout>, PayCheckout> &
  Omit<PayCheckoutProperties, 'tokenEndpoint'> &
  Endpoints &
  Listeners;

declare module 'react' {
  // eslint-disable-next-line @typescript-eslint/no-namespace -- where React looks for tags
  namespace JSX {
    interface IntrinsicElements {
      'pay-checkout': Tag;
    }
  }
}
