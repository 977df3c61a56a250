const parts = `<div class="kr-embedded">
  <div class="kr-pan"></div>
  <div class="kr-expiry"></div>
  <div class="kr-security-code"></div>
  <button type="button" class="kr-payment-button"></button>
  <div class="kr-form-error"></div>
</div>`;

// Opens Lyra's form as its documentation shows. Resolves when the shopper can pay, with a function that ends the form.
async function openForm({ token, config: { publicKey } }, container) {
  container.innerHTML = parts;
  await KR.setFormConfig({ formToken: token, publicKey, 'kr-language': 'es-ES', 'kr-hide-debug-toolbar': true });
  const ready = new Promise((resolve) => KR.onFormReady(() => resolve()));
  await KR.attachForm(`#${container.id}`);
  await ready;
  return () => KR.removeForms();
}
