// For the templates of Vue: `import type {} from 'pay-checkout/vue'`.
import type { HTMLAttributes, ReservedProps } from 'vue';
import type { PayCheckout, PayCheckoutProperties } from '../index.js';
import type { Listeners } from './listeners.js';

/** As Vue's tools read a component; a `ref` of the tag is the element. */
type Tag = new () => PayCheckout & { $props: HTMLAttributes & ReservedProps & PayCheckoutProperties & Listeners };

declare module 'vue' {
  interface GlobalComponents {
    'pay-checkout': Tag;
  }
}
