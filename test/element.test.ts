import { expect } from '@open-wc/testing';
import { PayCheckout } from '../src/element.js';
import { findEntry } from '../src/providers/registry.js';
import { builtInNames } from '../src/providers/built-in.js';

describe('pay-checkout/element', () => {
  it('registers the built-in providers, and does not define the tag', () => {
    expect(builtInNames.map((name) => findEntry(name)?.assets.sandbox?.global)).to.not.include(undefined);
    expect(customElements.get('pay-checkout')).to.equal(undefined);
    expect(PayCheckout.version).to.match(/^\d+\.\d+\.\d+/);
  });
});
