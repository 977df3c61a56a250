const formClasses = '.kr-embedded, .kr-smart-form';

/** Finds the first form inside an element, or that element itself if it is a smart form. */
export function findForm(place: Element): Element | null {
  return place.matches('.kr-smart-form') ? place : place.querySelector(formClasses);
}

/** Fills a smart form with the markup of a card. Its real markup was not measured. */
export function fillSmartForm(form: Element): void {
  if (!form.matches('.kr-smart-form') || form.querySelector('.kr-pan')) return;
  for (const name of ['kr-pan', 'kr-expiry', 'kr-security-code', 'kr-form-error']) {
    form.append(Object.assign(document.createElement('div'), { className: name }));
  }
  form.append(Object.assign(document.createElement('button'), { className: 'kr-payment-button', type: 'button' }));
}

/** Whether a selector matches inside a shadow root, where the library does not find it (*measured in the 2022 build*). */
export function isInShadowRoot(selector: string, root: ParentNode = document): boolean {
  return [...root.querySelectorAll('*')].some(
    ({ shadowRoot }) => shadowRoot && (shadowRoot.querySelector(selector) !== null || isInShadowRoot(selector, shadowRoot)),
  );
}
