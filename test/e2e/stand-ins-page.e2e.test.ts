import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { start, type Running } from '../../src/cli/stand-ins/start.js';
import { createStandIns } from '../../src/testing.js';
import { openShop, type Shop } from '../cli/stand-ins/support.js';
import { fits, launchChromium, leave, visit, type ChromiumVisit } from './support.js';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const provider = 'payme';

let browser: Browser;
let running: Running;
let shop: Shop;
let opened: ChromiumVisit;

beforeAll(async () => {
  const standIns = createStandIns();
  const files = { pageScript: '', readElement: () => Promise.resolve('') };
  [browser, running, shop] = await Promise.all([launchChromium(), start({ port: 0, standIns, ...files }), openShop(standIns, provider)]);
});

afterEach(() => leave(opened));

afterAll(async () => {
  shop.close();
  await Promise.all([browser.close(), running.close()]);
});

async function openPage(options: Parameters<typeof visit>[2]): Promise<Page> {
  opened = await visit(browser, `${running.url}/`, options);
  return opened.page;
}

async function findViolations(page: Page): Promise<unknown[]> {
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() => (window as unknown as { axe: { run(): Promise<AxeResults> } }).axe.run());
  return violations.map(({ id, nodes }) => [id, nodes.map(({ target }) => target)]);
}

/** Moves the focus with the Tab key to the button with this text, and presses it. */
async function pressByKeyboard(page: Page, text: string): Promise<void> {
  for (let presses = 0; presses < 20; presses += 1) {
    await page.keyboard.press('Tab');
    if ((await page.evaluate(() => document.activeElement?.textContent?.trim())) === text) return page.keyboard.press('Enter');
  }
  throw new Error(`The Tab key does not reach ${text}.`);
}

describe('the page of payments', () => {
  it.each([
    ['light', 360],
    ['dark', 1280],
  ] as const)('fits and is accessible without a payment, in %s colors and at %d pixels', async (colorScheme, width) => {
    const page = await openPage({ colorScheme, viewport: { width, height: 640 } });
    await page.getByRole('heading', { name: 'There are no payments yet' }).waitFor();
    await fits(page, width);
    expect(await findViolations(page)).toEqual([]);
  });

  it.each([
    ['dark', 360],
    ['light', 1280],
  ] as const)('sends a notification by keyboard, in %s colors and at %d pixels', async (colorScheme, width) => {
    await shop.pay(`A-${width}`);
    const page = await openPage({ colorScheme, viewport: { width, height: 640 } });
    await pressByKeyboard(page, 'Send the notification');
    await page.locator('#notice:focus', { hasText: 'which answered 200.' }).waitFor();
    expect(shop.told.at(-1)?.order.reference).toBe(`A-${width}`);
    await fits(page, width);
    expect(await findViolations(page)).toEqual([]);
  });
});
