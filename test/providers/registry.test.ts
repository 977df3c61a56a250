import { expect } from '@open-wc/testing';
import * as entry from '../../src/provider.js';
import { CheckoutError } from '../../src/state/errors.js';
import { canonicalToken } from '../../src/endpoint/canonical-token.js';
import { lazyProviders } from '../../src/providers/lazy-providers.js';
import { payme } from '../../src/providers/payme/browser/adapter.js';
import type { Provider } from '../../src/providers/provider.js';
import { addListings, findListing, listingOf, register, registeredNames, whenRegistered } from '../../src/providers/registry.js';

const made = (): Provider => ({ lifetime: 1 }) as Provider;
const find = (name: string) => findListing(name)?.adapter();

describe('the registry', () => {
  it('knows no name that was not added, not even that of a property of every object', () => {
    for (const name of ['', 'payme', 'constructor', '__proto__']) expect(findListing(name)).to.equal(undefined);
    expect(registeredNames()).to.deep.equal([]);
  });

  it('has the providers that an entry adds, with their assets, before their adapters are loaded', async () => {
    addListings(lazyProviders);
    expect(findListing('payme')?.assets).to.equal(payme.assets);
    expect(registeredNames()).to.include('payme');
    expect(await find('payme')).to.equal(payme);
  });

  it('has what the page registers', async () => {
    const provider = made();
    register('mine', provider);
    expect(registeredNames()).to.include('mine');
    expect(await find('mine')).to.equal(provider);
  });

  it('lets the page replace a built-in provider', async () => {
    const provider = made();
    register('payme', provider);
    expect(await find('payme')).to.equal(provider);
    expect(registeredNames().filter((name) => name === 'payme')).to.have.length(1);
  });

  it('keeps what the page registered when a second file brings a provider of the same name', async () => {
    const [mine, added] = [made(), made()];
    register('payme', mine);
    addListings({ payme: listingOf(payme), added: listingOf(added) });
    expect(await find('payme')).to.equal(mine);
    expect(await find('added')).to.equal(added);
  });

  it('is public as far as an adapter is written with it', () => {
    expect(entry).to.have.all.keys('canonicalToken', 'CheckoutError', 'register');
    expect(entry).to.include({ canonicalToken, CheckoutError, register });
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

  it('ends when a second file adds it', () => {
    let called = 0;
    whenRegistered('second', () => called++, new AbortController().signal);
    addListings({ second: listingOf(made()) });
    expect(called).to.equal(1);
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
