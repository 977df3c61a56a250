import type { JSHandle, Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { openBareShop } from './bare-shop.js';
import { withBuilt } from './built.js';
import { providerNames } from './shoppers.js';
import { leave, reaches, visit } from './support.js';

const here = withBuilt(openBareShop);

it.each(providerNames)('an element that was removed is not held, whatever the library of %s holds on to', async (provider) => {
  const visited = await visit(here.browser, `${here.shop.url}bare-with-stand-ins?provider=${provider}`);
  const { page } = visited;
  await page.evaluate(() => document.querySelector('pay-checkout')!.load());
  await reaches(page, 'ready');
  const held = await page.evaluateHandle(() => {
    const element = document.querySelector('pay-checkout')!;
    element.remove();
    return new WeakRef(element);
  });
  expect(await isCollected(page, held)).toBe(true);
  await leave(visited);
});

/**
 * Within a few collections, with a frame between them: work that was under way when the element was removed may still hold it. Payroc's library
 * has timers of 30 s, which know nothing of us: there is no waiting for them.
 */
async function isCollected(page: Page, held: JSHandle<WeakRef<Element>>): Promise<boolean> {
  for (let collections = 0; collections < 5; collections++) {
    await page.requestGC();
    if (await held.evaluate((element) => element.deref() === undefined)) return true;
    await page.evaluate(() => new Promise(requestAnimationFrame));
  }
  return false;
}
