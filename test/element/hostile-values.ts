import { expect } from '@open-wc/testing';
import { restore } from 'sinon';
import type { PayCheckout } from '../../src/index.js';
import { create, type Setup } from '../support/element.js';

export const evilOrigin = 'https://evil.example';
export const markup = `<img src="${evilOrigin}/x.png" onerror="hacked()"><script src="${evilOrigin}/x.js"></script>`;
export const pollutingJson = '{"__proto__": {"polluted": true}, "constructor": {"prototype": {"polluted": true}}}';

let checkouts: PayCheckout[];
let added: Element[];
let observer: MutationObserver;

beforeEach(() => {
  checkouts = [];
  added = [];
  observer = new MutationObserver((records) => record(records.flatMap(({ addedNodes }) => [...addedNodes])));
  observer.observe(document, { childList: true, subtree: true });
});

afterEach(() => {
  for (const element of checkouts) element.remove();
  observer.disconnect();
  restore();
});

function record(nodes: readonly Node[]): void {
  const elements = nodes.filter((node) => node instanceof Element);
  added.push(...elements, ...elements.flatMap((element) => [...element.querySelectorAll('*')]));
}

/** Also checks the shadow root of this element, and removes the element after the test. */
export function watchCheckout(element: PayCheckout): void {
  checkouts.push(element);
}

/** Inserts an element with these attributes, and watches it. */
export async function insertCheckout(attributes: Readonly<Record<string, string>>, properties: Partial<Setup> = {}): Promise<PayCheckout> {
  const element = create({ provider: '', ...properties });
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  watchCheckout(element);
  document.body.append(element);
  await element.updateComplete;
  return element;
}

/** Returns every element that was added to the page, except `<pay-checkout>` itself, which the test gave hostile values. */
export function addedElements(): Element[] {
  record(observer.takeRecords().flatMap(({ addedNodes }) => [...addedNodes]));
  const shadowElements = checkouts.flatMap(({ shadowRoot }) => [...(shadowRoot?.querySelectorAll('*') ?? [])]);
  return [...added, ...shadowElements].filter((element) => element.localName !== 'pay-checkout');
}

/** Expects that the page loads no foreign file, has no handler in an attribute, and has an unchanged `Object.prototype`. */
export function expectNothingHostile(): void {
  for (const element of addedElements()) {
    const attributes = [...element.attributes].map(({ name, value }) => `${name}=${value}`);
    const loads = attributes.filter((attribute) => /^(src|href|srcdoc|data|action|formaction)=.*(evil|javascript:)|^on/i.test(attribute));
    expect(loads, element.outerHTML).to.deep.equal([]);
  }
  expect(Object.hasOwn(Object.prototype, 'polluted')).to.equal(false);
}
