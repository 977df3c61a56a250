import { expect } from '@open-wc/testing';
import * as entry from '../../src/providers/index.js';
import { CheckoutError } from '../../src/errors.js';
import { canonicalToken } from '../../src/providers/canonical-token.js';
import type { Provider } from '../../src/providers/provider.js';
import { payme } from '../../src/providers/payme/browser.js';

const { findProvider, findListing, register, registeredNames, whenRegistered } = entry;
const made = (): Provider => ({ lifetime: 1 }) as Provider;

describe('the providers', () => {
  it('has Pay-me built in', async () => {
    expect(findListing('payme')?.assets).to.equal(payme.assets);
    expect(registeredNames()).to.include('payme');
    expect(await findProvider('payme')).to.equal(payme);
  });

  it('knows no other name, not even that of a property of every object', async () => {
    for (const name of ['', 'nobody', 'constructor', '__proto__']) {
      expect(findListing(name)).to.equal(undefined);
      expect(await findProvider(name)).to.equal(undefined);
    }
  });

  it('may be more', async () => {
    const provider = made();
    register('mine', provider);
    expect(await findListing('mine')?.adapter()).to.equal(provider);
    expect(registeredNames()).to.include('mine');
    expect(await findProvider('mine')).to.equal(provider);
  });

  it('may be replaced, a built-in one too', async () => {
    const provider = made();
    register('payme', provider);
    expect(await findProvider('payme')).to.equal(provider);
    register('payme', payme);
    expect(await findProvider('payme')).to.equal(payme);
    expect(registeredNames().filter((name) => name === 'payme')).to.have.length(1);
  });

  it('are what an adapter is written with', () => {
    expect(entry).to.include({ canonicalToken, CheckoutError });
  });
});

describe('waiting for a name', () => {
  it('ends when that name is registered, once', () => {
    const calls: string[] = [];
    whenRegistered('awaited', () => calls.push(findListing('awaited') ? 'there' : 'not yet'), new AbortController().signal);
    register('another', made());
    expect(calls).to.deep.equal([]);
    register('awaited', made());
    register('awaited', made());
    expect(calls).to.deep.equal(['there']);
  });

  it('ends with its signal', () => {
    const controller = new AbortController();
    let called = false;
    whenRegistered('unwanted', () => (called = true), controller.signal);
    controller.abort();
    register('unwanted', made());
    expect(called).to.be.false;
  });
});
