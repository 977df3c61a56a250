import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import { itIf } from '../support/interpreter.js';
import { backendSecret, runShop, type Shop } from './run-shop.js';
import { samples } from './samples.js';
import { Visitor } from './visitor.js';

const seconds = () => Math.floor(Date.now() / 1000);

interface Signing {
  readonly secret?: string;
  readonly at?: number;
  readonly cookies?: string;
  /** Of the process that receives the call. */
  readonly url?: string;
}

describe.each(samples)('samples/$name', (sample) => {
  const itRuns = itIf(sample.isInstalled, sample.needs);
  let shop: Shop;

  beforeAll(async () => {
    if (sample.isInstalled) shop = await runShop(sample, {}, 2);
  });
  afterAll(() => shop?.stop());

  function call(
    name: 'order' | 'outcome',
    body: object,
    { secret = backendSecret, at = seconds(), cookies = '', url = shop.url }: Signing = {},
  ) {
    const text = JSON.stringify({ call: name, ...body });
    const signature = createHmac('sha256', secret).update(`${at}.${text}`).digest('hex');
    const headers = { 'Content-Type': 'application/json', Cookie: cookies, 'Pay-Checkout-Signature': `t=${at},v1=${signature}` };
    return fetch(`${url}/pay/${name}`, { method: 'POST', headers, body: text });
  }

  const token = { endpoint: 'token', provider: 'payme', environment: 'sandbox' };

  /** Reports an outcome of the payment `id` of an order, decided so many seconds after the first. */
  function send(reference: string, outcome: string, id: string | undefined, second: number, more: object = {}, url = shop.url) {
    const payment = { provider: 'payme', environment: 'sandbox', order: reference, ...(id && { id }) };
    const decidedAt = new Date(Date.UTC(2026, 4, 5, 12, 0, second)).toISOString();
    const details = { amount: 1050, currency: 'PEN' };
    const order = { reference, amount: 1050, currency: 'PEN' };
    const body = { outcome, payment, details, order, provider: 'payme', environment: 'sandbox', decidedAt, ...more };
    return call('outcome', body, { url });
  }

  const report = async (...outcome: Parameters<typeof send>) => expect((await send(...outcome)).status).toBe(200);

  async function readOrder(reference: string) {
    const response = await call('order', { reference, endpoint: 'notification', provider: 'payme', environment: 'sandbox' });
    return (await response.json()) as Record<string, unknown>;
  }

  const place = () => new Visitor(shop.url).order('payme');
  const fulfilments = async (reference: string) => (await logged(`Fulfil order ${reference}`)).length;
  let markers = 0;

  /** Returns the lines of the log that contain the text. A marker from each process shows that all earlier lines have arrived. */
  async function logged(text: string): Promise<string[]> {
    for (const url of shop.urls) {
      const marker = `marker-${++markers}`;
      await send('A-0000', 'paid', marker, 0, {}, url);
      await shop.waitForLog(marker);
    }
    const lines = shop.log().split('\n');
    return lines.filter((line) => line.includes(text));
  }

  itRuns('answers the order to its visitor', async () => {
    const visitor = new Visitor(shop.url);
    const reference = await visitor.order('payme');
    const response = await call('order', { order: reference, ...token }, { cookies: visitor.cookies });
    expect(response.status).toBe(200);
    expect(await response.json()).toEqual({
      ...{ reference, amount: 1050, currency: 'PEN', settled: null, instructions: null, openedAt: null },
      buyer: expect.objectContaining({ firstName: 'Lucía', address: expect.objectContaining({ city: 'Lima' }) as unknown }) as unknown,
    });
  });

  itRuns('answers 404 for an unknown order and for the order of another visitor', async () => {
    const visitor = new Visitor(shop.url);
    const reference = await visitor.order('payme');
    const other = new Visitor(shop.url);
    await other.order('payme');
    for (const [order, cookies] of [
      [reference, other.cookies],
      [reference, ''],
      ['A-9999', visitor.cookies],
      [undefined, visitor.cookies],
    ] as const) {
      expect((await call('order', { order, ...token }, { cookies })).status).toBe(404);
      // Only a call without a visitor has a `reference`.
      expect((await call('order', { order, reference, ...token }, { cookies })).status).toBe(404);
    }
    expect((await other.request(`/orders/${reference}`)).status).toBe(404);
    expect((await other.request('/orders/A-9999')).status).toBe(404);
  });

  itRuns('answers an order by its reference to a call without a visitor', async () => {
    const reference = await place();
    expect(await readOrder(reference)).toMatchObject({ reference, amount: 1050 });
    const unknown = { reference: 'A-9999', endpoint: 'notification', provider: 'payme', environment: 'sandbox' };
    expect((await call('order', unknown)).status).toBe(404);
  });

  itRuns('answers 401 to a call that is unsigned, stale or signed with another secret', async () => {
    const reference = await place();
    const body = { reference, endpoint: 'notification', provider: 'payme', environment: 'sandbox' };
    for (const name of ['order', 'outcome'] as const) {
      expect((await call(name, body, { at: seconds() - 400 })).status).toBe(401);
      expect((await call(name, body, { secret: 'sample_secret_of_another_shop_0123456789' })).status).toBe(401);
      const unsigned = await fetch(`${shop.url}/pay/${name}`, { method: 'POST', body: JSON.stringify({ call: name, ...body }) });
      expect(unsigned.status).toBe(401);
    }
  });

  itRuns('fulfils a paid order once, and shows it as paid', async () => {
    const visitor = new Visitor(shop.url);
    const reference = await visitor.order('payme');
    expect(await visitor.page(reference)).toContain(`order="${reference}"`);
    for (const second of [1, 1, 2]) await report(reference, 'paid', 'P-1', second);
    expect(await fulfilments(reference)).toBe(1);
    expect(await readOrder(reference)).toMatchObject({ settled: 'paid' });
    const page = await visitor.page(reference);
    expect(page).toContain('Pagado y confirmado');
    expect(page).not.toContain('<pay-checkout');
  });

  itRuns('fulfils an order once when two processes receive calls at the same moment', async () => {
    const reference = await place();
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, index) => send(reference, 'paid', 'P-1', 1, {}, shop.urls[index % 2])),
    );
    // `serve` repeats a call whose transaction failed.
    expect(answers.map(({ status }) => status)).toContain(200);
    await report(reference, 'paid', 'P-1', 1);
    expect(await fulfilments(reference)).toBe(1);
  });

  itRuns('does not let a late outcome undo a newer one', async () => {
    const visitor = new Visitor(shop.url);
    const reference = await visitor.order('payme');
    await report(reference, 'paid', 'P-1', 1);
    await report(reference, 'declined', 'P-2', 2);
    await report(reference, 'pending', 'P-1', 0);
    expect(await readOrder(reference)).toMatchObject({ settled: 'paid', openedAt: null });
    await report(reference, 'refunded', 'P-1', 9);
    await report(reference, 'paid', 'P-1', 1);
    expect(await readOrder(reference)).toMatchObject({ settled: null, openedAt: expect.stringMatching(/T.*(Z|[+]00:00)$/) as unknown });
    expect(await visitor.page(reference)).toContain('<pay-checkout');
    expect(await fulfilments(reference)).toBe(1);
    await report(reference, 'paid', 'P-3', 10);
    expect(await fulfilments(reference)).toBe(2);
  });

  itRuns('fulfils an order whose paid outcome arrives late', async () => {
    const reference = await place();
    await report(reference, 'pending', 'P-1', 5);
    await report(reference, 'paid', 'P-1', 1);
    expect(await readOrder(reference)).toMatchObject({ settled: 'paid' });
    expect(await fulfilments(reference)).toBe(1);
  });

  itRuns('fulfils nothing for any other outcome', async () => {
    const visitor = new Visitor(shop.url);
    const reference = await visitor.order('payme');
    for (const [index, outcome] of ['declined', 'pending', 'saved', 'refunded', 'reversed', 'forged', 'authorized'].entries()) {
      await report(reference, outcome, `P-${index}`, index);
    }
    await report(reference, 'pending', undefined, 8);
    expect(await fulfilments(reference)).toBe(0);
    expect(await readOrder(reference)).toMatchObject({ settled: 'authorized', openedAt: null });
    expect(await visitor.page(reference)).toContain('<pay-checkout');
  });

  itRuns('alerts the staff about a forged, a second and a mispriced payment', async () => {
    const reference = await place();
    await report(reference, 'forged', 'P-9', 0, { reason: 'order' });
    expect((await logged('not the payment of the order')).join()).toContain('P-9');
    await report(reference, 'pending', 'P-0', 1, { reason: 'price' });
    expect((await logged('Check this payment by hand')).join()).toContain('P-0');
    await report(reference, 'paid', 'P-1', 2);
    await report(reference, 'paid', 'P-2', 3);
    expect((await logged('Refund this second payment')).join()).toContain('P-2');
    await report('A-9999', 'paid', 'P-8', 4);
    expect((await logged('unknown order')).join()).toContain('P-8');
    expect(await fulfilments(reference)).toBe(1);
    expect(await readOrder(reference)).toMatchObject({ settled: 'paid' });
  });

  const pendingDetails = (instructions: object) => ({ details: { amount: 1050, currency: 'PEN', instructions } });

  itRuns('offers no second payment until the instructions of the first one expire', async () => {
    const reference = await place();
    const instructions = { cip: '123', expiresAt: '2090-01-01T00:00:00-05:00' };
    await report(reference, 'pending', 'P-1', 1, pendingDetails(instructions));
    expect(await readOrder(reference)).toMatchObject({ settled: 'pending', instructions });
    const expired = { ...instructions, expiresAt: '2026-01-01T00:00:00-05:00' };
    await report(reference, 'pending', 'P-1', 2, pendingDetails(expired));
    expect(await readOrder(reference)).toMatchObject({ settled: null, instructions: null });
  });

  itRuns('offers no second payment while the first one is pending without instructions or without an expiry', async () => {
    const reference = await place();
    await report(reference, 'pending', 'P-1', 1);
    expect(await readOrder(reference)).toMatchObject({ settled: 'pending', instructions: null });
    await report(reference, 'pending', 'P-1', 2, pendingDetails({ cip: '123' }));
    expect(await readOrder(reference)).toMatchObject({ settled: 'pending', instructions: { cip: '123' } });
    await report(reference, 'declined', 'P-1', 3);
    expect(await readOrder(reference)).toMatchObject({ settled: null, instructions: null });
  });

  itRuns('offers no second payment while the staff must decide about a mispriced or partial one', async () => {
    const reference = await place();
    for (const [second, reason] of ['price', 'partial'].entries()) {
      await report(reference, 'pending', 'P-1', second, { reason });
      expect(await readOrder(reference)).toMatchObject({ settled: 'pending' });
    }
    await report(reference, 'refunded', 'P-1', 9);
    expect(await readOrder(reference)).toMatchObject({ settled: null });
  });

  itRuns('lets the shopper try again after a payment that is pending for another reason', async () => {
    const reference = await place();
    for (const [second, reason] of ['unanswered', 'unknown-state', 'stale', 'not-found', 'referral'].entries()) {
      await report(reference, 'pending', 'P-1', second, { reason });
      expect(await readOrder(reference)).toMatchObject({ settled: null });
    }
  });

  itRuns('shows how to complete a pending payment until its instructions expire', async () => {
    const visitor = new Visitor(shop.url);
    const reference = await visitor.order('payme');
    const instructions = {
      ...{ cip: '<b>12"3', cipUrl: 'https://cip.example.com/?a=1&b="2"', qrImage: 'data:image/png;base64,AAAA' },
      ...{ continueUrl: 'https://continue.example.com/P-1', expiresAt: '2090-01-01T12:30:00Z' },
    };
    await report(reference, 'pending', 'P-1', 1, pendingDetails(instructions));
    const page = await visitor.page(reference);
    expect(page).toMatch(/<strong>&lt;b&gt;12&quot;3<[/]strong>/);
    expect(page).toContain('<a href="https://cip.example.com/?a=1&amp;b=&quot;2&quot;">');
    expect(page).toContain('<img src="data:image/png;base64,AAAA"');
    expect(page).toContain('<a href="https://continue.example.com/P-1">');
    expect(page).toContain('<time datetime="2090-01-01T12:30:00Z">01/01/2090 07:30</time>');
    expect(page).toContain('<pay-checkout');
    await report(reference, 'pending', 'P-1', 2, pendingDetails({ ...instructions, expiresAt: '2026-01-01T00:00:00Z' }));
    expect(await visitor.page(reference)).not.toContain('id="instructions"');
    await report(reference, 'pending', 'P-1', 3, pendingDetails(instructions));
    await report(reference, 'authorized', 'P-2', 4);
    expect(await visitor.page(reference)).not.toContain('id="instructions"');
  });

  itRuns('shows no instruction that is not there, and no address that could run a script', async () => {
    const visitor = new Visitor(shop.url);
    const reference = await visitor.order('payme');
    const script = 'javascript:alert(1)//https://';
    await report(reference, 'pending', 'P-1', 1, pendingDetails({ cipUrl: script, continueUrl: script, qrImage: script }));
    const page = await visitor.page(reference);
    const [section = ''] = /<section id="instructions">.*<[/]section>/s.exec(page) ?? [];
    expect(section).toContain('Completa tu pago');
    expect(section).not.toMatch(/javascript|<a|<img|<time|<strong/);
  });

  itRuns('shows which provider is selected', async () => {
    for (const [query, selected] of [
      ['', 'payme'],
      ['?provider=izipay', 'izipay'],
    ]) {
      const page = await (await fetch(`${shop.url}/${query}`)).text();
      expect(page.match(/<a [^>]*aria-current="page"[^>]*>\w+/g)).toEqual([expect.stringMatching(`>${selected}$`)]);
    }
  });

  itRuns('declares that its pages support dark mode, as the form does', async () => {
    const visitor = new Visitor(shop.url);
    const reference = await visitor.order('payme');
    for (const path of ['/', `/orders/${reference}`]) {
      expect(await (await visitor.request(path)).text()).toContain(':root { color-scheme: light dark; }');
    }
  });

  itRuns('keeps the session from scripts and other sites', async () => {
    const page = await fetch(`${shop.url}/?provider=izipay`);
    const placed = await fetch(`${shop.url}/orders`, {
      method: 'POST',
      body: new URLSearchParams({ provider: 'payme' }),
      redirect: 'manual',
    });
    const cookies = [page, placed].flatMap(({ headers }) => headers.getSetCookie()).filter((cookie) => /^session/.test(cookie));
    for (const cookie of cookies) expect(cookie).toMatch(/^(?=.*; HttpOnly)(?=.*; SameSite=Lax)/i);
    // Without a CSRF token. In plain PHP, SameSite alone keeps the session from such a request.
    expect(placed.status).toBe(sample.refusesWithoutCsrfToken ?? 303);
  });

  itRuns('escapes what the visitor sends', async () => {
    for (const path of ['/?provider=%22%3E%3Cscript%3E', '/orders/%22%3E%3Cscript%3E']) {
      const response = await fetch(shop.url + path);
      expect(response.status).toBe(404);
      expect(await response.text()).not.toContain('"><script>');
    }
  });

  itRuns('writes neither the secret nor personal data to its log', async () => {
    await logged('');
    for (const secret of [backendSecret, 'lucia@example.com', 'Quispe']) expect(shop.log()).not.toContain(secret);
  });
});
