import { createElement, StrictMode, useEffect, useRef, useState, type ReactElement } from 'react';
import { createRoot } from 'react-dom/client';
import { PayCheckout } from 'pay-checkout/react';

const endpoints = { 'token-endpoint': '/api/pay/token', 'outcome-endpoint': '/api/pay/outcome' };

/** As a merchant writes it: with a new object and a new function at every render. */
function Declared({ order, count }: { order: string; count: number }): ReactElement {
  return createElement('pay-checkout', {
    ...{ provider: 'payme', environment: 'sandbox', order, ...endpoints },
    config: { settings: { show_close_button: true } },
    'onpay-succeeded': () => (document.title = `paid after ${count} renders`),
  });
}

/** By the component, which finds the tag registered by the page's script. */
function Wrapped({ order, count }: { order: string; count: number }): ReactElement {
  return createElement(PayCheckout, {
    ...{ provider: 'payme', environment: 'sandbox', order, tokenEndpoint: '/api/pay/token', outcomeEndpoint: '/api/pay/outcome' },
    config: { settings: { show_close_button: true } },
    onPaySucceeded: () => (document.title = `paid after ${count} renders`),
  });
}

/** As a component without JSX does it: an effect makes the element, and its clean-up removes it. */
function Made({ order }: { order: string }): ReactElement {
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const element = document.createElement('pay-checkout');
    for (const [name, value] of Object.entries({ provider: 'payme', environment: 'sandbox', order, ...endpoints })) {
      element.setAttribute(name, value);
    }
    place.current?.append(element);
    return () => element.remove();
  }, [order]);
  return createElement('div', { ref: place });
}

/** Once would be a build of React in which this application shows nothing. */
function useMark(): void {
  useEffect(() => void performance.mark('mounted'), []);
}

function App(): ReactElement {
  useMark();
  const [isOpen, setOpen] = useState(true);
  const [count, setCount] = useState(1);
  const [order, setOrder] = useState('A-1001');
  const Payment = { made: Made, wrapped: Wrapped, declared: Declared }[new URLSearchParams(location.search).get('as')!]!;
  const button = (label: string, onClick: () => void) => createElement('button', { key: label, onClick }, label);
  return createElement(
    'main',
    {},
    button('open or close', () => setOpen(!isOpen)),
    button('render', () => setCount(count + 1)),
    button('another order', () => setOrder('A-1002')),
    isOpen && createElement(Payment, { order, count }),
  );
}

createRoot(document.getElementById('app')!).render(createElement(StrictMode, {}, createElement(App)));
