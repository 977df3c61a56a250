// Opens Pay-me's form as its documentation has it. Resolves when the shopper can pay.
async function openForm({ token, config }, container) {
  new FlexPaymentForms({ ...config, nonce: token }).init(
    container,
    () => {},
    () => {},
    () => {},
  );
  while (!container.querySelector('.payment-method-wrapper')) await new Promise(requestAnimationFrame);
}
