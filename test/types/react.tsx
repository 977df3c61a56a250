// Read by the compiler alone, with the types of React 19 and of 18: what a merchant may write, and what is refused.
import { useRef } from 'react';
import { PayCheckout, type PayCheckoutElement, type PayCheckoutProps } from 'pay-checkout/react';

const props: PayCheckoutProps = { provider: 'payme', environment: 'sandbox', order: 'A-1001', tokenEndpoint: '/api/pay/token' };

export function Right() {
  const element = useRef<PayCheckoutElement>(null);
  return (
    <PayCheckout
      {...props}
      ref={element}
      key="payment"
      id="payment"
      className="wide"
      style={{ maxWidth: 400 }}
      aria-label="Pago"
      outcomeEndpoint="/api/pay/outcome"
      config={{ display_settings: { methods: ['CARD'] } }}
      fallback="izipay"
      loading="manual"
      locale={undefined}
      requestToken={(request) => fetch(request)}
      onClick={() => element.current?.load()}
      onPayReady={({ state }) => console.log(state.expiresAt)}
      onPaySucceeded={({ state }) => console.log(state.outcome === 'paid', state.confirmed, state.result?.reference)}
      onPayFailed={({ state }) => console.log(state.error.code)}
      onPayTiming={({ phase, duration }) => console.log(phase, duration)}
    >
      <p slot="failed">¿Otra tarjeta?</p>
    </PayCheckout>
  );
}

export const wrong = [
  // @ts-expect-error -- a number
  <PayCheckout key="1" {...props} provider={1} />,
  // @ts-expect-error -- no environment
  <PayCheckout key="2" {...props} environment="live" />,
  // @ts-expect-error -- no way to load
  <PayCheckout key="3" {...props} loading="later" />,
  // @ts-expect-error -- no mode of fetch
  <PayCheckout key="4" {...props} credentials="always" />,
  // @ts-expect-error -- an object in a string
  <PayCheckout key="5" {...props} config="[object Object]" />,
  // @ts-expect-error -- JSON
  <PayCheckout key="6" {...props} config={'{}'} />,
  // @ts-expect-error -- read only
  <PayCheckout key="7" {...props} status="ready" />,
  // @ts-expect-error -- `confirmed` is of another state
  <PayCheckout key="8" {...props} onPayFailed={({ state }) => console.log(state.confirmed)} />,
  // @ts-expect-error -- no such event
  <PayCheckout key="9" {...props} onPayPaid={() => {}} />,
  // @ts-expect-error -- the provider draws in it
  <PayCheckout key="10" {...props} dangerouslySetInnerHTML={{ __html: '' }} />,
  // @ts-expect-error -- a misspelt provider
  <PayCheckout key="11" {...props} provider="paime" />,
  // @ts-expect-error -- a list instead of names in a string
  <PayCheckout key="13" {...props} fallback={['izipay']} />,
  // @ts-expect-error -- no token endpoint
  <PayCheckout key="12" provider="payme" />,
];
