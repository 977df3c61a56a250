import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ensureBuilt, openBareShop, type BareShop } from './bare-shop.js';
import { providerNames } from './shoppers.js';
import { launchChromium, leave, reaches, visit } from './support.js';

let shop: BareShop;
let browser: Browser;

beforeAll(async () => {
  ensureBuilt();
  [shop, browser] = await Promise.all([openBareShop(), launchChromium()]);
});

afterAll(async () => {
  await browser.close();
  shop.close();
});

it.each(providerNames)('an element that was removed is not held, whatever the library of %s holds on to', async (provider) => {
  const visited = await visit(browser, `${shop.url}bare-with-stand-ins?provider=${provider}`);
  const { page } = visited;
  await page.evaluate(() => document.querySelector('pay-checkout')!.load());
  await reaches(page, 'ready');
  const held = await page.evaluateHandle(() => {
    const element = document.querySelector('pay-checkout')!;
    element.remove();
    return new WeakRef(element);
  });
  // Payroc's library has timers of 30 s, which know nothing of us.
  await page.requestGC();
  expect(await held.evaluate((element) => element.deref() === undefined)).toBe(true);
  await leave(visited);
});
