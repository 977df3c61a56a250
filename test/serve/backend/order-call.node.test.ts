import { describe, expect, it } from 'vitest';
import { createOrderFinder } from '../../../src/serve/backend/find-order.js';
import { startAll, type Running } from '../support.js';

const body = { provider: 'payroc', environment: 'sandbox', order: 'U-1001' };

/** Requests a token, while the shop answers its `order` call so. */
async function request(running: Running, respond?: () => Response, headers: Record<string, string> = {}) {
  if (respond) running.shop.intercept = respond;
  const response = await running.post('/api/pay/token', body, headers);
  const problem = (await response.json()) as { readonly type?: string; readonly detail?: string; readonly shopperMessage?: string };
  const messages = running.log.map(({ message }) => message).filter((message) => message !== undefined);
  return { status: response.status, requestId: response.headers.get('X-Request-Id'), problem, messages };
}

describe('the `order` call for a visitor', () => {
  it('has the documented body, and the headers of the visitor', async () => {
    const running = await startAll({ PAY_FORWARD_HEADERS: 'X-Tenant' });
    const headers = {
      'Accept-Language': 'es-PE',
      'User-Agent': 'a-browser',
      'X-Tenant': 'lima',
      'X-Other': 'not chosen',
      Authorization: 'Bearer not-chosen',
      'X-Forwarded-For': '203.0.113.7',
      traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
    };
    const { status, requestId } = await request(running, undefined, headers);
    expect(status).toBe(200);
    const [call] = running.shop.calls;
    expect(call?.body).toEqual({ call: 'order', ...body, endpoint: 'token' });
    const sent = Object.fromEntries(call!.headers);
    expect(sent).toMatchObject({
      cookie: 'visitor=ana',
      'accept-language': 'es-PE',
      'user-agent': 'a-browser',
      'x-tenant': 'lima',
      'x-forwarded-for': '203.0.113.7',
      'x-request-id': requestId,
      traceparent: headers.traceparent,
    });
    expect(sent).not.toHaveProperty('x-other');
    expect(sent).not.toHaveProperty('authorization');
  });

  it('has the id of the response, whoever made it up', async () => {
    const running = await startAll();
    expect(await request(running, undefined, { 'X-Request-Id': 'from-the-proxy' })).toMatchObject({ requestId: 'from-the-proxy' });
    const { requestId } = await request(running);
    expect(running.shop.calls.map(({ headers }) => headers.get('X-Request-Id'))).toEqual(['from-the-proxy', requestId]);
  });

  it('leaves `order` out if the element has none', async () => {
    const running = await startAll();
    await running.post('/api/pay/token', { provider: 'payroc', environment: 'sandbox' });
    expect(running.shop.calls[0]?.body).toEqual({ call: 'order', endpoint: 'token', provider: 'payroc', environment: 'sandbox' });
  });

  it('is refused to another visitor with 404', async () => {
    const { status, problem } = await request(await startAll(), undefined, { Cookie: 'visitor=eva' });
    expect([status, problem.type]).toEqual([404, 'urn:pay-checkout:problem:refused']);
  });

  it("passes the shop's sentence for the shopper on", async () => {
    const shopperMessage = 'Este pedido ya no existe.';
    const { problem } = await request(await startAll(), () => Response.json({ shopperMessage }, { status: 404 }));
    expect(problem.shopperMessage).toBe(shopperMessage);
  });

  it.each([
    [{ message: 'Sold out.' }, 'Sold out.'],
    [{}, 'The shop does not accept a payment for this order.'],
    [{ message: 7 }, 'The shop does not accept a payment for this order.'],
    [{ message: 'x'.repeat(300) }, 'x'.repeat(200)],
    [null, 'The shop does not accept a payment for this order.'],
  ])('passes the reason of a 422 on: %j', async (answer, detail) => {
    const { status, problem } = await request(await startAll(), () => Response.json(answer, { status: 422 }));
    expect([status, problem.type, problem.detail]).toEqual([422, 'urn:pay-checkout:problem:invalid', detail]);
  });

  const expected = "Expected 200 with the order, 404 for an unknown order or another visitor's, or 422 for one that cannot be paid.";

  it.each([
    [302, 'Let the address answer without a login and without a redirect.'],
    [401, 'Check that the shop verifies the signature with the same secret, and that both clocks agree.'],
    [403, 'Exempt the address from CSRF protection: the signature protects it.'],
    [405, 'Check the address in the configuration.'],
    [419, 'Exempt the address from CSRF protection: the signature protects it.'],
    [500, "Read the log of the shop's backend."],
    [204, "Read the log of the shop's backend."],
  ])('answers %d of the shop with 500, and logs what to do', async (code, advice) => {
    const running = await startAll();
    const { status, problem, messages } = await request(
      running,
      () => new Response(null, { status: code, headers: { Location: '/login' } }),
    );
    expect([status, problem.type]).toEqual([500, 'urn:pay-checkout:problem:internal']);
    expect(messages).toEqual([`The shop's \`order\` call to ${running.shop.url}/order returned ${code}. ${expected} ${advice}`]);
    expect(JSON.stringify(problem)).not.toContain(running.shop.url);
  });

  it.each([
    ['HTML', '<html>a secret</html>'],
    ['an array', '["a secret"]'],
    ['null', 'null'],
    ['JSON that breaks off', '{"reference": "a secret'],
    ['too much', `{"reference": "a secret${' '.repeat(256 * 1024)}"}`],
  ])('answers a 200 with %s with 500, and quotes nothing of it', async (_, text) => {
    const running = await startAll();
    const { status, problem, messages } = await request(running, () => new Response(text));
    expect(status).toBe(500);
    expect(messages).toEqual([
      `The response of the shop's \`order\` call to ${running.shop.url}/order should be a JSON object of at most 256 KiB, but was something else.`,
    ]);
    expect(JSON.stringify([problem, running.log])).not.toContain('a secret');
  });

  it('names the field of an order that is not valid', async () => {
    const { status, problem } = await request(await startAll(), () =>
      Response.json({ reference: 'U-1001', amount: '10.50', currency: 'USD' }),
    );
    expect(status).toBe(500);
    expect(problem.detail).toContain('`amount` should be');
    expect(problem.detail).not.toContain('10.50');
  });
});

