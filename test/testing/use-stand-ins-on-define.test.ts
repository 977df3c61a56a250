import { expect } from '@open-wc/testing';
import { useStandInsOnDefine } from '../../src/testing/use-stand-ins-on-define.js';
import { providerNames } from '../../src/testing/providers.js';
import type { Provider } from '../../src/providers/provider.js';

const assets = 'http://127.0.0.1:4010/stand-in/';
const { get, define } = customElements;

interface FakeElement extends CustomElementConstructor {
  readonly registered: Map<string, Provider>;
}

/** A script-tag element, which has its own registry. */
function createElement(): FakeElement {
  const registered = new Map<string, Provider>();
  const element = class extends HTMLElement {
    static readonly registered = registered;
    static register(name: string, provider: Provider): void {
      registered.set(name, provider);
    }
  };
  return element;
}

/** Simulates a registry without the tag, because this page has registered it. */
function emptyRegistry(): void {
  const elements = new Map<string, CustomElementConstructor>();
  customElements.get = (name) => elements.get(name);
  customElements.define = (name, constructor) => void elements.set(name, constructor);
}

afterEach(() => Object.assign(customElements, { get, define }));

describe('useStandInsOnDefine', () => {
  it('replaces the providers of an element that is registered later, before its microtasks', () => {
    emptyRegistry();
    const element = createElement();
    useStandInsOnDefine(assets);
    customElements.define('other-element', class extends HTMLElement {});
    expect(element.registered.size).to.equal(0);
    customElements.define('pay-checkout', element);
    expect([...element.registered.keys()]).to.deep.equal(providerNames);
  });

  it('replaces the providers of an element that is registered already', () => {
    emptyRegistry();
    const element = createElement();
    customElements.define('pay-checkout', element);
    useStandInsOnDefine(assets);
    expect([...element.registered.keys()]).to.deep.equal(providerNames);
  });

  it('makes the page load each library from the server of the stand-ins', () => {
    emptyRegistry();
    const element = createElement();
    useStandInsOnDefine(assets);
    customElements.define('pay-checkout', element);
    for (const provider of element.registered.values()) {
      for (const real of Object.values(provider.assets)) expect(real.script?.url).to.match(/^http:\/\/127\.0\.0\.1:4010\/stand-in\/./);
    }
  });
});
