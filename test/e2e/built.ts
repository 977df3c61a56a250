import type { Browser } from 'playwright-core';
import { afterAll, beforeAll } from 'vitest';
import { ensureBuilt } from './bare-shop.js';
import { launchChromium } from './support.js';

/** What the tests of one file share. */
interface Here<Shop> {
  readonly shop: Shop;
  readonly browser: Browser;
}

/** The built files, a shop that serves them, and Chromium: there as long as the tests of this file run. */
export function withBuilt<Shop extends { close(): void }>(openShop: () => Promise<Shop>): Here<Shop> {
  const here: Partial<Here<Shop>> = {};
  beforeAll(async () => {
    ensureBuilt();
    const [shop, browser] = await Promise.all([openShop(), launchChromium()]);
    Object.assign(here, { shop, browser });
  });
  afterAll(async () => {
    await here.browser?.close();
    here.shop?.close();
  });
  return here as Here<Shop>;
}
