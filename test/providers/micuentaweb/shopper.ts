import { micuentawebCards } from '../../../src/testing/micuentaweb/cards.js';
import { click, type } from '../../e2e/engines/place.js';
import type { Tab } from '../../e2e/engines/tab.js';
import { inFrame, inMount, type Shopper } from '../../e2e/shopper.js';

const inField = (field: string) => inFrame('input', `iframe#krfield-${field}`);

export const shopper: Shopper = {
  cards: micuentawebCards,
  number: inField('pan'),
  async pay(page, number) {
    await clearFields(page);
    const texts = { pan: number, expiryDate: '12/49', securityCode: '123' };
    for (const [field, text] of Object.entries(texts)) await type(page, inField(field), text);
    await click(page, inMount('.kr-payment-button:enabled'));
  },
  keepsFormAfterDecline: true,
  renewsOpenForm: true,
  failures: { 'lyra-500': 'endpoint / http' },
};

/** Removes a declined card, which stays in the form. */
function clearFields(page: Tab): Promise<void> {
  return page.evaluate(() => {
    for (const frame of document.querySelectorAll<HTMLIFrameElement>('iframe[id^="krfield-"]')) {
      const input = frame.contentDocument?.querySelector('input');
      if (input) input.value = '';
    }
  });
}
