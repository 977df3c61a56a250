/** A visitor of a shop, with the cookies of one browser. */
export class Visitor {
  readonly #cookies = new Map<string, string>();

  constructor(readonly shop: string) {}

  /** The value of the header `Cookie`. */
  get cookies(): string {
    return [...this.#cookies].map((pair) => pair.join('=')).join('; ');
  }

  /** Places an order with the form of the shop's page, and returns its reference. */
  async order(provider: string): Promise<string> {
    const page = await (await this.request(`/?provider=${provider}`)).text();
    const [, name = '', token = ''] = /<input type="hidden" name="(\w+)" value="(\w+)"/.exec(page) ?? [];
    const body = new URLSearchParams({ provider, ...(name && { [name]: token }) });
    const response = await this.request('/orders', { method: 'POST', body });
    const [, reference] = /\/orders\/([\w-]+)$/.exec(response.headers.get('Location') ?? '') ?? [];
    if (!reference) throw new Error(`The shop answered ${response.status} to an order.`);
    return reference;
  }

  /** Returns the order's page. */
  async page(reference: string): Promise<string> {
    return (await this.request(`/orders/${reference}`)).text();
  }

  async request(path: string, init?: RequestInit): Promise<Response> {
    const response = await fetch(this.shop + path, { redirect: 'manual', ...init, headers: { Cookie: this.cookies } });
    for (const cookie of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
      this.#cookies.set(name, value);
    }
    return response;
  }
}
