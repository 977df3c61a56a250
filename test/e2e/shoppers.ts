import { providerNames, type ProviderName } from '../../demo/providers/index.js';
import { izipayCards } from '../../src/testing/izipay/cards.js';
import { paymeCards } from '../../src/testing/payme/cards.js';
import { payrocCards } from '../../src/testing/payroc/cards.js';
import { click, type, type Place } from './engines/place.js';
import type { Tab } from './engines/tab.js';
import { poll } from './engines/until.js';

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
  readonly number: Place;
  /** Types a card into the form and pays. */
  pay(this: void, page: Tab, number: string): Promise<void>;
  /** Closes the form, where it has a way to. */
  readonly cancel?: (page: Tab) => Promise<void>;
}

/** In the element; or outside of the shadow roots that the element is in. */
const inMount = (selector: string): Place => ({ selector: `${mount} ${selector}` });
const inIzipay = (selector: string): Place => ({ frame: `${mount} iframe`, selector });
const inPayroc = (field: string, selector: string): Place => ({ frame: `${mount} iframe[src*="field=${field}"]`, selector });

export const shoppers = {
  payme: {
    cards: paymeCards,
    total: /^S\/\s132\.40$/,
    number: inMount(input('cc-number')),
    async pay(page, number) {
      await fillIn(page, inMount, number);
      await click(page, inMount('[data-action="pay"]'));
    },
    cancel: (page) => click(page, inMount('[aria-label="Volver al comercio"]')),
  },
  izipay: {
    cards: izipayCards,
    total: /^S\/\s132\.40$/,
    number: inIzipay(input('cc-number')),
    async pay(page, number) {
      await fillIn(page, inIzipay, number);
      await click(page, inIzipay('[data-action="pay"]'));
    },
    cancel: (page) => click(page, inIzipay('[data-action="close"]')),
  },
  payroc: {
    cards: payrocCards,
    total: /^USD\s36\.20$/,
    number: inPayroc('cardNumber', 'input'),
    async pay(page, number) {
      const texts = { cardNumber: number, cardholderName: 'Ana Prueba', expiryDate: '12/49', cvv: '123' };
      for (const [field, text] of Object.entries(texts)) await typeAndSend(page, inPayroc(field, 'input'), text);
      await click(page, inPayroc('submit', 'button'));
    },
  },
} as const satisfies Record<ProviderName, Shopper>;

function input(autocomplete: string): string {
  return `input[autocomplete="${autocomplete}"]`;
}

async function fillIn(page: Tab, place: (selector: string) => Place, number: string): Promise<void> {
  for (const [autocomplete, text] of Object.entries({ 'cc-number': number, ...rest })) await type(page, place(input(autocomplete)), text);
}

/** Until the library has sent it: whoever presses its button before waits five seconds more. */
async function typeAndSend(page: Tab, place: Place, text: string): Promise<void> {
  const before = await sent(page);
  await type(page, place, text);
  await page.keyboard.press('Tab');
  await poll(`an answer to ${JSON.stringify(place)}`, async () => (await sent(page)) > before);
}

/** How many fields have been sent since the first time that this was asked. */
function sent(page: Tab): Promise<number> {
  return page.evaluate(() => {
    const counter = window as { sent?: number };
    if (counter.sent === undefined) {
      counter.sent = 0;
      // Goes on where a test has put a clock of its own in the place of `performance`.
      new PerformanceObserver((list) => {
        counter.sent! += list.getEntries().filter(({ name }) => name.endsWith('/fields')).length;
      }).observe({ type: 'resource' });
    }
    return counter.sent;
  });
}
