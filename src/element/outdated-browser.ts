import { chooseLocale, findLang, selectTexts } from '../messages/locales.js';

/**
 * Whether the browser has the newest features that the checkout cannot do without: Chrome 100, Firefox 104 and Safari 15.4 brought them. An
 * older one than Chrome 94, Firefox 93 or Safari 16.4 does not even parse this file.
 */
export function isOutdatedBrowser(): boolean {
  return !('throwIfAborted' in AbortSignal.prototype && 'findLast' in Array.prototype);
}

/** Creates what takes the element's place in an outdated browser: a sentence that tells the shopper that nothing can be paid here. */
export function createOutdatedElement(): CustomElementConstructor {
  // eslint-disable-next-line no-console -- the page cannot find out otherwise
  console.warn('pay-checkout: this browser is too old.');
  return class extends HTMLElement {
    connectedCallback(): void {
      this.textContent = selectTexts(chooseLocale([this.getAttribute('locale'), findLang(this)]), {}).misconfigured;
    }
  };
}
