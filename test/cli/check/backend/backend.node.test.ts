import { describe, expect, it, vi } from 'vitest';
import { isSigned, orders, serveShop, startAll, type Shop, type ShopCall } from '../../../serve/support.js';
import { checkShop, checkSpoiltShop, cookie, reportShop } from './support.js';
import { report } from '../support.js';

type Intercept = Shop['intercept'];

const order = orders['A-1001'];
const isOrder = ({ path }: ShopCall) => path === '/order';
/** Answers every call to the order address, whatever its signature. */
const answer = (body: unknown, status = 200): Intercept => {
  return (call) => (isOrder(call) ? Response.json(body, { status }) : undefined);
};
const respond = (test: (call: ShopCall) => boolean, status: number, body: unknown = null): Intercept => {
  return (call) => (test(call) ? Response.json(body, { status }) : undefined);
};
/** Answers the order if the call is signed, and 401 otherwise, as a good shop does. */
const withOrder = (changes: object): Intercept => {
  return (call) =>
    isOrder(call) && isSigned(call) && call.body.order !== 'pay-checkout-check-no-such-order'
      ? Response.json({ ...order, ...changes })
      : undefined;
};
const hasSignature = ({ headers }: ShopCall) => headers.has('Pay-Checkout-Signature');
const secondsOf = ({ headers }: ShopCall) => Number(/^t=(\d+)/.exec(headers.get('Pay-Checkout-Signature') ?? '')?.[1]);

describe('check --backend', () => {
  it('prints one line per finding about a shop that is right', async () => {
    const { code, lines } = await checkShop(await serveShop(), '--order', 'A-1001', '--header', cookie);
    expect(lines).toEqual(
      [
        'backend order: the shop verifies the signature and answers an order.',
        'backend fields: the order has what payme needs.',
        'backend latency: 0 ms.',
        'backend notification: the shop finds the order by its `reference`, without a visitor.',
        'backend forgery: a call unsigned is refused with 401.',
        'backend forgery: a call with a wrong signature is refused with 401.',
        'backend forgery: a call changed after it was signed is refused with 401.',
        'backend forgery: a call signed an hour ago is refused with 401.',
        'backend rotation: the shop accepts a call with two signatures, one of which is right.',
        'backend unknown order: it is refused with 404.',
        'backend other visitor: a visitor without the cookie is refused with 404.',
        'outcome backend forgery: a payment unsigned is refused with 401.',
        'outcome backend forgery: a payment with a wrong signature is refused with 401.',
      ].map((line) => `ok       ${line}`),
    );
    expect(code).toBe(0);
  });

  it('finds nothing wrong with a shop behind `serve`', async () => {
    const { process, shop } = await startAll();
    const args = ['check', `${process.url}/api/pay/token`, '--provider', 'izipay', '--environment', 'sandbox', '--order', 'A-1001'];
    const { code, lines } = await reportShop(shop, [...args, '--header', cookie, '--outcome', `${process.url}/api/pay/outcome`]);
    expect(lines[0]).toBe('ok       ready: the process says that it is ready.');
    expect(lines.filter((line) => !line.startsWith('ok '))).toEqual([]);
    expect(code).toBe(0);
    expect(
      shop
        .outcomes()
        .filter((call) => 'decidedAt' in call && call.outcome === 'paid')
        .map(({ order }) => order),
    ).toEqual(Array(2).fill({ reference: 'pay-checkout-check-no-such-order', amount: 100, currency: 'PEN' }));
  });

  it('sends the calls of `serve`', async () => {
    const shop = await serveShop();
    await checkShop(shop, '--order', 'A-1001', '--header', cookie);
    const [first] = shop.calls;
    expect(first?.body).toEqual({ call: 'order', order: 'A-1001', endpoint: 'token', provider: 'payme', environment: 'sandbox' });
    expect([first?.headers.get('Cookie'), first?.headers.get('Origin')]).toEqual(['visitor=ana', null]);
    const notification = shop.calls.find(({ body }) => body.endpoint === 'notification');
    expect(notification?.body).toEqual({
      call: 'order',
      reference: 'A-1001',
      endpoint: 'notification',
      provider: 'payme',
      environment: 'sandbox',
    });
    expect(notification?.headers.get('Cookie')).toBeNull();
  });

  it('never signs an outcome', async () => {
    const shop = await serveShop();
    await checkShop(shop, '--order', 'A-1001');
    const outcomes = shop.calls.filter(({ path }) => path === '/outcome');
    expect(outcomes.map((call) => [hasSignature(call), isSigned(call)])).toEqual([
      [false, false],
      [true, false],
    ]);
  });

  it('checks the shop even if the endpoint does not answer', async () => {
    const shop = await serveShop();
    const { code, lines } = await reportShop(shop, ['check', 'http://127.0.0.1:2/token', '--order', 'A-1001', '--header', cookie]);
    expect(lines[0]).toMatch(/^ok +backend order:/);
    expect(code).toBe(1);
  });

  it('reports a shop that cannot be reached', async () => {
    const { text } = await report(['check', 'http://127.0.0.1:2/token', '--backend', 'http://127.0.0.1:2/order']);
    expect(text).toContain('wrong    backend reach: the shop could not be reached (ECONNREFUSED).');
  });

  it('gives up after the time that `serve` waits', async () => {
    const shop = await serveShop();
    let asked = () => {};
    const called = new Promise<void>((resolve) => (asked = resolve));
    shop.intercept = () => {
      asked();
      return new Promise(() => {});
    };
    const args = ['check', 'http://127.0.0.1:2/token', '--backend', `${shop.url}/order`];
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const reported = report(args);
    await called;
    await vi.advanceTimersByTimeAsync(5_000);
    expect((await reported).text).toContain('wrong    backend reach: the shop did not answer within 5 s.');
  });
});

