import type { DetailedHTMLProps, HTMLAttributes } from 'react';
import type { PayCheckoutProperties } from '../element/attributes-element.js';
import type { PayCheckout } from '../element/pay-checkout.js';
import type { PayEventMap } from '../state/events.js';

/** Attributes whose names differ from their properties. A server can only render attributes. */
interface HyphenatedAttributes {
  'token-endpoint'?: PayCheckoutProperties['tokenEndpoint'];
  'outcome-endpoint'?: PayCheckoutProperties['outcomeEndpoint'];
}

type Listeners = { [Name in keyof PayEventMap as `on${Name}`]?: (event: PayEventMap[Name]) => void };

type Tag = DetailedHTMLProps<HTMLAttributes<PayCheckout>, PayCheckout> & PayCheckoutProperties & HyphenatedAttributes & Listeners;

declare module 'react' {
  // eslint-disable-next-line @typescript-eslint/no-namespace -- where React looks for tags
  namespace JSX {
    interface IntrinsicElements {
      'pay-checkout': Tag;
    }
  }
}
