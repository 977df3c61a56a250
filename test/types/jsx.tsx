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

export const madeUp = <pay-checkout provider="a-name-given-to-register" />;

export const wrong = [
  // @ts-expect-error -- a number
  <pay-checkout key="1" provider={1} />,
  // @ts-expect-error -- no environment
  <pay-checkout key="2" environment="live" />,
  // @ts-expect-error -- no way to load
  <pay-checkout key="3" loading="later" />,
  // @ts-expect-error -- no mode of fetch
  <pay-checkout key="4" credentials="always" />,
  // @ts-expect-error -- an object in a string
  <pay-checkout key="5" config="[object Object]" />,
  // @ts-expect-error -- a number
  <pay-checkout key="6" order={1001} />,
  // @ts-expect-error -- a URL object
  <pay-checkout key="7" token-endpoint={new URL('https://shop.example')} />,
  // @ts-expect-error -- read only
  <pay-checkout key="8" status="ready" />,
  // @ts-expect-error -- `confirmed` is of another state
  <pay-checkout key="9" onpay-failed={({ state }) => console.log(state.confirmed)} />,
  // @ts-expect-error -- the event of another state
  <pay-checkout key="10" onpay-succeeded={(event: PayStateEvent<{ status: 'idle'; attempt: number }>) => event.type} />,
  // @ts-expect-error -- another element's property
  <pay-checkout key="11" tokenUrl="/api/pay/token" />,
];
