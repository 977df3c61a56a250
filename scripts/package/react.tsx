// The component imports the element itself.
import { createRoot } from 'react-dom/client';
import { PayCheckout } from 'pay-checkout/react';
import type {} from 'pay-checkout/jsx';
import type {} from 'pay-checkout/vue';
import './made-up.js';

createRoot(document.getElementById('app')!).render(<PayCheckout provider="made-up" tokenEndpoint="/token" />);

declare global {
  interface PayCheckoutProviders {
    'made-up': true;
  }
}

export const wrong = [
  // @ts-expect-error -- no way to load
  <PayCheckout key="1" provider="payme" tokenEndpoint="/token" loading="later" />,
  // @ts-expect-error -- no way to load
  <pay-checkout key="2" provider="payme" token-endpoint="/token" loading="later" />,
];
