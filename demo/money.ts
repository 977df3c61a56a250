import type { Language } from './shop/texts.js';

/** Formats an amount in minor units for a page of the shop. */
export function money(amount: number, currency: string, language: Language): string {
  return new Intl.NumberFormat(language, { style: 'currency', currency }).format(amount / 100);
}
