import type { HTMLAttributes, ReservedProps } from 'vue';
import type { PayCheckoutProperties } from '../element/attributes-element.js';
import type { PayCheckout } from '../element/pay-checkout.js';
import type { Listeners } from './listeners.js';

/** The tag's type in the form that Vue's tools read. A template `ref` of the tag is the element. */
type Tag = new () => PayCheckout & { $props: HTMLAttributes & ReservedProps & PayCheckoutProperties & Listeners };

declare module 'vue' {
  interface GlobalComponents {
    'pay-checkout': Tag;
  }
}
