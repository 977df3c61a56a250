import type { Page } from 'playwright-core';
import { providerNames, type ProviderName } from '../../demo/providers.js';
import { izipayCards } from '../../src/testing/izipay/cards.js';
import { paymeCards } from '../../src/testing/payme/cards.js';
import { payrocCards } from '../../src/testing/payroc/cards.js';

export { providerNames };

/** What a shopper sees of a provider, and does with its form. */
export interface Shopper {
  readonly cards: { readonly approved: string; readonly declined: string };
  /** What the shop's order costs. */
  readonly total: RegExp;
  /** Types a card into the form and pays. */
  pay(this: void, page: Page, number: string): Promise<void>;
  /** The card number that stands in the form. */
  numberIn(this: void, page: Page): Promise<string>;
  /** Closes the form, where it has a way to. */
  readonly cancel?: (page: Page) => Promise<void>;
}

/** Where the form is: in the element, or outside of the shadow roots that the element is in. */
const mount = '[id^="pay-checkout-"]';

export const shoppers = {
  payme: {
    cards: paymeCards,
    total: /^S\/\s132\.40$/,
    async pay(page, number) {
      const texts = { 'cc-number': number, 'cc-exp': '12/49', 'cc-csc': '123', 'cc-name': 'Ana Prueba' };
      for (const [autocomplete, text] of Object.entries(texts)) await page.fill(`${mount} input[autocomplete="${autocomplete}"]`, text);
      await page.click(`${mount} [data-action="pay"]`);
    },
    numberIn: (page) => page.inputValue(`${mount} input[autocomplete="cc-number"]`),
    cancel: (page) => page.getByRole('button', { name: 'Volver al comercio' }).click(),
  },
  izipay: {
    cards: izipayCards,
    total: /^S\/\s132\.40$/,
    async pay(page, number) {
      const texts = { 'cc-number': number, 'cc-exp': '12/49', 'cc-csc': '123', 'cc-name': 'Ana Prueba' };
      for (const [autocomplete, text] of Object.entries(texts)) {
        await izipayFrame(page).locator(`input[autocomplete="${autocomplete}"]`).fill(text);
      }
      await izipayFrame(page).locator('[data-action="pay"]').click();
    },
    numberIn: (page) => izipayFrame(page).locator('input[autocomplete="cc-number"]').inputValue(),
    cancel: (page) => izipayFrame(page).locator('[data-action="close"]').click(),
  },
  payroc: {
    cards: payrocCards,
    total: /^USD\s36\.20$/,
    async pay(page, number) {
      const texts = { cardNumber: number, cardholderName: 'Ana Prueba', expiryDate: '12/49', cvv: '123' };
      for (const [field, text] of Object.entries(texts)) await typeInFrame(page, field, text);
      await inFrame(page, 'submit').locator('button').click();
    },
    numberIn: (page) => inFrame(page, 'cardNumber').locator('input').inputValue(),
  },
} as const satisfies Record<ProviderName, Shopper>;

function izipayFrame(page: Page) {
  return page.frameLocator(`${mount} iframe`);
}

export function inFrame(page: Page, field: string) {
  return page.frameLocator(`${mount} iframe[src*="field=${field}"]`);
}

/** Until the library has sent it: whoever presses its button before waits five seconds more. */
async function typeInFrame(page: Page, field: string, text: string): Promise<void> {
  const input = inFrame(page, field).locator('input');
  await input.fill(text);
  await Promise.all([page.waitForResponse(/\/fields$/), input.blur()]);
}
