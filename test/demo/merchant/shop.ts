import { createBackend } from '../../../demo/backend.js';
import { serveMerchant } from '../../../demo/merchant/routes.js';
import { placeOrder, type ShopOrder } from '../../../demo/orders.js';
import type { ProviderName } from '../../../demo/providers/index.js';

const origin = 'http://127.0.0.1:5173';

/** Starts the shop's backend with its merchant's page, without a server. */
export function openShop() {
  const backend = createBackend({ library: () => Promise.resolve('') });
  serveMerchant(backend);
  return { ...backend, enter: (visitor: string = crypto.randomUUID()) => new Visitor(backend, visitor) };
}

type Backend = ReturnType<typeof createBackend>;

/** One browser, by its cookie. */
class Visitor {
  readonly #backend: Backend;
  readonly #name: string;

  constructor(backend: Backend, name: string) {
    this.#backend = backend;
    this.#name = name;
  }

  /** Pays a new order with a card of the stand-in. Returns its number. */
  async pay(provider: ProviderName, card: string, options?: Pick<ShopOrder, 'capture'>): Promise<string> {
    const { number } = placeOrder(this.#name, options);
    const body = { provider, environment: 'sandbox', order: number };
    const answer = await this.#postJson('/api/pay/token', body);
    const result = await this.#backend.standIns.pay({ provider, answer, card });
    await this.#postJson('/api/pay/outcome', { ...body, attempt: 1, result });
    return number;
  }

  /** Opens the form of a new order, and leaves. */
  async look(provider: ProviderName): Promise<void> {
    await this.#postJson('/api/pay/token', { provider, environment: 'sandbox', order: placeOrder(this.#name).number });
  }

  async read(language = 'en'): Promise<string> {
    const response = await this.request(`/merchant/?lang=${language}`);
    return response.text();
  }

  /** Presses a button of the stand-in's box. */
  play(button: string): Promise<string> {
    return this.press(button, {}, 'control');
  }

  /** Presses a button of the only payment, with the fields of its form. */
  async press(button: string, fields: Record<string, string> = {}, name = 'action'): Promise<string> {
    const form = formOf(await this.read(), button, name);
    const response = await this.submit({ ...form, ...fields });
    if (response.status !== 303) throw new Error(`The page answered with ${response.status}.`);
    return this.read();
  }

  /** Submits a form with the page's own headers, or with others. */
  submit(fields: Record<string, string>, headers: Record<string, string> = { Origin: origin }): Promise<Response> {
    return this.request('/merchant/?lang=en', { method: 'POST', body: new URLSearchParams(fields), headers });
  }

  async request(path: string, init: RequestInit = {}): Promise<Response> {
    const headers = { Cookie: `visitor=${this.#name}`, ...(init.headers as object) };
    return this.#backend.app.request(`${origin}${path}`, { ...init, headers });
  }

  async #postJson(path: string, body: object): Promise<unknown> {
    const headers = { 'Content-Type': 'application/json' };
    const response = await this.request(path, { method: 'POST', headers, body: JSON.stringify(body) });
    return response.json();
  }
}

/** Returns the fields of the form that has the button, and the button's own. */
export function formOf(page: string, button: string, name = 'action'): Record<string, string> {
  const forms = page.match(/<form.*?<\/form>/gs) ?? [];
  const form = forms.find((text) => text.includes(`<button name="${name}" value="${button}"`));
  if (!form) throw new Error(`The page has no button ${button}.`);
  const fields = [...form.matchAll(/<input[^>]*? name="(\w+)"[^>]*? value="([^"]*)"/gs)].map(([, field = '', value = '']) => [
    field,
    value,
  ]);
  return { ...(Object.fromEntries(fields) as Record<string, string>), [name]: button };
}

/** Returns the buttons of a page, by the values that they send. */
export function buttonsOf(page: string): string[] {
  return [...page.matchAll(/<button name="action" value="(\w+)"/g)].map(([, value = '']) => value);
}

/** Returns what the notice of a page says, as text. */
export function noticeOf(page: string): string | undefined {
  const [, tag = '', text] = /<(\w+) id="notice"[^>]*>(.*?)<\/\1>\s*(?=<dl>)/s.exec(page) ?? [];
  return tag
    ? text
        ?.replaceAll(/<[^>]+>/g, ' ')
        .replaceAll(/\s+/g, ' ')
        .trim()
    : undefined;
}
