// The payment needs no script on the page. This one only shows the thanks.
const thanks = document.querySelector<HTMLElement>('.thanks');
const whilePaying = document.querySelectorAll<HTMLElement>('.payment, .hint');

document.addEventListener('pay-succeeded', () => {
  if (!thanks) return;
  thanks.hidden = false;
  for (const part of whilePaying) part.hidden = true;
  document.title = 'Gracias por tu compra · Tostaduría Tres Nevados';
  thanks.querySelector('h1')?.focus();
});
