let prepared;

/** The library loses a form that opens before it has prepared its frame, which happens once in a page. */
async function waitForFrame() {
  while (!document.getElementById('izipay-checkout-web')) await new Promise(requestAnimationFrame);
}

// Opens Izipay's form as its documentation shows. Resolves when the shopper can pay, with a function that ends the form.
async function openForm({ token, config: { keyRSA, ...config } }, container) {
  await (prepared ??= waitForFrame());
  const render = { typeForm: 'embedded', container: `#${container.id}` };
  const checkout = new Izipay({ config: { ...config, render, language: { init: 'ESP' } } });
  checkout.LoadForm({ authorization: token, keyRSA, callbackResponse() {} });
  await new Promise((resolve) => checkout.onReady(resolve));
  return () => {};
}
