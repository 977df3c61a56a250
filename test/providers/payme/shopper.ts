import { paymeCards } from '../../../src/testing/payme/cards.js';
import { click } from '../../e2e/engines/place.js';
import { cardInput, inMount, payWithInputs, type Shopper } from '../../e2e/shopper.js';

export const shopper: Shopper = {
  cards: paymeCards,
  number: inMount(cardInput('cc-number')),
  pay: (page, number) => payWithInputs(page, inMount, number),
  cancel: (page) => click(page, inMount('[aria-label="Volver al comercio"]')),
};
