import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { HeadTagsOptions } from '../../src/server.js';
import { ensureBuilt } from './bare-shop.js';
import { inEachEngine } from './engines/index.js';
import type { Tab, Visit } from './engines/tab.js';
import { openScriptTagShop, type ScriptTagShop } from './script-tag-shop.js';
import { providerNames, shoppers } from './shoppers.js';
import { diagnosis, failure, isConfirmed, leave, reaches, told, until } from './support.js';

type Name = (typeof providerNames)[number];

const full = 'pay-checkout.min.js';
const fileOf = (name: Name) => `pay-checkout-${name}.min.js`;

let shop: ScriptTagShop;
let opened: Visit;

beforeAll(async () => {
  ensureBuilt();
  shop = await openScriptTagShop();
});

afterAll(() => shop.close());

it.each([full, ...providerNames.map(fileOf)])('returns tags from the built `headTags()` with the hash of %s', async (file) => {
  const { headTags } = (await import(resolve('dist/server.js'))) as { headTags(options: HeadTagsOptions): string };
  const provider = providerNames.find((name) => file === fileOf(name)) ?? 'payme';
  const integrity = readFileSync(`dist/${file}.sri`, 'utf8').trim();
  expect(headTags({ provider, script: `https://cdn.shop.example/${file}` })).toContain(` integrity="${integrity}" `);
});

inEachEngine(({ open }) => {
  afterEach(() => leave(opened));

  async function enter(files: readonly string[], name: Name): Promise<Tab> {
    opened = await open();
    await opened.page.goto(shop.page(files, name));
    return opened.page;
  }

  const loaded = () => opened.requests.filter((path) => path.startsWith('/pay-checkout'));

  async function pays(page: Tab, name: Name): Promise<void> {
    const { pay, cards } = shoppers[name];
    await reaches(page, 'ready');
    await pay(page, cards.approved);
    await reaches(page, 'succeeded');
    expect(await isConfirmed(page)).toBe(true);
  }

  describe.each(providerNames)('a page with %s', (name) => {
    it.each([full, fileOf(name)])('takes a payment with only %s, loaded from another origin with its hash', async (file) => {
      await pays(await enter([file], name), name);
      expect(loaded()).toEqual([`/${file.replace('.min.js', '')}/${file}`]);
    });
  });

  describe('a page with the files of two providers', () => {
    const files = [fileOf('payme'), fileOf('izipay')];

    it.each([
      ['payme', 'izipay'],
      ['izipay', 'payme'],
    ] as const)('opens a form of %s, and then takes a payment with %s', async (first, second) => {
      const page = await enter(files, first);
      await reaches(page, 'ready');
      // An element whose provider is in the second file waits for it.
      expect(await told(page)).not.toContain('failed');
      await page.evaluate((provider) => document.querySelector('pay-checkout')!.setAttribute('provider', provider), second);
      await until(page, () => (window as unknown as { told: string[] }).told.includes('ready'));
      await pays(page, second);
    });
  });

  it('fails with an error that names the provider and those that the page has', async () => {
    const page = await enter([fileOf('payme')], 'izipay');
    await reaches(page, 'failed');
    expect(await failure(page)).toBe('config / unknown-provider');
    expect((await diagnosis(page)).error?.message).toBe('`provider` should be one of payme, or one that a script adds, but was "izipay".');
  });
});
