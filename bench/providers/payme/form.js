// Opens Pay-me's form as its documentation shows. Resolves when the shopper can pay, with a function that ends the form.
async function openForm({ token, config }, container) {
  const form = new FlexPaymentForms({ ...config, nonce: token });
  form.init(
    container,
    () => {},
    () => {},
    () => {},
  );
  while (!container.querySelector('.payment-method-wrapper')) await new Promise(requestAnimationFrame);
  return () => form.terminate();
}
