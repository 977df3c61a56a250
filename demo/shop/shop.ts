// The payment needs no script of the page. This one only says thank you.
const thanks = document.querySelector<HTMLElement>('.thanks');
const whilePaying = document.querySelectorAll<HTMLElement>('.payment, .hint');

document.addEventListener('pay-succeeded', () => {
  if (!thanks) return;
  thanks.hidden = false;
  for (const part of whilePaying) part.hidden = true;
  document.title = 'Gracias por tu compra · Tostaduría Tres Nevados';
  thanks.querySelector('h1')?.focus();
});
