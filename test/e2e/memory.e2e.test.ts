import type { JSHandle, Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { openBareShop } from './bare-shop.js';
import { withBuilt } from './built.js';
import { providerNames } from './shoppers.js';
import { leave, reaches, visit } from './support.js';

const here = withBuilt(openBareShop);

it.each(providerNames)('releases a removed element although the library of %s keeps its own references', async (provider) => {
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
 * Checks after several collections, with a frame between them, because work that was in flight at the removal may still reference the
 * element. It does not wait for the 30 s timers of Payroc's library, which do not reference the element.
 */
async function isCollected(page: Page, held: JSHandle<WeakRef<Element>>): Promise<boolean> {
  for (let collections = 0; collections < 5; collections++) {
    await page.requestGC();
    if (await held.evaluate((element) => element.deref() === undefined)) return true;
    await page.evaluate(() => new Promise(requestAnimationFrame));
  }
  return false;
}
