// Read by the compiler alone, with the types of React 19 and of 18: what a merchant may write, and what is refused.
import { useRef } from 'react';
import type { PayCheckout, PayStateEvent } from 'pay-checkout';
import type {} from 'pay-checkout/jsx';

export function Right() {
  const element = useRef<PayCheckout>(null);
  return (
    <pay-checkout
      ref={element}
      className="wide"
      provider="payme"
      fallback="izipay"
      environment="sandbox"
      order="A-1001"
      token-endpoint="/api/pay/token"
      outcomeEndpoint="/api/pay/outcome"
      config={{ display_settings: { methods: ['CARD'] } }}
      loading="lazy"
      credentials="include"
      messages={{ start: 'Pagar' }}
      requestToken={(request, { attempt }) => fetch(request, { headers: { 'X-Attempt': String(attempt) } })}
      onpay-succeeded={({ state }) => console.log(state.outcome === 'paid', state.confirmed, state.result?.reference)}
      onpay-failed={({ state }) => console.log(state.error.code)}
      onpay-timing={({ phase, duration }) => console.log(phase, duration)}
    >
      <p slot="failed">¿Otra tarjeta?</p>
    </pay-checkout>
  );
}

declare global {
  interface PayCheckoutProviders {
    'given-to-register': true;
  }
}

export const registered = <pay-checkout provider="given-to-register" tokenEndpoint="/api/pay/token" />;

export const wrong = [
  // @ts-expect-error -- a number
  <pay-checkout key="1" provider={1} token-endpoint="/token" />,
  // @ts-expect-error -- no environment
  <pay-checkout key="2" provider="payme" token-endpoint="/token" environment="live" />,
  // @ts-expect-error -- no way to load
  <pay-checkout key="3" provider="payme" token-endpoint="/token" loading="later" />,
  // @ts-expect-error -- no mode of fetch
  <pay-checkout key="4" provider="payme" token-endpoint="/token" credentials="always" />,
  // @ts-expect-error -- an object in a string
  <pay-checkout key="5" provider="payme" token-endpoint="/token" config="[object Object]" />,
  // @ts-expect-error -- a number
  <pay-checkout key="6" provider="payme" token-endpoint="/token" order={1001} />,
  // @ts-expect-error -- a URL object
  <pay-checkout key="7" provider="payme" token-endpoint={new URL('https://shop.example')} />,
  // @ts-expect-error -- read only
  <pay-checkout key="8" provider="payme" token-endpoint="/token" status="ready" />,
  // @ts-expect-error -- `confirmed` is of another state
  <pay-checkout key="9" provider="payme" token-endpoint="/token" onpay-failed={({ state }) => console.log(state.confirmed)} />,
  // @ts-expect-error -- the event of another state
  <pay-checkout
    key="10"
    provider="payme"
    token-endpoint="/token"
    onpay-succeeded={(event: PayStateEvent<{ status: 'idle'; attempt: number }>) => event.type}
  />,
  // @ts-expect-error -- another element's property
  <pay-checkout key="11" provider="payme" token-endpoint="/token" tokenUrl="/api/pay/token" />,
  // @ts-expect-error -- no token endpoint
  <pay-checkout key="12" provider="payme" />,
  // @ts-expect-error -- a misspelt provider
  <pay-checkout key="13" provider="paime" token-endpoint="/api/pay/token" />,
  // @ts-expect-error -- a list instead of names in a string
  <pay-checkout key="14" provider="payme" fallback={['izipay']} token-endpoint="/api/pay/token" />,
];
