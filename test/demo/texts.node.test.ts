import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { placeOrder } from '../../demo/orders.js';
import { shopPage } from '../../demo/pages.js';
import { providerNames, providers } from '../../demo/providers/index.js';
import { chooseLanguage, languages, translate, type Language } from '../../demo/shop/texts.js';

const marked = [...readFileSync('demo/shop/index.html', 'utf8').matchAll(/\[\[(.+?)\]\]/g)].map(([, text]) => text!);
const leads = providerNames.map((name) => providers[name].lead);

describe('the texts of the shop', () => {
  it.each([...marked, ...leads])('have a translation of "%s"', (spanish) => {
    expect(translate(spanish, 'es-PE')).toBe(spanish);
    expect(translate(spanish, 'en')).not.toBe(spanish);
  });

  it.each([
    [undefined, 'es-PE'],
    ['pt-BR', 'pt-BR'],
    ['fr', 'es-PE'],
    ['constructor', 'es-PE'],
  ])('are in the language %s of the address: %s', (wanted, language) => {
    expect(chooseLanguage(wanted)).toBe(language);
  });

  it.each(Object.keys(languages) as Language[])('leave no mark in a page in %s, which the element follows', async (language) => {
    const page = await shopPage('shop', placeOrder('visitor-1'), { provider: 'payme', language });
    expect(page).not.toMatch(/\[\[|\]\]|\{\{|\}\}/);
    expect(page).toContain(`<html lang="${language}">`);
  });
});
