import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { start, type Demo } from '../../demo/server.js';
import { izipayCards } from '../../src/testing/izipay/cards.js';
import { paymeCards } from '../../src/testing/payme/cards.js';
import { forEachProvider, standInProviders } from '../../src/testing/providers.js';
import { Clock } from './clock.js';
import { look, type } from './engines/place.js';
import { poll } from './engines/until.js';
import type { Shopper } from './shopper.js';
import { providerNames, shoppers } from './shoppers.js';
import {
  diagnosis,
  failure,
  follow,
  isConfirmed,
  launchChromium,
  leave,
  press,
  reaches,
  shows,
  told,
  until,
  visit,
  type ChromiumVisit,
} from './support.js';

/** Seconds for which a Pay-me payment may be pending. */
const pendingLifetime = 120;

const clock = new Clock();
let demo: Demo;
let browser: Browser;
let shop: ChromiumVisit;

beforeAll(async () => {
  const { now } = clock;
  const standIns = { ...forEachProvider(() => ({ now })), payme: { now, pendingLifetime } };
  [demo, browser] = await Promise.all([start({ standIns }), launchChromium()]);
});

afterAll(() => Promise.all([browser.close(), demo.close()]));

afterEach(() => leave(shop));

async function open(provider: string): Promise<Page> {
  shop = await visit(browser, 'about:blank');
  const { page } = shop;
  await page.clock.install();
  await page.goto(`${demo.url}shop/?provider=${provider}`);
  await reaches(page, 'ready');
  return page;
}

async function payAnew(page: Page, { pay, cards }: Shopper): Promise<void> {
  await press(page, 'Intentar de nuevo');
  await reaches(page, 'ready');
  await pay(page, cards.approved);
  await reaches(page, 'succeeded');
  expect(await isConfirmed(page)).toBe(true);
  expect((await diagnosis(page)).attempts).toBe(2);
}

describe('a Pay-me payment that the shopper does not complete', () => {
  it('is pending, then fails, and lets the shopper try again', async () => {
    const page = await open('payme');
    await shoppers.payme.pay(page, paymeCards.expiring);
    await reaches(page, 'pending');
    await clock.pass(pendingLifetime);
    await reaches(page, 'failed');
    expect(await failure(page)).toBe('declined');
    await payAnew(page, shoppers.payme);
  });
});

describe("Izipay's form after the library reports inactivity", () => {
  it('expires, is removed, and lets the shopper try again', async () => {
    const page = await open('izipay');
    await page.evaluate(follow);
    await shoppers.izipay.pay(page, izipayCards.inactive);
    await reaches(page, 'expired');
    expect(await told(page)).toEqual(['expired']);
    expect(await page.locator('pay-checkout iframe').count()).toBe(0);
    await payAnew(page, shoppers.izipay);
  });
});

const ageing = providerNames.filter((name) => standInProviders[name].provider.agesWhileOpen);
const renewing = ageing.filter((name) => shoppers[name].renewsOpenForm);

describe.each(renewing)('a token of %s that expires while its form is open', (name) => {
  const { pay, number, cards } = shoppers[name];
  const { lifetime } = standInProviders[name].provider;

  it('is renewed in the same form, which keeps the typed card and takes the payment', async () => {
    const page = await open(name);
    const form = await page.waitForSelector('pay-checkout iframe');
    await type(page, number, cards.approved);
    // Late enough for a new token, and just before the old one expires.
    await clock.pass(lifetime - 10, page);
    await poll('a second token', () => Promise.resolve(shop.requests.filter((path) => path === '/api/pay/token').length === 2));
    await clock.pass(10);
    expect(await form.evaluate((frame) => frame.isConnected)).toBe(true);
    expect((await look(page, number))?.value).toBe(cards.approved);
    await pay(page, cards.approved);
    await reaches(page, 'succeeded');
    expect(await isConfirmed(page)).toBe(true);
    expect((await diagnosis(page)).attempts).toBe(1);
  });
});

describe.each(ageing.filter((name) => !renewing.includes(name)))('a session of %s that expires while its form is open', (name) => {
  const { pay, number, cards } = shoppers[name];
  const { lifetime } = standInProviders[name].provider;
  let page: Page;

  beforeEach(async () => {
    page = await open(name);
  });

  const sessions = () => shop.requests.filter((path) => path === '/api/pay/token').length;

  it('is replaced silently when the form is untouched, and the new session takes the payment', async () => {
    await page.evaluate(follow);
    const before = await page.waitForSelector('pay-checkout iframe');
    // Late enough for a new session, and just before the old one expires.
    await clock.pass(lifetime - 10, page);
    await until(page, () => (window as unknown as { told: string[] }).told.includes('ready'));
    expect(await before.evaluate((form) => form.isConnected)).toBe(false);
    expect(sessions()).toBe(2);
    expect(await told(page)).toEqual(['ready']);
    expect((await diagnosis(page)).attempts).toBe(1);
    await clock.pass(10);
    await pay(page, cards.approved);
    await reaches(page, 'succeeded');
    expect(await isConfirmed(page)).toBe(true);
  });

  it('expires when the shopper has typed, keeps the form, and offers a button to try again', async () => {
    const before = await page.waitForSelector('pay-checkout iframe');
    await type(page, number, cards.approved);
    await clock.pass(lifetime, page);
    await reaches(page, 'expired');
    await shows(page, 'Intentar de nuevo');
    expect(sessions()).toBe(1);
    expect(await before.evaluate((form) => form.isConnected)).toBe(true);
    expect((await look(page, number))?.value).toBe(cards.approved);
    await payAnew(page, shoppers[name]);
  });
});
