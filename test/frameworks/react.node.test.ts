import { createElement } from 'react';
import { renderToString } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { PayCheckout, type PayCheckoutProps } from '../../src/frameworks/react.js';

const render = (props: PayCheckoutProps) => renderToString(createElement(PayCheckout, props));

const base: PayCheckoutProps = { provider: 'payme', environment: 'sandbox', order: 'A-1001', tokenEndpoint: '/api/pay/token' };

describe("React's component, on a server", () => {
  it('writes each setting as its attribute', () => {
    expect(
      render({ ...base, outcomeEndpoint: '/api/pay/outcome', config: { a: '"<' }, loading: 'lazy', locale: 'pt', credentials: 'omit' }),
    ).toBe(
      '<pay-checkout provider="payme" environment="sandbox" order="A-1001" loading="lazy" locale="pt" credentials="omit"' +
        ' token-endpoint="/api/pay/token" outcome-endpoint="/api/pay/outcome" config="{&quot;a&quot;:&quot;\\&quot;&lt;&quot;}"></pay-checkout>',
    );
  });

  it('writes what every element has, and no listener, text or child', () => {
    const listeners = { onPayReady: () => {}, onClick: () => {} };
    expect(render({ id: 'pay', className: 'wide', style: { width: 9 }, messages: { start: 'Pagar' }, children: 'x', ...listeners })).toBe(
      '<pay-checkout id="pay" style="width:9px" class="wide"></pay-checkout>',
    );
  });

  it('leaves the element without a box where a function has to come first', () => {
    expect(render({ ...base, requestToken: (request) => fetch(request) })).toMatch(/^<pay-checkout [^>]* hidden=""><\/pay-checkout>$/);
  });
});
