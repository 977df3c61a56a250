import { expect, fixture, html } from '@open-wc/testing';
import { restore, stub, type SinonStub } from 'sinon';
import { defineElement } from '../../src/element/define-element.js';
import type { PayCheckout } from '../../src/element/pay-checkout.js';
import { payme } from '../../src/providers/payme/browser/adapter.js';
import { createEntry } from '../../src/providers/registry.js';
import { registerMadeUp } from '../support/made-up.js';
import { settled } from '../support/work.js';

// What pay-checkout-payme.min.js does.
defineElement({ payme: createEntry(payme) });

let warnings: SinonStub;

beforeEach(() => {
  warnings = stub(console, 'warn');
  Object.defineProperty(document, 'readyState', { value: 'interactive', configurable: true });
});

afterEach(() => {
  Reflect.deleteProperty(document, 'readyState');
  restore();
});

function finishLoading(): void {
  Reflect.deleteProperty(document, 'readyState');
  window.dispatchEvent(new Event('load'));
}

async function checkout(provider: string): Promise<PayCheckout> {
  const element = document.createElement('pay-checkout');
  Object.assign(element, {
    provider,
    environment: 'sandbox',
    tokenEndpoint: '/token',
    requestToken: () => Promise.resolve({ token: 'made-up' }),
  });
  await fixture(html`<div>${element}</div>`);
  await settled();
  return element;
}

describe('an element whose built-in provider is not on the page', () => {
  const message =
    '`provider` is "izipay", but this page has only loaded payme: add pay-checkout-izipay.min.js, or use pay-checkout.min.js.';

  it('waits while the page loads: it keeps its place, and says nothing', async () => {
    const element = await checkout('izipay');
    expect(element.getAttribute('status')).to.equal('idle');
    expect(element.shadowRoot!.querySelector('.reserved')).to.not.equal(null);
    expect(warnings).to.have.property('callCount', 0);
  });

  it('names the file to add once the page has loaded', async () => {
    const element = await checkout('izipay');
    finishLoading();
    expect(element.state).to.have.nested.property('error.reason', 'unknown-provider');
    expect(element.state).to.have.nested.property('error.message', message);
    expect(warnings.args).to.deep.equal([[`pay-checkout: ${message}`]]);
  });

  it('fails at once on a page that has loaded', async () => {
    finishLoading();
    expect((await checkout('izipay')).state).to.have.nested.property('error.message', message);
  });

  it('is idle again when its provider changes to such a name', async () => {
    const element = await checkout('nobody');
    expect(element.getAttribute('status')).to.equal('failed');
    element.provider = 'izipay';
    await element.updateComplete;
    expect(element.getAttribute('status')).to.equal('idle');
  });

  it('no longer waits once it is removed', async () => {
    const element = await checkout('izipay');
    element.remove();
    finishLoading();
    expect(element.status).to.equal('idle');
    expect(warnings).to.have.property('callCount', 0);
  });

  it('no longer waits for a name that it does not have any more', async () => {
    const element = await checkout('izipay');
    element.provider = registerMadeUp().name;
    await element.updateComplete;
    const { attempt } = element.state;
    finishLoading();
    await settled();
    expect(element.state.attempt).to.equal(attempt);
    expect(warnings).to.have.property('callCount', 0);
  });

  // These two come last: from then on, the page has the provider.
  it('starts when a second file brings the provider, and only once', async () => {
    const element = await checkout('payroc');
    const { opened } = registerMadeUp({}, 'payroc');
    await opened(1);
    finishLoading();
    await settled();
    expect(element.state).to.include({ status: 'initializing', attempt: 1 });
    expect(warnings).to.have.property('callCount', 0);
  });

  it('starts even when the file comes after the page has loaded', async () => {
    const element = await checkout('izipay');
    finishLoading();
    expect(element.status).to.equal('failed');
    await registerMadeUp({}, 'izipay').opened(1);
    expect(element.status).to.equal('initializing');
  });
});

describe('an element with a name that no file has', () => {
  it('fails while the page loads', async () => {
    expect((await checkout('paypal')).state).to.have.nested.property('error.reason', 'unknown-provider');
  });
});
