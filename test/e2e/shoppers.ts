import type { Locator, Page } from 'playwright-core';
import { providerNames, type ProviderName } from '../../demo/providers.js';
import { izipayCards } from '../../src/testing/izipay/cards.js';
import { paymeCards } from '../../src/testing/payme/cards.js';
import { payrocCards } from '../../src/testing/payroc/cards.js';

export { providerNames };

const mount = '[id^="pay-checkout-"]';

/** What stands on every card beside its number. */
const rest = { 'cc-exp': '12/49', 'cc-csc': '123', 'cc-name': 'Ana Prueba' };

/** What a shopper sees of a provider, and does with its form. */
export interface Shopper {
  readonly cards: { readonly approved: string; readonly declined: string };
  /** What the shop's order costs. */
  readonly total: RegExp;
  /** Where the card number goes. */
  number(this: void, page: Page): Locator;
  /** Types the card number into the form, and no more. */
  begin(this: void, page: Page, number: string): Promise<void>;
  /** Types a card into the form and pays. */
  pay(this: void, page: Page, number: string): Promise<void>;
  /** Closes the form, where it has a way to. */
  readonly cancel?: (page: Page) => Promise<void>;
}

export const shoppers = {
  payme: {
    cards: paymeCards,
    total: /^S\/\s132\.40$/,
    number: (page) => formIn(page).locator('input[autocomplete="cc-number"]'),
    begin: (page, number) => fillIn(formIn(page), { 'cc-number': number }),
    async pay(page, number) {
      await fillIn(formIn(page), { 'cc-number': number, ...rest });
      await formIn(page).locator('[data-action="pay"]').click();
    },
    cancel: (page) => page.getByRole('button', { name: 'Volver al comercio' }).click(),
  },
  izipay: {
    cards: izipayCards,
    total: /^S\/\s132\.40$/,
    number: (page) => izipayFrame(page).locator('input[autocomplete="cc-number"]'),
    begin: (page, number) => fillIn(izipayFrame(page), { 'cc-number': number }),
    async pay(page, number) {
      await fillIn(izipayFrame(page), { 'cc-number': number, ...rest });
      await izipayFrame(page).locator('[data-action="pay"]').click();
    },
    cancel: (page) => izipayFrame(page).locator('[data-action="close"]').click(),
  },
  payroc: {
    cards: payrocCards,
    total: /^USD\s36\.20$/,
    number: (page) => inFrame(page, 'cardNumber').locator('input'),
    begin: (page, number) => typeInFrame(page, 'cardNumber', number),
    async pay(page, number) {
      const texts = { cardNumber: number, cardholderName: 'Ana Prueba', expiryDate: '12/49', cvv: '123' };
      for (const [field, text] of Object.entries(texts)) await typeInFrame(page, field, text);
      await inFrame(page, 'submit').locator('button').click();
    },
  },
} as const satisfies Record<ProviderName, Shopper>;

/** In the element; or outside of the shadow roots that the element is in. */
function formIn(page: Page): Locator {
  return page.locator(mount);
}

function izipayFrame(page: Page) {
  return page.frameLocator(`${mount} iframe`);
}

/** As a shopper does, who clicks into each field. */
async function fillIn(form: Pick<Locator, 'locator'>, texts: Readonly<Record<string, string>>): Promise<void> {
  for (const [autocomplete, text] of Object.entries(texts)) {
    const input = form.locator(`input[autocomplete="${autocomplete}"]`);
    await input.click();
    await input.fill(text);
  }
}

function inFrame(page: Page, field: string) {
  return page.frameLocator(`${mount} iframe[src*="field=${field}"]`);
}

/** Until the library has sent it: whoever presses its button before waits five seconds more. */
async function typeInFrame(page: Page, field: string, text: string): Promise<void> {
  const input = inFrame(page, field).locator('input');
  await input.fill(text);
  await Promise.all([page.waitForResponse(/\/fields$/), input.blur()]);
}
