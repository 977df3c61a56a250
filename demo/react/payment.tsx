import { PayCheckout } from 'pay-checkout/react';
import type {} from 'pay-checkout/jsx';

export interface PaymentProps {
  readonly order: string;
  readonly onPaid: (isPaid: boolean) => void;
}

/** Uses the component, for React 18 and 19. */
export function WithComponent({ order, onPaid }: PaymentProps) {
  return (
    <PayCheckout
      provider="payme"
      environment="sandbox"
      order={order}
      tokenEndpoint="/api/pay/token"
      outcomeEndpoint="/api/pay/outcome"
      config={{ display_settings: { methods: ['CARD', 'QR'] } }}
      onPaySucceeded={({ state }) => onPaid(state.outcome === 'paid')}
    >
      <p slot="cancelled">Cerraste el pago. Tu pedido {order} sigue aquí.</p>
    </PayCheckout>
  );
}

/** Uses the tag, for React 19. */
export function WithTag({ order, onPaid }: PaymentProps) {
  return (
    <pay-checkout
      provider="payme"
      environment="sandbox"
      order={order}
      token-endpoint="/api/pay/token"
      outcome-endpoint="/api/pay/outcome"
      config={{ display_settings: { methods: ['CARD', 'QR'] } }}
      onpay-succeeded={({ state }) => onPaid(state.outcome === 'paid')}
    />
  );
}
