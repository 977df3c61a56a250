import type {} from '../src/index.js';
import type { Card, DemoProvider } from './providers/provider.js';
import { chooseLanguage, translate } from './shop/texts.js';

/** Shows the parts of a page that are for stand-ins only, and fills the lists of cards: the cards that a list names, or all. */
export function showTestCards(provider: DemoProvider): void {
  for (const part of document.querySelectorAll<HTMLElement>('[data-stand-in]')) part.hidden = false;
  for (const list of document.querySelectorAll<HTMLElement>('[data-test-cards]')) {
    const wanted = list.dataset.testCards?.split(' ').filter(Boolean) ?? [];
    const cards = Object.entries(provider.cards).filter(([name]) => wanted.length === 0 || wanted.includes(name));
    list.replaceChildren(...cards.map(([, card]) => row(provider, card)));
  }
}

function row({ fillIn }: DemoProvider, { number, es, en }: Card): HTMLElement {
  const { lang } = document.documentElement;
  const item = document.createElement('li');
  const button = document.createElement('button');
  const code = document.createElement('code');
  code.textContent = number;
  button.type = 'button';
  button.append(code, lang.startsWith('en') ? en : translate(es, chooseLanguage(lang)));
  button.addEventListener('click', () => {
    const checkout = document.querySelector('pay-checkout');
    // In other states, the form may be incomplete or closed.
    if (checkout?.status === 'ready') fillIn(checkout, number);
  });
  item.append(button);
  return item;
}
