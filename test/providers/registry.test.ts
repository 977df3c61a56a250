import { expect } from '@open-wc/testing';
import * as entry from '../../src/provider.js';
import { CheckoutError } from '../../src/state/errors.js';
import { canonicalToken } from '../../src/endpoint/canonical-token.js';
import { lazyProviders } from '../../src/providers/lazy-providers.js';
import { micuentaweb } from '../../src/providers/micuentaweb/browser/adapter.js';
import { payme } from '../../src/providers/payme/browser/adapter.js';
import type { Provider } from '../../src/providers/provider.js';
import { addEntries, findEntry, createEntry, register, registeredNames, whenRegistered } from '../../src/providers/registry.js';

const createProvider = (): Provider => ({ lifetime: 1 }) as Provider;
const find = (name: string) => findEntry(name)?.adapter();

describe('the registry', () => {
  it('finds no name that was not added, even if every object has a property of that name', () => {
    for (const name of ['', 'payme', 'constructor', '__proto__']) expect(findEntry(name)).to.equal(undefined);
    expect(registeredNames()).to.deep.equal([]);
  });

  it('finds the assets of an added provider before its adapter is loaded', async () => {
    addEntries(lazyProviders);
    expect(findEntry('payme')?.assets).to.equal(payme.assets);
    expect(registeredNames()).to.include('payme');
    expect(await find('payme')).to.include(payme);
  });

  it('finds the adapter of a brand with the assets of that brand', async () => {
    addEntries(lazyProviders);
    const { mount, assets } = (await find('payzen'))!;
    expect(mount).to.equal(micuentaweb.mount);
    expect(assets).to.equal(findEntry('payzen')?.assets);
    expect(assets.production?.origins).to.deep.equal(['https://static.payzen.eu']);
  });

  it('finds a provider that the page registered', async () => {
    const provider = createProvider();
    register('mine', provider);
    expect(registeredNames()).to.include('mine');
    expect(await find('mine')).to.equal(provider);
  });

  it('lets the page replace a built-in provider', async () => {
    const provider = createProvider();
    register('payme', provider);
    expect(await find('payme')).to.equal(provider);
    expect(registeredNames().filter((name) => name === 'payme')).to.have.length(1);
  });

  it('keeps a registered provider when a second file adds one of the same name', async () => {
    const [mine, added] = [createProvider(), createProvider()];
    register('payme', mine);
    addEntries({ payme: createEntry(payme), added: createEntry(added) });
    expect(await find('payme')).to.equal(mine);
    expect(await find('added')).to.equal(added);
  });

  it('exports `register` and what an adapter needs from pay-checkout/provider', () => {
    expect(entry).to.have.all.keys('canonicalToken', 'CheckoutError', 'register');
    expect(entry).to.include({ canonicalToken, CheckoutError, register });
  });
});

describe('whenRegistered', () => {
  it('calls back once when the name is registered', () => {
    const calls: string[] = [];
    whenRegistered('awaited', () => calls.push(findEntry('awaited') ? 'found' : 'missing'), new AbortController().signal);
    register('another', createProvider());
    expect(calls).to.deep.equal([]);
    register('awaited', createProvider());
    register('awaited', createProvider());
    expect(calls).to.deep.equal(['found']);
  });

  it('calls back when a second file adds the name', () => {
    let called = 0;
    whenRegistered('second', () => called++, new AbortController().signal);
    addEntries({ second: createEntry(createProvider()) });
    expect(called).to.equal(1);
  });

  it('does not call back after its signal aborted', () => {
    const controller = new AbortController();
    let called = false;
    whenRegistered('aborted', () => (called = true), controller.signal);
    controller.abort();
    register('aborted', createProvider());
    expect(called).to.be.false;
  });
});
