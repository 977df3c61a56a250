import { expect, fixture, html } from '@open-wc/testing';
import { restore, stub } from 'sinon';
import { en } from '../../src/messages/en.js';
import { es } from '../../src/messages/es.js';
import { chooseLocale, findLang, selectTexts } from '../../src/messages/locales.js';
import { pt } from '../../src/messages/pt.js';
import type { TextKey } from '../../src/messages/texts.js';

const keys = Object.keys(es) as TextKey[];

describe('the built-in texts', () => {
  for (const [name, texts] of Object.entries({ es, en, pt })) {
    it(`are never empty in ${name}`, () => {
      for (const key of keys) expect(texts[key], key).to.match(/^\S.*\S$/);
    });

    it(`never say *paid* in ${name} of what only the provider said, nor of what is pending`, () => {
      expect(`${texts.received} ${texts.pending}`).not.to.match(/\bpaid\b|\bpagad[oa]s?\b|\b(pago|pagamento) realizad/i);
    });
  }

  it('differ between the languages', () => {
    for (const key of keys.filter((key) => key !== 'start')) expect(new Set([es[key], en[key], pt[key]]).size, key).to.equal(3);
  });
});

describe('the locale', () => {
  let languages: string[] = [];
  beforeEach(() => void stub(Navigator.prototype, 'languages').get(() => languages));
  afterEach(() => restore());

  const facts: [string, (string | null | undefined)[], string][] = [
    ['is the first that there are texts for', ['de', 'en-GB', 'es'], 'en-GB'],
    ['skips what is not set', [undefined, null, '', 'pt-BR'], 'pt-BR'],
    ['is read in any case', ['PT'], 'PT'],
    ['is Spanish where nothing else is', ['de', 'fr-CA'], 'es'],
    ['is Spanish where nothing is wanted', [], 'es'],
    ['is not fooled by the name of a property of every object', ['constructor', 'toString', '__proto__', 'en'], 'en'],
  ];
  for (const [fact, wanted, locale] of facts) {
    it(fact, () => {
      languages = ['fr', 'de'];
      expect(chooseLocale(wanted)).to.equal(locale);
    });
  }

  it("is the browser's first where the page wants none that there are texts for", () => {
    languages = ['fr', 'pt-BR', 'en'];
    expect(chooseLocale([undefined, 'de'])).to.equal('pt-BR');
    expect(chooseLocale(['es'])).to.equal('es');
  });
});

describe('the texts for a locale', () => {
  for (const [locale, texts] of [
    ['es-PE', es],
    ['en-US', en],
    ['pt-BR', pt],
    ['qu', es],
    ['constructor', es],
  ] as const) {
    it(`are there for ${locale}`, () => expect(selectTexts(locale, {})).to.deep.equal(texts));
  }

  it("give way to the shop's own, key by key", () => {
    expect(selectTexts('en', { paid: 'Yippee!' })).to.deep.equal({ ...en, paid: 'Yippee!' });
  });

  it('stand where the shop has none after all', () => {
    expect(selectTexts('en', { paid: undefined, start: null as unknown as string })).to.deep.equal(en);
  });
});

describe('the language of an element', () => {
  afterEach(() => document.documentElement.removeAttribute('lang'));

  it('is the nearest `lang`', async () => {
    const element = await fixture(
      html`<div lang="en">
        <p lang="pt"><b></b></p>
      </div>`,
    );
    expect(findLang(element.querySelector('b')!)).to.equal('pt');
  });

  it("is the element's own `lang`", async () => {
    expect(findLang(await fixture(html`<p lang="en"></p>`))).to.equal('en');
  });

  it("is the document's, across shadow roots", async () => {
    document.documentElement.lang = 'es-PE';
    const outer = await fixture<HTMLElement>(html`<div></div>`);
    const inner = document.createElement('div');
    outer.attachShadow({ mode: 'open' }).append(inner);
    const element = document.createElement('b');
    inner.attachShadow({ mode: 'open' }).append(element);
    expect(findLang(element)).to.equal('es-PE');
  });

  it('is nothing that there are texts for where no `lang` is set, or an empty one', async () => {
    expect(findLang(await fixture(html`<b></b>`))).to.equal(undefined);
    expect(findLang(await fixture(html`<b lang=""></b>`))).to.equal('');
  });
});
