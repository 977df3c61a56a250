import { payrocCards } from '../../../src/testing/payroc/cards.js';
import { click, type, type Place } from '../../e2e/engines/place.js';
import type { Tab } from '../../e2e/engines/tab.js';
import { poll } from '../../e2e/engines/until.js';
import { inFrame, type Shopper } from '../../e2e/shopper.js';

const inField = (field: string, selector: string) => inFrame(selector, `iframe[src*="field=${field}"]`);

export const shopper: Shopper = {
  cards: payrocCards,
  number: inField('cardNumber', 'input'),
  async pay(page, number) {
    const texts = { cardNumber: number, cardholderName: 'Ana Prueba', expiryDate: '12/49', cvv: '123' };
    for (const [field, text] of Object.entries(texts)) await typeAndSend(page, inField(field, 'input'), text);
    await click(page, inField('submit', 'button'));
  },
  failures: { 'old-library': 'endpoint / http', 'dead-session': 'provider / session' },
};

/** Types, and waits until the library has sent the field: if its button is pressed before that, it takes five seconds more. */
async function typeAndSend(page: Tab, place: Place, text: string): Promise<void> {
  const before = await countSentFields(page);
  await type(page, place, text);
  await page.keyboard.press('Tab');
  await poll(`an answer to ${JSON.stringify(place)}`, async () => (await countSentFields(page)) > before);
}

/** How many fields have been sent since the first call. */
function countSentFields(page: Tab): Promise<number> {
  return page.evaluate(() => {
    const counter = window as { sent?: number };
    if (counter.sent === undefined) {
      counter.sent = 0;
      // Unlike `performance.getEntries()`, an observer works where a test has replaced `performance` by its own clock.
      new PerformanceObserver((list) => {
        counter.sent! += list.getEntries().filter(({ name }) => name.endsWith('/fields')).length;
      }).observe({ type: 'resource' });
    }
    return counter.sent;
  });
}
