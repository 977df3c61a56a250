import { expect, fixture, html } from '@open-wc/testing';
import { restore, stub, type SinonStub } from 'sinon';
import { defineElement } from '../../src/element/define-element.js';
import type { PayCheckout } from '../../src/element/pay-checkout.js';
import { payme } from '../../src/providers/payme/browser/adapter.js';
import { createEntry } from '../../src/providers/registry.js';
import { registerMadeUp } from '../support/made-up.js';
import { settled } from '../support/work.js';

// As pay-checkout-payme.min.js does.
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

async function createCheckout(provider: string): Promise<PayCheckout> {
  const element = document.createElement('pay-checkout');
  Object.assign(element, {
    provider,
    environment: 'sandbox',
    tokenEndpoint: '/token',
    outcomeEndpoint: '/outcome',
    requestToken: () => Promise.resolve({ token: 'made-up' }),
  });
  await fixture(html`<div>${element}</div>`);
  await settled();
  return element;
}

describe('<pay-checkout>', () => {
  describe('when its provider has not loaded', () => {
    const message = '`provider` should be one of payme, or one that a script adds, but was "izipay".';

    it('waits without a warning while the page loads, and reserves its place', async () => {
      const element = await createCheckout('izipay');
      expect(element.getAttribute('status')).to.equal('idle');
      expect(element.shadowRoot!.querySelector('.reserved')).to.not.equal(null);
      expect(warnings).to.have.property('callCount', 0);
    });

    it('names the providers that it has once the page has loaded', async () => {
      const element = await createCheckout('izipay');
      finishLoading();
      expect(element.state).to.have.nested.property('error.reason', 'unknown-provider');
      expect(element.state).to.have.nested.property('error.message', message);
      expect(warnings.args.flat().join()).to.contain(`pay-checkout: ${message} (`);
    });

    it('fails immediately on a page that has loaded', async () => {
      finishLoading();
      expect((await createCheckout('izipay')).state).to.have.nested.property('error.message', message);
    });

    it('returns to idle when its provider changes from an unknown name', async () => {
      const element = await createCheckout('unknown');
      finishLoading();
      expect(element.getAttribute('status')).to.equal('failed');
      Object.defineProperty(document, 'readyState', { value: 'interactive', configurable: true });
      element.provider = 'izipay';
      await element.updateComplete;
      expect(element.getAttribute('status')).to.equal('idle');
    });

    it('stops waiting when it is removed', async () => {
      const element = await createCheckout('izipay');
      element.remove();
      finishLoading();
      expect(element.status).to.equal('idle');
      expect(warnings).to.have.property('callCount', 0);
    });

    it('stops waiting when its provider changes', async () => {
      const element = await createCheckout('izipay');
      element.provider = registerMadeUp().name;
      await element.updateComplete;
      const { attempt } = element.state;
      finishLoading();
      await settled();
      expect(element.state.attempt).to.equal(attempt);
      expect(warnings).to.have.property('callCount', 0);
    });

    // The next two tests must run last, because they register the providers.
    it('starts once when a second file registers the provider', async () => {
      const element = await createCheckout('payroc');
      const { opened } = registerMadeUp({}, 'payroc');
      await opened(1);
      finishLoading();
      await settled();
      expect(element.state).to.include({ status: 'initializing', attempt: 1 });
      expect(warnings).to.have.property('callCount', 0);
    });

    it('starts when the file loads after the page', async () => {
      const element = await createCheckout('izipay');
      finishLoading();
      expect(element.status).to.equal('failed');
      await registerMadeUp({}, 'izipay').opened(1);
      expect(element.status).to.equal('initializing');
    });
  });

  describe('with a name that no script adds', () => {
    it('fails once the page has loaded', async () => {
      const element = await createCheckout('paypal');
      expect(element.status).to.equal('idle');
      finishLoading();
      expect(element.state).to.have.nested.property('error.reason', 'unknown-provider');
    });
  });
});
