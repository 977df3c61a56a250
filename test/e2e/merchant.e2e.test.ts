import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { paymeCards } from '../../src/testing/payme/cards.js';
import { inDemo } from './in-demo.js';
import { shoppers } from './shoppers.js';
import { fits, reaches, shows } from './support.js';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

const demo = inDemo();

/** Pays an order in the shop, and opens the merchant's page by its link. */
async function payAndOpen(options = {}): Promise<Page> {
  const { page } = await demo.open(`${demo.url}shop/?lang=en`, options);
  await reaches(page, 'ready');
  await shoppers.payme.pay(page, paymeCards.approved);
  await reaches(page, 'succeeded');
  await page.getByRole('link', { name: 'Payments received' }).click();
  await page.getByRole('heading', { level: 1, name: 'Payments' }).waitFor();
  return page;
}

/** Moves the focus with the Tab key until a control with this name has it. */
async function tabTo(page: Page, name: string): Promise<void> {
  for (let presses = 0; presses < 40; presses += 1) {
    await page.keyboard.press('Tab');
    const focused = await page.evaluate(() => {
      const { activeElement: element } = document;
      return element instanceof HTMLInputElement ? element.name : element?.textContent?.trim();
    });
    if (focused === name) return;
  }
  throw new Error(`The Tab key does not reach ${name}.`);
}

/** Waits until a notice with this text has the focus. */
function noticed(page: Page, text: string): Promise<void> {
  return page.locator('#notice:focus', { hasText: text }).waitFor();
}

async function pressByKeyboard(page: Page, button: string, notice: string): Promise<void> {
  await tabTo(page, button);
  await page.keyboard.press('Enter');
  await noticed(page, notice);
}

describe("the merchant's page", () => {
  it('refunds a payment by keyboard, and shows that it is refunded', async () => {
    const page = await payAndOpen();
    await shows(page, 'Paid');
    await pressByKeyboard(page, 'Settle', 'Done at the provider.');
    await tabTo(page, 'amount');
    await page.keyboard.press('ControlOrMeta+A');
    await page.keyboard.type('32.40');
    await page.keyboard.press('Enter');
    await noticed(page, 'Refund PEN 32.40: requested');
    await pressByKeyboard(page, 'Refund', 'Refund PEN 100.00: requested');
    await pressByKeyboard(page, 'Complete the refunds', 'Done at the provider.');
    await pressByKeyboard(page, 'Check', 'Check: Refunded');
    expect(await page.getByRole('button', { name: 'Refund', exact: true }).count()).toBe(0);
    expect(await page.locator('.refunds li').count()).toBe(2);
  });

  it('explains in a sentence what the payment does not allow', async () => {
    const page = await payAndOpen();
    await pressByKeyboard(page, 'Refund', 'The state of the payment does not allow it now.');
    await page.getByRole('alert').getByText('pay.refund()').waitFor();
  });

  it.each(['light', 'dark'] as const)('fits a narrow screen and is accessible in %s colors', async (colorScheme) => {
    const page = await payAndOpen({ colorScheme, viewport: { width: 360, height: 640 } });
    await pressByKeyboard(page, 'Refund', 'The state of the payment does not allow it now.');
    await fits(page, 360);
    await page.evaluate(axe);
    const { violations } = await page.evaluate(() => (window as unknown as { axe: { run(): Promise<AxeResults> } }).axe.run());
    expect(violations.map(({ id, nodes }) => [id, nodes.map(({ target }) => target)])).toEqual([]);
  });
});