describe('check --backend: an answer that is no order', () => {
  it.each<[what: string, status: number, advice: string]>([
    ['a redirect', 302, 'let the address answer without a login and without a redirect'],
    ['a page that does not take POST', 405, 'it should accept POST'],
    ['a check for CSRF', 419, 'exempt the address from CSRF protection, because the signature protects it'],
    ['an order that is not found', 404, 'check the address, and that this order can be paid; the cookie of its visitor goes with --header'],
    ['an error', 500, 'see its log'],
  ])('reports %s', async (_what, status, advice) => {
    const { code, lines } = await checkSpoiltShop((call) => (isOrder(call) ? new Response(null, { status }) : undefined));
    expect(lines[0]).toBe(`wrong    backend order: the status should be 200, but was ${status}: ${advice}.`);
    expect(code).toBe(1);
  });

  it.each([
    [401, 'check that the shop verifies `<t>.<raw body>` with the same secret, and that both clocks agree'],
    [403, 'exempt the address from CSRF protection, because the signature protects it'],
  ])('sends no forged calls after a %i for a right signature', async (status, advice) => {
    const { lines } = await checkSpoiltShop((call) => (isOrder(call) ? new Response(null, { status }) : undefined));
    expect(lines.filter((line) => / backend (?!forgery: a payment)/.test(line))).toEqual([
      `wrong    backend order: the status should be 200, but was ${status}: ${advice}.`,
    ]);
  });

  it('suggests --order without one', async () => {
    const { lines } = await checkShop(await serveShop());
    expect(lines[0]).toMatch(/but was 404: pass an order that can be paid with --order; the cookie of its visitor goes with --header\.$/);
  });

  it('reports a page', async () => {
    const page = () => new Response('<!doctype html>', { headers: { 'Content-Type': 'text/html' } });
    const { lines } = await checkSpoiltShop((call) => (isOrder(call) && isSigned(call) ? page() : undefined));
    expect(lines[0]).toBe('wrong    backend order: the body should be a JSON object, but is another `text/html`.');
  });

  it('warns of a slow shop', async () => {
    const { lines } = await checkSpoiltShop(() => void vi.advanceTimersByTime(1_200));
    expect(lines).toContain('warning  backend latency: should be under 1 s, but was 1200 ms; every token waits this long.');
  });
});

describe('check --backend: the fields of the order', () => {
  it.each<[what: string, changes: object, lines: string[]]>([
    [
      'an amount in soles',
      { amount: 10.5 },
      ['wrong    the order: `amount` should be an integer of minor units, but was a different number.'],
    ],
    [
      'an amount as text',
      { amount: '1050' },
      ['wrong    the order: `amount` should be an integer of minor units, but was a different string.'],
    ],
    [
      'a numeric currency',
      { currency: '604' },
      ['wrong    the order: `currency` should be the three capital letters of ISO 4217, but was a different string.'],
    ],
    [
      'a currency that the provider does not take',
      { currency: 'EUR' },
      ['wrong    the order: `currency` should be one of PEN, USD, CRC, PAB for payme, but was a different string.'],
    ],
    ['no buyer', { buyer: null }, ['wrong    the order: `buyer` should be an object for payme, but was missing.']],
    [
      'fields in the words of the provider',
      { buyer: { first_name: 'Ana', email: 'ana@example.com', address: { postal_code: '15001' } } },
      ['wrong    `order.buyer.first_name` should be `firstName`.', 'wrong    `order.buyer.address.postal_code` should be `postalCode`.'],
    ],
    ['a field that does not exist', { total: 1050 }, ['warning  `order.total` is no field of an order, so it has no effect.']],
    [
      'several mistakes',
      { amount: 0, openedAt: 'yesterday', extra: [] },
      [
        'wrong    the order: `openedAt` should be a date and time in ISO 8601, with its offset or Z, but was a different string.',
        'wrong    the order: `extra` should be record, but was an array.',
      ],
    ],
  ])('report %s', async (_what, changes, expected) => {
    const { code, lines } = await checkSpoiltShop(withOrder(changes));
    const about = lines.filter((line) => line.includes(' backend fields: ')).map((line) => line.replace('backend fields: ', ''));
    expect(about).toEqual(expected);
    expect(code).toBe(expected.some((line) => line.startsWith('wrong')) ? 1 : 0);
  });

  it('may have everything that the documentation lists', async () => {
    const buyer = {
      id: '7',
      phone: '+51 987 654 321',
      document: { country: 'PER', type: 'DNI', number: 12345678 },
      address: { line1: 'Calle 1' },
    };
    const more = {
      settled: null,
      instructions: { cip: '1' },
      openedAt: '2026-05-04T12:00:00-05:00',
      capture: 'later',
      save: true,
      extra: { a: { b: null } },
    };
    const { lines } = await checkSpoiltShop(withOrder({ buyer, ...more }));
    expect(lines).toContain('ok       backend fields: the order has what payme needs.');
  });
});

