import { expect, fixture, html } from '@open-wc/testing';
import type { PayCheckout } from '../../src/index.js';
import { goodToken, reaches } from '../support/element.js';
import { registerMadeUp } from '../support/made-up.js';
import { settled } from '../support/work.js';

/** Creates a tag as a page has it before our script is there: no element yet, but with properties. */
function createTag(provider: string): PayCheckout {
  const tag = document.implementation.createHTMLDocument().createElement('pay-checkout');
  tag.setAttribute('provider', provider);
  tag.setAttribute('token-endpoint', '/token');
  return tag;
}

describe('<pay-checkout> in a page that sets properties before the script is there', () => {
  it('sends the first request by `requestToken`', async () => {
    const madeUp = registerMadeUp();
    const tag = Object.assign(createTag(madeUp.name), { requestToken: () => Promise.resolve(goodToken) });
    await fixture(html`<div>${tag}</div>`);
    (await madeUp.opened(1)).drawn.resolve();
    await reaches(tag, 'ready');
  });

  it('does not start with `loading` set to manual', async () => {
    const tag = Object.assign(createTag(registerMadeUp().name), { loading: 'manual' as const, messages: { start: 'Comprar' } });
    await fixture(html`<div>${tag}</div>`);
    await settled();
    expect(tag.status).to.equal('idle');
    expect(tag.shadowRoot!.querySelector('[part=start]')).to.have.trimmed.text('Comprar');
  });

  it('opens the form with `config` and `order`', async () => {
    const madeUp = registerMadeUp();
    const orders: unknown[] = [];
    const requestToken = (_: Request, { order }: { order?: string }) => (orders.push(order), Promise.resolve(goodToken));
    const tag = Object.assign(createTag(madeUp.name), { requestToken, order: 'A-1', config: { colour: 'blue' } });
    await fixture(html`<div>${tag}</div>`);
    await madeUp.opened(1);
    expect([orders, madeUp.last.context.config]).to.deep.equal([['A-1'], { colour: 'blue' }]);
  });
});
