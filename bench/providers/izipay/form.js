let prepared;

/** A form that opens before the library has prepared its frame is lost. The library prepares the frame once per page. */
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
