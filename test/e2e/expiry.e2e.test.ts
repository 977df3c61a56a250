import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { start, type Demo } from '../../demo/server.js';
import { inFrame, shoppers } from './shoppers.js';
import { diagnosis, failure, follow, isConfirmed, launchChromium, leave, reaches, visit, type Visit } from './support.js';

/** Seconds: what is pending, and what a session lives. */
const [pendingLifetime, sessionLifetime] = [2, 10];

let demo: Demo;
let browser: Browser;
let shop: Visit;

beforeAll(async () => {
  const standIns = { payme: { pendingLifetime }, payroc: { sessionLifetime } };
  [demo, browser] = await Promise.all([start({ standIns }), launchChromium()]);
});

afterAll(() => Promise.all([browser.close(), demo.close()]));

afterEach(() => leave(shop));

async function open(provider: string): Promise<Page> {
  shop = await visit(browser, `${demo.url}shop/?provider=${provider}`);
  await reaches(shop.page, 'ready');
  return shop.page;
}

describe('a Pay-me payment that nobody completes', () => {
  it('is pending, and then runs out; the shopper may try again', async () => {
    const page = await open('payme');
    await shoppers.payme.pay(page, shoppers.payme.cards.expiring);
    await reaches(page, 'pending');
    await reaches(page, 'failed');
    expect(await failure(page)).toBe('declined');
    await page.getByRole('button', { name: 'Intentar de nuevo' }).click();
    await reaches(page, 'ready');
  });
});

describe('a Payroc session that dies while its form stands', () => {
  const { cards, pay } = shoppers.payroc;
  let page: Page;

  beforeEach(async () => {
    page = await open('payroc');
  });

  const sessions = () => shop.requests.filter((path) => path === '/api/pay/token').length;
  const source = () => page.getAttribute('pay-checkout iframe[src*="field=cardNumber"]', 'src');

  it('is replaced without a word, as long as nobody has touched the form, and the new one takes the payment', async () => {
    const [entered, before] = [await follow(page), await source()];
    // Until then, the form stays `ready` and says nothing.
    await page.waitForFunction((names) => names.includes('ready'), entered, { timeout: 2 * sessionLifetime * 1000 });
    expect(await source()).not.toBe(before);
    expect(sessions()).toBe(2);
    expect(await entered.jsonValue()).toEqual(['ready']);
    expect((await diagnosis(page)).attempts).toBe(1);
    await pay(page, cards.approved);
    await reaches(page, 'succeeded');
    expect(await isConfirmed(page)).toBe(true);
  });

  it('expires where the shopper has typed: the form stays, and a button begins anew', async () => {
    const [input, before] = [inFrame(page, 'cardNumber').locator('input'), await source()];
    await input.fill(cards.approved);
    await input.blur();
    await reaches(page, 'expired', 2 * sessionLifetime * 1000);
    expect(sessions()).toBe(1);
    expect(await source()).toBe(before);
    expect(await input.inputValue()).toBe(cards.approved);
    expect(await input.isVisible()).toBe(true);
    await page.getByRole('button', { name: 'Intentar de nuevo' }).click();
    await reaches(page, 'ready');
    await pay(page, cards.approved);
    await reaches(page, 'succeeded');
  });
});
