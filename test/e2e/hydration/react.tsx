import { StrictMode, useEffect, useRef } from 'react';
import { App } from '../../../demo/react/app.js';
import { PayCheckout as Component } from 'pay-checkout/react';
import { WithComponent, type PaymentProps } from '../../../demo/react/payment.js';
import type { PayCheckout, PayEventMap } from 'pay-checkout';
import type {} from 'pay-checkout/jsx';

/** As the documentation has it for pages that a server renders. */
function WithTag({ order, onPaid }: PaymentProps) {
  const element = useRef<PayCheckout>(null);
  useEffect(() => {
    const checkout = element.current;
    const hear = ({ state }: PayEventMap['pay-succeeded']) => onPaid(state.confirmed);
    checkout?.addEventListener('pay-succeeded', hear);
    return () => checkout?.removeEventListener('pay-succeeded', hear);
  }, [onPaid]);
  return (
    <pay-checkout
      ref={element}
      provider="payme"
      environment="sandbox"
      order={order}
      token-endpoint="/api/pay/token"
      outcome-endpoint="/api/pay/outcome"
      dangerouslySetInnerHTML={{ __html: '' }}
      suppressHydrationWarning
    />
  );
}

/** Nothing but the page's own code may ask for a token, and it comes with hydration. */
function WithFunction({ order, onPaid }: PaymentProps) {
  return (
    <Component
      provider="payme"
      environment="sandbox"
      order={order}
      tokenEndpoint="/api/pay/token"
      outcomeEndpoint="/api/pay/outcome"
      requestToken={(request) => fetch(request, { headers: { 'Content-Type': 'application/json', 'X-Requested-By': 'page' } })}
      onPayReady={({ state }) => (document.title = `open at attempt ${state.attempt}`)}
      onPaySucceeded={({ state }) => onPaid(state.confirmed)}
    />
  );
}

const payments: Readonly<Record<string, typeof WithTag>> = { component: WithComponent, tag: WithTag, function: WithFunction };

export const page = (as: string) => (
  <StrictMode>
    <App order="A-1001" Payment={payments[as]!} />
  </StrictMode>
);
