import { readFile } from 'node:fs/promises';
import { html, raw } from 'hono/html';
import { priceOf, type Line, type ShopOrder } from './orders.js';
import { providerNames, providers, type ProviderName } from './providers/index.js';

export const shops = ['shop', 'react', 'vue'] as const;

export type Shop = (typeof shops)[number];

/** Formats an amount for the shop's page. */
export function money(amount: number, currency: string): string {
  return new Intl.NumberFormat('es-PE', { style: 'currency', currency }).format(amount / 100);
}

/** Returns the page of a shop, plain or with a framework, with this visitor's order in it. */
export async function shopPage(folder: Shop, order: ShopOrder, provider: ProviderName): Promise<string> {
  const page = await readFile(new URL(`./${folder}/index.html`, import.meta.url), 'utf8');
  const parts: Record<string, string> = {
    provider,
    lead: providers[provider].lead,
    lines: order.lines.map((line) => lineOf(line, provider)).join('\n'),
    total: priceIn(order, provider),
    number: order.number,
    email: order.buyer.email,
    name: order.buyer.firstName,
    address: `${order.buyer.address.line1}, ${order.buyer.address.city}`,
    again: linkTo(provider),
    switch: providerNames.map((name) => choiceOf(name, name === provider)).join('\n'),
  };
  return page.replace(/\{\{(\w+)\}\}/g, (_, name: string) => parts[name] ?? '');
}

export function playgroundPage(): Promise<string> {
  return readFile(new URL('../index.html', import.meta.url), 'utf8');
}

function priceIn(order: Pick<ShopOrder, 'lines'>, provider: ProviderName): string {
  const { amount, currency } = priceOf(order, providers[provider].currency);
  return money(amount, currency);
}

function lineOf(line: Line, provider: ProviderName): string {
  const { name, detail, quantity } = line;
  const times = quantity > 1 ? html`<span class="times">× ${quantity}</span>` : '';
  return text(
    html`<li>
      <div>
        <strong>${name}</strong> ${times}
        <p>${detail}</p>
      </div>
      <span class="price">${priceIn({ lines: [line] }, provider)}</span>
    </li>`,
  );
}

function choiceOf(name: ProviderName, isChosen: boolean): string {
  const current = isChosen ? raw('aria-current="true"') : '';
  return text(html`<a href="${linkTo(name)}" ${current}>${providers[name].title}</a>`);
}

function linkTo(provider: ProviderName): string {
  return provider === 'payme' ? '/shop/' : `/shop/?provider=${provider}`;
}

/** Our templates contain no promises. */
function text(markup: ReturnType<typeof html>): string {
  if (markup instanceof Promise) throw new TypeError('A template holds a promise.');
  return String(markup);
}

/**
 * Adds the script that replaces the providers by their stand-ins before the rest of the page runs. The rest is a merchant's page.
 */
export function withStandIns(page: string): string {
  return page.replace('<head>', '<head>\n    <script type="module" src="/demo/use-stand-ins.ts"></script>');
}
