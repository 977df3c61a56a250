import { chooseLocale, findLang } from '../messages/locales.js';

const texts: Readonly<Record<string, string>> = {
  es: 'Este navegador es muy antiguo para pagar aquí. Actualízalo o usa otro.',
  en: 'This browser is too old to pay here. Update it, or use another one.',
  pt: 'Este navegador é antigo demais para pagar aqui. Atualize-o ou use outro.',
};

/**
 * Whether the browser has the newest features that the checkout cannot do without: Chrome 100, Firefox 104 and Safari 15.4 brought them. An
 * older one than Chrome 94, Firefox 93 or Safari 16.4 does not even parse this file.
 */
export function isOutdatedBrowser(): boolean {
  return !('throwIfAborted' in AbortSignal.prototype && 'findLast' in Array.prototype);
}

/** Creates what takes the element's place in an outdated browser: a sentence that tells the shopper why nothing can be paid here. */
export function createOutdatedElement(): CustomElementConstructor {
  // eslint-disable-next-line no-console -- the page cannot find out otherwise
  console.warn('pay-checkout: this browser is too old: it lacks AbortSignal.throwIfAborted or Array.findLast.');
  return class extends HTMLElement {
    connectedCallback(): void {
      const locale = chooseLocale([this.getAttribute('locale'), findLang(this)]);
      this.textContent = texts[locale.slice(0, 2).toLowerCase()] ?? '';
    }
  };
}
