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

    it(`do not claim in ${name} that an order is paid whose payment is unconfirmed, pending, held or returned`, () => {
      const { received, pending, authorized, saved, returned } = texts;
      expect([received, pending, authorized, saved, returned].join(' ')).not.to.match(
        /\bpaid\b|\bpagad[oa]s?\b|\b(pago|pagamento) realizad/i,
      );
    });
  }

  it('differ between the languages', () => {
    for (const key of keys.filter((key) => key !== 'start')) expect(new Set([es[key], en[key], pt[key]]).size, key).to.equal(3);
  });
});

describe('chooseLocale', () => {
  let languages: string[] = [];
  beforeEach(() => void stub(Navigator.prototype, 'languages').get(() => languages));
  afterEach(() => restore());

  const cases: [string, (string | null | undefined)[], string][] = [
    ['returns the first locale with texts', ['de', 'en-GB', 'es'], 'en-GB'],
    ['skips unset locales', [undefined, null, '', 'pt-BR'], 'pt-BR'],
    ['ignores case', ['PT'], 'PT'],
    ['falls back to Spanish for unknown locales', ['de', 'fr-CA'], 'es'],
    ['falls back to Spanish without a wanted locale', [], 'es'],
    ['ignores names of inherited properties', ['constructor', 'toString', '__proto__', 'en'], 'en'],
  ];
  for (const [title, wanted, locale] of cases) {
    it(title, () => {
      languages = ['fr', 'de'];
      expect(chooseLocale(wanted)).to.equal(locale);
    });
  }

  it('ignores a locale that is no text', () => {
    expect(chooseLocale([42 as unknown as string, 'pt'])).to.equal('pt');
  });

  it("falls back to the browser's first locale with texts", () => {
    languages = ['fr', 'pt-BR', 'en'];
    expect(chooseLocale([undefined, 'de'])).to.equal('pt-BR');
    expect(chooseLocale(['es'])).to.equal('es');
  });
});

describe('selectTexts', () => {
  for (const [locale, texts] of [
    ['es-PE', es],
    ['en-US', en],
    ['pt-BR', pt],
    ['qu', es],
    ['constructor', es],
  ] as const) {
    it(`returns texts for ${locale}`, () => expect(selectTexts(locale, {})).to.deep.equal(texts));
  }

  it("replaces texts by the merchant's own, key by key", () => {
    expect(selectTexts('en', { paid: 'Yippee!' })).to.deep.equal({ ...en, paid: 'Yippee!' });
  });

  it('ignores undefined and null texts', () => {
    expect(selectTexts('en', { paid: undefined, start: null as unknown as string })).to.deep.equal(en);
  });
});

describe('findLang', () => {
  afterEach(() => document.documentElement.removeAttribute('lang'));

  it('returns the `lang` of the nearest ancestor', async () => {
    const element = await fixture(
      html`<div lang="en">
        <p lang="pt"><b></b></p>
      </div>`,
    );
    expect(findLang(element.querySelector('b')!)).to.equal('pt');
  });

  it("returns the element's own `lang`", async () => {
    expect(findLang(await fixture(html`<p lang="en"></p>`))).to.equal('en');
  });

  it("returns the document's `lang` across shadow roots", async () => {
    document.documentElement.lang = 'es-PE';
    const outer = await fixture<HTMLElement>(html`<div></div>`);
    const inner = document.createElement('div');
    outer.attachShadow({ mode: 'open' }).append(inner);
    const element = document.createElement('b');
    inner.attachShadow({ mode: 'open' }).append(element);
    expect(findLang(element)).to.equal('es-PE');
  });

  it('returns undefined without a `lang`, and an empty `lang` as it is', async () => {
    expect(findLang(await fixture(html`<b></b>`))).to.equal(undefined);
    expect(findLang(await fixture(html`<b lang=""></b>`))).to.equal('');
  });
});
