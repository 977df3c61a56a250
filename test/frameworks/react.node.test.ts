import { createElement } from 'react';
import { renderToString } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { PayCheckout, type PayCheckoutProps } from '../../src/frameworks/react.js';

const render = (props: PayCheckoutProps) => renderToString(createElement(PayCheckout, props));

/** What the provider draws goes in here. React does not touch the inside. */
const container = '<div slot="form" data-pay-checkout-form=""></div>';

const base: PayCheckoutProps = { provider: 'payme', environment: 'sandbox', order: 'A-1001', tokenEndpoint: '/api/pay/token' };

describe('PayCheckout rendered on a server', () => {
  it('renders each setting as its attribute', () => {
    expect(
      render({ ...base, outcomeEndpoint: '/api/pay/outcome', config: { a: '"<' }, loading: 'lazy', locale: 'pt', credentials: 'omit' }),
    ).toBe(
      '<pay-checkout provider="payme" environment="sandbox" order="A-1001" loading="lazy" locale="pt" credentials="omit"' +
        ` token-endpoint="/api/pay/token" outcome-endpoint="/api/pay/outcome" config="{&quot;a&quot;:&quot;\\&quot;&lt;&quot;}">${container}</pay-checkout>`,
    );
  });

  it('renders the names of the fallback', () => {
    expect(render({ ...base, fallback: 'izipay' })).toContain(' fallback="izipay" ');
  });

  it('renders the attributes of every element, but no listener, message or child', () => {
    const listeners = { onPayReady: () => {}, onClick: () => {} };
    expect(
      render({ ...base, id: 'pay', className: 'wide', style: { width: 9 }, messages: { start: 'Pagar' }, children: 'x', ...listeners }),
    ).toBe(
      `<pay-checkout provider="payme" environment="sandbox" order="A-1001" id="pay" style="width:9px" class="wide" token-endpoint="/api/pay/token">${container}</pay-checkout>`,
    );
  });

  it('hides the element until hydration passes it the `requestToken` function', () => {
    expect(render({ ...base, requestToken: (request) => fetch(request) })).toMatch(/^<pay-checkout [^>]* hidden=""><div /);
  });
});
