import { expect, fixture } from '@open-wc/testing';
import { restore, stub } from 'sinon';
import { defineElement } from '../../src/element/define-element.js';
import type { ProviderEntry } from '../../src/providers/registry.js';
import { version } from '../../src/shared/version.js';
import { deferred } from '../support/deferred.js';

/** Replaces the registry with one in which another file has defined the element. */
function stubDefinition(version: string) {
  const added: unknown[] = [];
  const element = { version, addEntries: (entries: unknown) => added.push(entries) };
  stub(customElements, 'get').returns(element as unknown as CustomElementConstructor);
  return { added, define: stub(customElements, 'define'), warn: stub(console, 'warn') };
}

const providers = { payme: {} as ProviderEntry };

describe('defineElement', () => {
  afterEach(() => restore());

  it('adds its providers, without a warning, to an element of the same version', () => {
    const { added, define, warn } = stubDefinition(version);
    defineElement(providers);
    expect(added).to.deep.equal([providers]);
    expect([define.callCount, warn.callCount]).to.deep.equal([0, 0]);
  });

  it('leaves an element of another version unchanged, and warns of both versions', () => {
    const { added, define, warn } = stubDefinition('0.0.1');
    defineElement(providers);
    expect([added.length, define.callCount]).to.deep.equal([0, 0]);
    expect(warn.firstCall.args).to.deep.equal([
      `pay-checkout ${version} is not used: version 0.0.1 has already defined <pay-checkout>. Load one version only.`,
    ]);
  });

  it('warns when another version has already defined the element, and names both versions', async () => {
    const frame = document.createElement('iframe');
    await fixture(frame);
    // The coverage of this page includes what runs in the frame.
    Reflect.set(frame.contentWindow as Window, '__coverage__', Reflect.get(window, '__coverage__'));
    const { customElements: registry, console: log, document: page } = frame.contentWindow as Window & typeof globalThis;
    const { HTMLElement: Base } = frame.contentWindow as Window & typeof globalThis;
    registry.define(
      'pay-checkout',
      class extends Base {
        static version = '0.0.1';
      },
    );
    const warning = deferred<string>();
    log.warn = warning.resolve;
    page.body.append(Object.assign(page.createElement('script'), { type: 'module', src: '/src/index.ts' }));
    expect(await warning.promise).to.match(/pay-checkout \d+\.\d+\.\d+ is not used: version 0\.0\.1/);
  });
});
