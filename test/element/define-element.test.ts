import { expect } from '@open-wc/testing';
import { restore, stub } from 'sinon';
import { defineElement } from '../../src/element/define-element.js';
import type { ProviderEntry } from '../../src/providers/registry.js';
import { version } from '../../src/shared/version.js';

/** An element that another file has defined. */
function definedAs(version: string) {
  const added: unknown[] = [];
  const element = { version, addListings: (listings: unknown) => added.push(listings) };
  stub(customElements, 'get').returns(element as unknown as CustomElementConstructor);
  return { added, define: stub(customElements, 'define'), warn: stub(console, 'warn') };
}

const providers = { payme: {} as ProviderEntry };

describe('a second file on a page', () => {
  afterEach(() => restore());

  it('adds its providers to the element of the first, silently, where both are of one version', () => {
    const { added, define, warn } = definedAs(version);
    defineElement(providers);
    expect(added).to.deep.equal([providers]);
    expect([define.callCount, warn.callCount]).to.deep.equal([0, 0]);
  });

  it('changes nothing where they are of two versions, and warns of both', () => {
    const { added, define, warn } = definedAs('0.0.1');
    defineElement(providers);
    expect([added.length, define.callCount]).to.deep.equal([0, 0]);
    expect(warn.firstCall.args).to.deep.equal([
      `pay-checkout ${version} is not used: version 0.0.1 has already defined <pay-checkout> on this page. Load one version only.`,
    ]);
  });
});
