import { readFile } from 'node:fs/promises';
import { html, raw } from 'hono/html';
import { toText } from '../markup.js';
import { languages, type Language } from '../shop/texts.js';
import { paymentCard, type CardOptions } from './payment-card.js';
import type { ShopPayment } from '../payments.js';
import { translateForMerchant } from './texts.js';

/** A payment with all that its card shows. */
export type ListedPayment = CardOptions & { readonly found: ShopPayment };

/** Returns the merchant's page with these payments. */
export async function merchantPage(payments: readonly ListedPayment[], language: Language): Promise<string> {
  const page = await readFile(new URL('./index.html', import.meta.url), 'utf8');
  const parts: Record<string, string> = { language, languages: linksToLanguages(language), payments: listPayments(payments, language) };
  const translated = page.replace(/\[\[(.+?)\]\]/g, (_, spanish: string) => translateForMerchant(spanish, language));
  return translated.replace(/\{\{(\w+)\}\}/g, (_, name: string) => parts[name] ?? '');
}

/** Payments without an outcome are mostly forms that a shopper only looked at, so they come last, and folded. */
function listPayments(payments: readonly ListedPayment[], language: Language): string {
  const t = (spanish: string) => translateForMerchant(spanish, language);
  const list = (some: readonly ListedPayment[]) => raw(some.map(({ found, ...options }) => paymentCard(found, options)).join('\n'));
  const made = payments.filter(({ found }) => found.outcome);
  const unused = payments.filter(({ found }) => !found.outcome);
  const isOpen = unused.some(({ notice }) => notice) ? raw('open') : '';
  return toText(html`
    ${made.length > 0 ? html`<div class="payments">${list(made)}</div>` : html`<p class="none">${t('Todavía no hay pagos.')}</p>`}
    ${
      unused.length > 0
        ? html`<details ${isOpen}>
            <summary>${t('Formularios sin resultado')} (${unused.length})</summary>
            <div class="payments">${list(unused)}</div>
          </details>`
        : ''
    }
  `);
}

function linksToLanguages(current: Language): string {
  const names = Object.entries(languages) as [Language, string][];
  const links = names.map(([language, name]) => {
    const isCurrent = language === current ? raw('aria-current="true"') : '';
    return html`<a href="/merchant/?lang=${language}" lang="${language}" hreflang="${language}" ${isCurrent}>${name}</a>`;
  });
  return links.map(toText).join('\n');
}
