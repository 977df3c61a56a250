import { readFile } from 'node:fs/promises';
import { html, raw } from 'hono/html';
import { toText } from './markup.js';
import { money } from './money.js';
import { priceOf, type Line, type ShopOrder } from './orders.js';
import { providerNames, providers, type ProviderName } from './providers/index.js';
import { languages, translate, type Language } from './shop/texts.js';

export const shops = ['shop', 'react', 'vue'] as const;

export type Shop = (typeof shops)[number];

/** What the visitor chose by the address of the page. */
interface Choice {
  readonly provider: ProviderName;
  readonly language: Language;
  /** The number of an order that is shown again. */
  readonly order?: string;
  /** `later` for a new order whose amount is only held. */
  readonly capture?: ShopOrder['capture'];
}

/** Returns the page of a shop, plain or with a framework, with this visitor's order in it. */
export async function shopPage(folder: Shop, order: ShopOrder, choice: Choice): Promise<string> {
  const page = await readFile(new URL(`./${folder}/index.html`, import.meta.url), 'utf8');
  const { provider, language } = choice;
  const { capture } = order;
  const parts: Record<string, string> = {
    ...{ provider, language },
    lead: translate(providers[provider].lead, language),
    lines: order.lines.map((line) => lineOf(line, choice)).join('\n'),
    total: priceIn(order, choice),
    number: order.number,
    email: order.buyer.email,
    name: order.buyer.firstName,
    address: `${order.buyer.address.line1}, ${order.buyer.address.city}`,
    again: linkTo({ provider, language, capture }),
    switch: providerNames.map((name) => linkIn(providers[name].title, { provider: name, language, capture }, name === provider)).join('\n'),
    languages: linksToLanguages({ ...choice, order: order.number }),
  };
  const translated = page.replace(/\[\[(.+?)\]\]/g, (_, spanish: string) => translate(spanish, language));
  return translated.replace(/\{\{(\w+)\}\}/g, (_, name: string) => parts[name] ?? '');
}

export function playgroundPage(): Promise<string> {
  return readFile(new URL('../index.html', import.meta.url), 'utf8');
}

function priceIn(order: Pick<ShopOrder, 'lines'>, { provider, language }: Choice): string {
  const { amount, currency } = priceOf(order, providers[provider].currency);
  return money(amount, currency, language);
}

function lineOf(line: Line, choice: Choice): string {
  const { quantity } = line;
  const [name, detail] = [line.name, line.detail].map((spanish) => translate(spanish, choice.language));
  const times = quantity > 1 ? html`<span class="times">× ${quantity}</span>` : '';
  return toText(
    html`<li>
      <div>
        <strong>${name}</strong> ${times}
        <p>${detail}</p>
      </div>
      <span class="price">${priceIn({ lines: [line] }, choice)}</span>
    </li>`,
  );
}

/** Each link shows the same order again. */
function linksToLanguages(choice: Choice): string {
  const names = Object.entries(languages) as [Language, string][];
  return names.map(([language, name]) => linkIn(name, { ...choice, language }, language === choice.language, language)).join('\n');
}

function linkIn(name: string, choice: Choice, isCurrent: boolean, language?: Language): string {
  const current = isCurrent ? raw('aria-current="true"') : '';
  const lang = language ? raw(`lang="${language}" hreflang="${language}"`) : '';
  return toText(html`<a href="${linkTo(choice)}" ${lang} ${current}>${name}</a>`);
}

/** Leaves out what is the default. */
function linkTo({ provider, language, order, capture }: Choice): string {
  const query = new URLSearchParams({
    ...(provider !== 'payme' && { provider }),
    ...(language !== 'es-PE' && { lang: language }),
    ...(order !== undefined && { order }),
    ...(order === undefined && capture && { capture }),
  });
  return query.size > 0 ? `/shop/?${query}` : '/shop/';
}

/**
 * Adds the script that replaces the providers by their stand-ins before the rest of the page runs. The rest is a merchant's page.
 */
export function withStandIns(page: string): string {
  return page.replace('<head>', '<head>\n    <script type="module" src="/demo/use-stand-ins.ts"></script>');
}