describe('a page with 404 as the answer to an `order` call', () => {
  it('is an unknown order, and a reason to check the address', async () => {
    const running = await startAll();
    const respond = () => new Response('<!doctype html><title>Not found</title>', { status: 404 });
    expect((await request(running, respond)).status).toBe(404);
    expect((await request(running, respond)).status).toBe(404);
    const warnings = running.log.filter(({ msg }) => String(msg).includes('check PAY_ORDER_URL'));
    expect(warnings).toHaveLength(1);
  });
});

describe('the `order` call of an outcome request', () => {
  it('continues after the page has left, because the shopper may have paid', async () => {
    const signals: (AbortSignal | undefined)[] = [];
    const { order } = createOrderFinder({
      url: 'https://shop.example.com/order',
      call({ signal }) {
        signals.push(signal);
        return Promise.resolve({ status: 200, json: { reference: 'A-1001' }, isPage: false });
      },
      forwardHeaders: () => new Headers(),
      warn: () => {},
    });
    const query = {
      provider: 'payme',
      environment: 'sandbox',
      request: new Request('https://shop.example.com/'),
      requestId: 'r-1',
    } as const;
    await order({ ...query, endpoint: 'token' });
    await order({ ...query, endpoint: 'outcome' });
    expect(signals).toEqual([expect.any(AbortSignal), undefined]);
  });
});

describe('the `order` call by reference', () => {
  it('has the documented body, and no visitor', async () => {
    const calls: unknown[] = [];
    const { orderByReference } = createOrderFinder({
      url: 'https://shop.example.com/order',
      call(one) {
        calls.push(one);
        return Promise.resolve({ status: 200, json: { reference: 'A-1001' }, isPage: false });
      },
      forwardHeaders: () => new Headers({ Cookie: 'visitor=ana' }),
      warn: () => {},
    });
    const request = new Request('https://shop.example.com/', { headers: { Cookie: 'visitor=ana' } });
    await orderByReference({ reference: 'A-1001', provider: 'payme', environment: 'sandbox', request, requestId: 'r-1' });
    expect(calls).toEqual([
      {
        name: 'order',
        url: 'https://shop.example.com/order',
        body: { call: 'order', reference: 'A-1001', endpoint: 'notification', provider: 'payme', environment: 'sandbox' },
        requestId: 'r-1',
      },
    ]);
  });
});
