import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { version } from '../../src/shared/version.js';
import { ensureBuilt, openBareShop, type BareShop } from './bare-shop.js';
import { inEachEngine } from './engines/index.js';
import type { Visit } from './engines/tab.js';
import { providerNames, shoppers } from './shoppers.js';
import { isConfirmed, leave, reaches, until } from './support.js';

let shop: BareShop;
let opened: Visit;

beforeAll(async () => {
  ensureBuilt();
  shop = await openBareShop();
});
afterAll(() => shop.close());

// `testing.min.js` and `pay-checkout.min.js` are two copies of the package.
inEachEngine(({ open }) => {
  describe('the built `useStandIns()`', () => {
    afterEach(() => opened.close());

    it.each(providerNames)('replaces %s for an element that another file defines later', async (name) => {
      opened = await open();
      const { page } = opened;
      const { pay, cards } = shoppers[name];
      await page.goto(`${shop.url}stand-ins-first?provider=${name}`);
      await reaches(page, 'ready');
      await pay(page, cards.approved);
      await reaches(page, 'succeeded');
      expect(await isConfirmed(page)).toBe(true);
      await leave(opened);
    });

    it('warns if the element of another file has already started', async () => {
      opened = await open();
      const { page } = opened;
      await page.goto(`${shop.url}stand-ins-late`);
      await until(page, () => 'standIns' in document.documentElement.dataset);
      const warnings = await page.evaluate(() => (window as unknown as { warnings: string[] }).warnings);
      const address = `https://unpkg.com/pay-checkout@${version}/docs/failures.md#warnings`;
      expect(warnings).toContain(
        'pay-checkout: `useStandIns()` was called after a `<pay-checkout>` had started. That element keeps its provider, which is ' +
          'usually the real one. Call `useStandIns()` first: set `loading="manual"` on the tag, or add the tag afterwards. ' +
          `(late-stand-ins: ${address})`,
      );
    });
  });
});
