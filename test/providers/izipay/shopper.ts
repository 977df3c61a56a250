import { izipayCards } from '../../../src/testing/izipay/cards.js';
import { click } from '../../e2e/engines/place.js';
import { cardInput, inFrame, payWithInputs, type Shopper } from '../../e2e/shopper.js';

export const shopper: Shopper = {
  cards: izipayCards,
  number: inFrame(cardInput('cc-number')),
  pay: (page, number) => payWithInputs(page, inFrame, number),
  cancel: (page) => click(page, inFrame('[data-action="close"]')),
  failures: { refused: 'endpoint / http' },
};
