// Opens Payroc's fields as its documentation shows. Resolves when the shopper can pay, with a function that ends them.
async function openForm({ token, config: { mode } }, container) {
  const names = ['cardNumber', 'cardholderName', 'expiryDate', 'cvv', 'submit'];
  const idOf = (name) => `${container.id}-${name}`;
  for (const name of names) container.append(Object.assign(document.createElement('div'), { id: idOf(name) }));
  const card = Object.fromEntries(names.map((name) => [name, { target: `#${idOf(name)}` }]));
  card.cvv.wrapperTarget = false;
  const form = new Payroc.hostedFields({ sessionToken: token, mode, fields: { card } });
  form.on('error', () => {});
  form.initialize();
  const frames = () => [...container.querySelectorAll('iframe')];
  const isShown = () => frames().length === names.length && frames().every(({ style }) => style.opacity === '1');
  while (!isShown()) await new Promise(requestAnimationFrame);
  return () => form.destroy();
}
