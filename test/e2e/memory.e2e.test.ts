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
  // Payroc's library has timers of 30 s, which know nothing of us.
  await page.requestGC();
  expect(await held.evaluate((element) => element.deref() === undefined)).toBe(true);
  await leave(visited);
});