describe('check --backend: calls to refuse', () => {
  it.each<[what: string, intercept: Intercept, line: string]>([
    [
      'reports a shop that verifies nothing',
      answer(order),
      'wrong    backend forgery: a call unsigned should be refused with 401, but was answered with 200; anyone can send it.',
    ],
    [
      'reports a shop that only wants a signature',
      respond((call) => isOrder(call) && hasSignature(call), 200, order),
      'wrong    backend forgery: a call with a wrong signature should be refused with 401, but was answered with 200; anyone can send it.',
    ],
    [
      'reports a shop that does not verify the body',
      respond(({ body }) => 'changed' in body, 200, order),
      'wrong    backend forgery: a call changed after it was signed should be refused with 401, but was answered with 200; anyone can send it.',
    ],
    [
      'reports a shop that accepts old calls',
      respond((call) => secondsOf(call) < Date.now() / 1000 - 300, 200, order),
      'wrong    backend forgery: a call signed an hour ago should be refused with 401, but was answered with 200; anyone can send it.',
    ],
    [
      'warns of a shop that looks the order up first',
      respond((call) => isOrder(call) && !hasSignature(call), 404),
      'warning  backend forgery: a call unsigned should be refused with 401, but was answered with 404; verify the signature before anything else.',
    ],
    [
      'warns of a shop that reads one signature only',
      respond(({ headers }) => (headers.get('Pay-Checkout-Signature') ?? '').split('v1=').length > 2, 401),
      'warning  backend rotation: a call with two signatures, one of which is right, should be accepted, but was answered with 401; the secret cannot be replaced without an interruption.',
    ],
    [
      'reports an order for every number',
      respond((call) => isOrder(call) && isSigned(call), 200, order),
      'wrong    backend unknown order: it should be refused with 404, but was answered with 200.',
    ],
    [
      'reports a 500 for an unknown order',
      respond(({ body }) => body.order === 'pay-checkout-check-no-such-order', 500),
      'wrong    backend unknown order: it should be refused with 404, but was answered with 500; `serve` then answers 500, which the element retries.',
    ],
    [
      'warns of a 422 for an unknown order',
      respond(({ body }) => body.order === 'pay-checkout-check-no-such-order', 422),
      'warning  backend unknown order: it should be refused with 404, but was answered with 422, which is for orders that exist and cannot be paid.',
    ],
    [
      'warns of an order that any visitor can see',
      withOrder({}),
      'warning  backend other visitor: a visitor without the cookie should be refused with 404, but was answered with 200; check that nobody can guess an order number.',
    ],
    [
      'reports a shop that needs a visitor for a notification',
      respond(({ body }) => body.endpoint === 'notification', 404),
      'wrong    backend notification: for a call by `reference`, the status should be 200, but was 404: look it up by `reference` alone, without a visitor.',
    ],
    [
      'reports another amount for a notification',
      respond(({ body }) => body.endpoint === 'notification', 200, { ...order, amount: 1 }),
      'wrong    backend notification: `amount` should be the same for a call by `reference`, but differs.',
    ],
  ])('%s', async (_what, intercept, line) => {
    const { lines } = await checkSpoiltShop(intercept);
    expect(lines).toContain(line);
  });
});

describe('check --outcome-backend', () => {
  it.each<[status: number, line: string]>([
    [
      204,
      'wrong    outcome backend forgery: a payment unsigned should be refused with 401, but was answered with 204; anyone can mark an order as paid.',
    ],
    [
      404,
      'wrong    outcome backend forgery: a payment unsigned should be refused with 401, but was answered with 404; check the address, and that it accepts POST.',
    ],
    [
      419,
      'wrong    outcome backend forgery: a payment unsigned should be refused with 401, but was answered with 419; exempt the address from CSRF protection, which refuses signed calls, too.',
    ],
    [
      500,
      'warning  outcome backend forgery: a payment unsigned should be refused with 401, but was answered with 500; verify the signature before anything else.',
    ],
    [403, 'ok       outcome backend forgery: a payment unsigned is refused with 403.'],
  ])('reports a %i for an unsigned payment', async (status, line) => {
    const { lines } = await checkSpoiltShop(({ path }) => (path === '/outcome' ? new Response(null, { status }) : undefined));
    expect(lines).toContain(line);
  });
});
