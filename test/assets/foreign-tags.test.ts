import { expect } from '@open-wc/testing';
import { restore, stub } from 'sinon';
import { loadAssets } from '../../src/assets/load-assets.js';
import type { Assets } from '../../src/providers/provider.js';
import { event, failure, Hostile } from '../support/hostile.js';

const load = (assets: Assets) => loadAssets(assets, { nonce: '', signal: new AbortController().signal });
const foreign: Element[] = [];

afterEach(() => {
  restore();
  for (const element of foreign.splice(0)) element.remove();
});

/** Adds a tag as another script of the page would. */
function addForeign<Name extends 'script' | 'link'>(name: Name, properties: Partial<HTMLElementTagNameMap[Name]>) {
  const element = Object.assign(document.createElement(name), properties);
  document.head.append(element);
  foreign.push(element);
  return element;
}

/** Loads a style sheet that a form needs, whose library is on the page. */
function loadStyle(style: Hostile): Promise<unknown> {
  Object.assign(window, { [style.name]: true });
  return load({ global: style.name, styles: [style.url] });
}

/** Whether the rules of a hostile style sheet apply: it sets a custom property of its own name. */
const applied = (style: Hostile) =>
  style.tags.some((tag) => tag instanceof HTMLLinkElement && !!tag.sheet && !tag.sheet.disabled && matchMedia(tag.media || 'all').matches);

describe('a script tag of the page that the browser never runs', () => {
  const tags: [what: string, properties: Partial<HTMLScriptElement>][] = [
    ['a consent manager has given it the type text/plain', { type: 'text/plain' }],
    ['it is for old browsers only', { noModule: true }],
    ['it is a data block', { type: 'application/json' }],
  ];
  for (const [what, properties] of tags) {
    it(`does not delay ours because ${what}`, async () => {
      const script = new Hostile('ok');
      const tag = addForeign('script', { ...properties, src: script.url });
      expect(await load(script.assets)).to.be.a('function');
      expect(script.runs).to.equal(1);
      expect(tag.isConnected).to.equal(true);
    });
  }

  it('hides no other tag that the browser runs', async () => {
    const script = new Hostile('ok');
    addForeign('script', { type: 'text/plain', src: script.url });
    await event(addForeign('script', { type: 'text/javascript', src: script.url }), 'load');
    await load(script.assets);
    expect(script.runs).to.equal(1);
  });
});

describe('a style sheet of the page that does not apply', () => {
  const tags: [what: string, properties: Partial<HTMLLinkElement>][] = [
    ['is disabled', { disabled: true }],
    ['is for printers only', { media: 'print' }],
    ['is for other screens', { media: '(max-width: 1px)' }],
    ['has another type', { type: 'text/plain' }],
    ['is an alternative', { rel: 'alternate stylesheet', title: 'other' }],
  ];
  for (const [what, properties] of tags) {
    it(`does not replace ours if it ${what}`, async () => {
      const style = new Hostile('ok', 'css');
      addForeign('link', { rel: 'stylesheet', ...properties, href: style.url });
      await loadStyle(style);
      expect(applied(style)).to.equal(true);
    });
  }

  it('does not replace ours if a script has disabled it', async () => {
    const style = new Hostile('ok', 'css');
    const link = addForeign('link', { rel: 'stylesheet', href: style.url });
    await event(link, 'load');
    link.sheet!.disabled = true;
    await loadStyle(style);
    expect(applied(style)).to.equal(true);
  });
});

describe('a style sheet that has loaded', () => {
  const takenAway: [what: string, takeAway: (link: HTMLLinkElement) => void][] = [
    ['removed', (link) => link.remove()],
    ['disabled', (link) => (link.disabled = true)],
    ['limited to printers', (link) => (link.media = 'print')],
  ];
  for (const [what, takeAway] of takenAway) {
    it(`is loaded again for the next form if a script of the page has ${what} it`, async () => {
      const style = new Hostile('ok', 'css');
      await loadStyle(style);
      takeAway(style.tag as HTMLLinkElement);
      await loadStyle(style);
      expect(applied(style)).to.equal(true);
    });
  }

  it('is not loaded again while it applies', async () => {
    const style = new Hostile('ok', 'css');
    await loadStyle(style);
    await loadStyle(style);
    expect(style.tags).to.have.lengthOf(1);
    expect(await style.requests()).to.deep.equal(['']);
  });
});

describe("a shop's offline page in place of a script", () => {
  it('is reported as offline, so that the shopper can retry', async () => {
    stub(Math, 'random').returns(-1);
    stub(navigator, 'onLine').get(() => false);
    const script = new Hostile('no-global');
    expect(await failure(load(script.assets))).to.include({ code: 'asset', reason: 'offline', retryable: true });
  });
});
