// Opens Izipay's form as its documentation has it. Resolves when the shopper can pay.
async function openForm({ token, config: { keyRSA, ...config } }, container) {
  // What is opened before the library has prepared its frame is lost.
  while (!document.getElementById('izipay-checkout-web')) await new Promise(requestAnimationFrame);
  const render = { typeForm: 'embedded', container: `#${container.id}` };
  const checkout = new Izipay({ config: { ...config, render, language: { init: 'ESP' } } });
  checkout.LoadForm({ authorization: token, keyRSA, callbackResponse() {} });
  await new Promise((resolve) => checkout.onReady(resolve));
}
