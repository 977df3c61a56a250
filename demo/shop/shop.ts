// The payment needs no script on the page. This one only shows the thanks.
import type {} from '../../src/index.js';

const thanks = document.querySelector<HTMLElement>('.thanks');
const whilePaying = document.querySelectorAll<HTMLElement>('.payment, .hint');

document.addEventListener('pay-succeeded', ({ state }) => {
  if (!thanks || state.outcome !== 'paid') return;
  thanks.hidden = false;
  for (const part of whilePaying) part.hidden = true;
  document.title = `${thanks.dataset.title} · Tostaduría Tres Nevados`;
  thanks.querySelector('h1')?.focus();
});
