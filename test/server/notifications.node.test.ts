import { describe, expect, it, vi } from 'vitest';
import {
  createPayEndpoints,
  izipay,
  OrderRefused,
  payroc,
  Problem,
  type Order,
  type PayEndpoints,
  type PayEndpointsOptions,
  type ReportedPayment,
  type ServerProvider,
  type PaymentOutcome,
  type VerifiedOutcome,
} from '../../src/server.js';
import { buildCallbackUrl } from '../../src/server/callback-url.js';
import { order, waitUntil } from './fake-payme.js';
import { createCallbackRequest, readRedirect } from './callbacks.js';

/** Creates endpoints for a provider that trusts every message, to test what the endpoints themselves do. */
function createEndpoints(options: Partial<PayEndpointsOptions> = {}, changed: Partial<ServerProvider> = {}) {
  const receive = vi.fn<NonNullable<ServerProvider['receive']>>(({ message: { content, reference = 'A-1001' } }) =>
    Promise.resolve<ReportedPayment>({ reference, result: { provider: 'other', raw: content } }),
  );
  const verify = vi.fn<ServerProvider['verify']>(() => Promise.resolve<VerifiedOutcome>({ outcome: 'paid', reference: 'own-1' }));
  const other: ServerProvider = {
    name: 'other',
    environments: ['sandbox'],
    createToken: () => Promise.reject(new Error('unexpected token request')),
    verify,
    receive,
    ...changed,
  };
  const [orderByReference, onOutcome, onError] = [
    vi.fn<(query: object) => Order>(() => order),
    vi.fn<(payment: PaymentOutcome) => void>(),
    vi.fn<(error: unknown) => void>(),
  ];
  const refuse = () => Promise.reject(new Error('unexpected call of `order`'));
  const all = { environment: 'sandbox', order: refuse, orderByReference, onOutcome, onError, ...options } as const;
  const { notifications, returns } = createPayEndpoints({ ...all, providers: { other } });
  return { notify: notifications.other, comeBack: returns.other, receive, verify, orderByReference, onOutcome, onError };
}

const form = { 'Content-Type': 'application/x-www-form-urlencoded' };

describe('pay.notifications', () => {
  it('responds with 200 once the merchant has been notified', async () => {
    const { notify, onOutcome, orderByReference } = createEndpoints();
    const response = await notify(createCallbackRequest('{"code":"00"}'));
    expect([response.status, response.headers.get('Cache-Control')]).toEqual([200, 'no-store']);
    expect(onOutcome).toHaveBeenCalledOnce();
    expect(onOutcome.mock.calls[0]?.[0]).toMatchObject({ outcome: 'paid', reference: 'own-1', order, provider: 'other' });
    expect(orderByReference.mock.calls[0]?.[0]).toMatchObject({ reference: 'A-1001', provider: 'other', environment: 'sandbox' });
  });

  it('responds with 200 to a message without a payment, and does not notify the merchant', async () => {
    const { notify, receive, onOutcome, onError, orderByReference } = createEndpoints();
    receive.mockResolvedValue(undefined);
    expect((await notify(createCallbackRequest('{"code":"021"}'))).status).toBe(200);
    expect([onOutcome, onError, orderByReference].flatMap(({ mock }) => mock.calls)).toEqual([]);
  });

  it('completes after the provider disconnects', async () => {
    const leaving = new AbortController();
    let lookedUp = () => {};
    const slow = new Promise<Order>((resolve) => (lookedUp = () => resolve(order)));
    const orderByReference = vi.fn(() => slow);
    const { notify, onOutcome } = createEndpoints({ orderByReference });
    const answer = notify(new Request(createCallbackRequest('{"code":"00"}'), { signal: leaving.signal }));
    await waitUntil(() => orderByReference.mock.calls.length === 1);
    leaving.abort();
    lookedUp();
    expect((await answer).status).toBe(200);
    expect(onOutcome).toHaveBeenCalledOnce();
  });

  it('verifies a message like the page’s result, against the merchant’s own record', async () => {
    const { notify, verify } = createEndpoints();
    await notify(createCallbackRequest('{"code":"00"}'));
    expect(verify.mock.calls[0]?.[0]).toMatchObject({ order, environment: 'sandbox', result: { provider: 'other', raw: { code: '00' } } });
  });

  it('passes the unchanged bytes and the headers to the provider’s module', async () => {
    const { notify, receive } = createEndpoints();
    const bytes = Uint8Array.from([0xef, 0xbb, 0xbf, ...new TextEncoder().encode(' {"a":"ñ"}\r\n')]);
    await notify(createCallbackRequest(bytes, { signature: 'abc' }));
    const [{ message: received }] = receive.mock.calls[0]!;
    expect(received.bytes).toEqual(bytes);
    expect(received.content).toEqual({ a: 'ñ' });
    expect(received.headers.get('Signature')).toBe('abc');
  });

  it('reads a form', async () => {
    const { notify, receive } = createEndpoints();
    await notify(createCallbackRequest('payloadHttp=%7B%22a%22%3A1%7D&signature=a%2Bb', form));
    expect(receive.mock.calls[0]?.[0].message.content).toEqual({ payloadHttp: '{"a":1}', signature: 'a+b' });
  });

  it.each(['A-1001', 'tienda/ñandú 1', 'a+b&c=d%#', '🧾'])('reads the reference %s from the URL', async (reference) => {
    const url = buildCallbackUrl('https://shop.example.com/ipn', reference);
    expect(url).toMatch(/^https:\/\/shop\.example\.com\/ipn\?reference=[\w-]+$/);
    const { notify, orderByReference } = createEndpoints();
    await notify(createCallbackRequest('{}', { url }));
    expect(orderByReference.mock.calls[0]?.[0]).toMatchObject({ reference });
  });

  it.each(['', '?reference=', '?reference=***', '?reference=A', '?reference=_w', '?order=QS0xMDAx'])(
    'reads no reference from a URL with "%s"',
    async (query) => {
      const { notify, receive } = createEndpoints();
      await notify(createCallbackRequest('{}', { url: `https://shop.example.com/ipn${query}` }));
      expect(receive.mock.calls[0]?.[0].message.reference).toBeUndefined();
    },
  );

  it('notifies the merchant of a repeated message again', async () => {
    const { notify, onOutcome } = createEndpoints();
    for (let n = 0; n < 2; n++) expect((await notify(createCallbackRequest('{}'))).status).toBe(200);
    expect(onOutcome.mock.calls[1]).toEqual(onOutcome.mock.calls[0]);
  });

  it('responds to a forgery with 403 before it looks up the order, and calls onError', async () => {
    const { notify, receive, onError, onOutcome, orderByReference } = createEndpoints();
    const problem = new Problem('forged', 'The signature is not right.');
    receive.mockRejectedValue(problem);
    const response = await notify(createCallbackRequest('{}'));
    expect(response.status).toBe(403);
    expect(await response.json()).toMatchObject({ type: 'urn:pay-checkout:problem:forged', retryable: false });
    expect(onError.mock.calls.map(([error]) => error)).toEqual([problem]);
    expect(orderByReference).not.toHaveBeenCalled();
    expect(onOutcome).not.toHaveBeenCalled();
  });

  it.each<[string, BodyInit, number]>([
    ['no JSON', 'hello', 422],
    ['more than 64 kB', 'x'.repeat(64 * 1024 + 1), 413],
  ])('rejects %s', async (_, body, status) => {
    const { notify, receive } = createEndpoints();
    expect((await notify(createCallbackRequest(body))).status).toBe(status);
    expect(receive).not.toHaveBeenCalled();
  });

  it('responds to an unknown order with 404', async () => {
    const { notify } = createEndpoints({
      orderByReference: () => {
        throw new OrderRefused();
      },
    });
    expect((await notify(createCallbackRequest('{}'))).status).toBe(404);
  });

  it('responds with 500 when onOutcome fails, so that the provider sends it again', async () => {
    const { notify, onError } = createEndpoints({ onOutcome: () => Promise.reject(new Error('the database is down')) });
    const response = await notify(createCallbackRequest('{}'));
    expect(response.status).toBe(500);
    expect(await response.text()).not.toContain('database');
    expect(onError).toHaveBeenCalledTimes(1);
  });

  it('responds with 504 within the 10 s for which Pay-me waits', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    try {
      const { notify, verify } = createEndpoints();
      verify.mockReturnValue(new Promise(() => {}));
      const answer = notify(createCallbackRequest('{}'));
      await waitUntil(() => verify.mock.calls.length > 0);
      vi.advanceTimersByTime(9_999);
      expect((await answer).status).toBe(504);
    } finally {
      vi.useRealTimers();
    }
  });

  it.each(['GET', 'HEAD'])('responds to %s with 200', async (method) => {
    const { notify, receive } = createEndpoints();
    const response = await notify(new Request('https://shop.example.com/ipn', { method }));
    expect([response.status, await response.text()]).toEqual([200, '']);
    expect(receive).not.toHaveBeenCalled();
  });

  it('responds with 500 without `orderByReference`, and onError receives the reason', async () => {
    const { notify, onError } = createEndpoints({ orderByReference: undefined });
    expect((await notify(createCallbackRequest('{}'))).status).toBe(500);
    expect(onError.mock.calls[0]?.[0]).toMatchObject({
      message: expect.stringContaining('`orderByReference` should be a function, but was missing') as string,
    });
  });

  it.each(['POST', 'GET', 'HEAD'])('responds to %s with 404 and the reason if the provider sends none', async (method) => {
    const { notify, onError, orderByReference } = createEndpoints({}, { receive: undefined });
    const response = await notify(new Request('https://shop.example.com/ipn', { method, ...(method === 'POST' && { body: '{}' }) }));
    expect([response.status, response.headers.get('Cache-Control')]).toEqual([404, 'no-store']);
    const detail = 'There is no notification endpoint for other, because it signs no notifications.';
    expect(await response.json()).toMatchObject({ type: 'urn:pay-checkout:problem:absent', detail, retryable: false });
    expect([onError.mock.calls, orderByReference.mock.calls]).toEqual([[], []]);
  });

  it('responds with 500 to an invalid order', async () => {
    const { notify, verify } = createEndpoints({ orderByReference: () => ({ ...order, amount: 0.5 }) });
    expect((await notify(createCallbackRequest('{}'))).status).toBe(500);
    expect(verify).not.toHaveBeenCalled();
  });
});

describe('pay.returns', () => {
  it('redirects to the merchant’s page once the merchant has been notified', async () => {
    const { comeBack, onOutcome } = createEndpoints({ returnTo: 'https://shop.example.com/thanks' });
    expect(await readRedirect(comeBack(createCallbackRequest('a=1', form)))).toBe('https://shop.example.com/thanks');
    expect(onOutcome).toHaveBeenCalledTimes(1);
  });

  it('redirects to the page that `returnTo` chooses by the outcome', async () => {
    const returnTo = vi.fn((payment?: PaymentOutcome) => `/orders/${payment?.order.reference}?${payment?.outcome}`);
    const { comeBack } = createEndpoints({ returnTo });
    expect(await readRedirect(comeBack(createCallbackRequest('a=1', form)))).toBe('/orders/A-1001?paid');
  });

  it('redirects to the front page by default', async () => {
    expect(await readRedirect(createEndpoints().comeBack(createCallbackRequest('a=1', form)))).toBe('/');
  });

  it.each<[string, Problem]>([
    ['is forged', new Problem('forged', 'no')],
    ['cannot be verified', new Problem('upstream-failed', 'no')],
  ])('redirects without an outcome when the return %s', async (_, problem) => {
    const { comeBack, receive, onError } = createEndpoints({ returnTo: (payment) => (payment ? '/paid' : '/wait') });
    receive.mockRejectedValue(problem);
    expect(await readRedirect(comeBack(createCallbackRequest('a=1', form)))).toBe('/wait');
    expect(onError.mock.calls.map(([error]) => error)).toEqual([problem]);
  });

  const failures: [what: string, returnTo: unknown, message: RegExp][] = [
    ['throws', () => JSON.parse('{') as string, /JSON/],
    ['returns nothing', () => undefined, /`returnTo` should be or return the address of a page, but was of type undefined/],
    ['returns an empty string', () => '', /but was empty/],
    ['returns a promise', () => Promise.resolve('/thanks'), /but was a promise/],
    ['returns a promise that rejects', () => Promise.reject(new Error('no session')), /but was a promise/],
    ['returns half of a character', () => '/\ud83d', /URI/],
    ['is empty', '', /but was empty/],
    ['is a number', 7, /not a function/],
  ];

  it.each(failures)('redirects to the front page and calls `onError` when `returnTo` %s', async (_, returnTo, message) => {
    const { comeBack, onOutcome, onError } = createEndpoints({ returnTo: returnTo as string });
    const headers = { ...form, 'X-Request-Id': 'r-1' };
    expect(await readRedirect(comeBack(createCallbackRequest('a=1', headers)))).toBe('/');
    expect(onOutcome).toHaveBeenCalledOnce();
    const thrown = expect.objectContaining({ message: expect.stringMatching(message) as string }) as Error;
    expect(onError.mock.calls).toEqual([[thrown, { requestId: 'r-1', reference: 'A-1001' }]]);
    expect(await readRedirect(comeBack(new Request('https://shop.example.com/return', { headers: { 'X-Request-Id': 'r-2' } })))).toBe('/');
    expect(onError.mock.calls.slice(1)).toEqual([[thrown, { requestId: 'r-2' }]]);
  });

  it('calls `onError` with one id if the return is forged and `returnTo` throws', async () => {
    const returnTo = vi.fn(() => JSON.parse('{') as string);
    const { comeBack, receive, onError } = createEndpoints({ returnTo });
    receive.mockRejectedValue(new Problem('forged', 'no'));
    expect(await readRedirect(comeBack(createCallbackRequest('a=1', form)))).toBe('/');
    const [first, second] = onError.mock.calls.map((call) => (call as unknown[])[1] as { requestId: string });
    expect(second?.requestId).toBe(first?.requestId);
  });

  it('redirects to the front page without `onError` too', async () => {
    const { comeBack } = createEndpoints({ returnTo: () => JSON.parse('{') as string, onError: undefined });
    expect(await readRedirect(comeBack(createCallbackRequest('a=1', form)))).toBe('/');
  });

  it('encodes the characters of an address that a header cannot hold', async () => {
    const { comeBack } = createEndpoints({ returnTo: '/gracias/José 漢?a=%20\r\nSet-Cookie: a=b' });
    expect(await readRedirect(comeBack(createCallbackRequest('a=1', form)))).toBe(
      '/gracias/Jos%C3%A9%20%E6%BC%A2?a=%20%0D%0ASet-Cookie:%20a=b',
    );
  });

  it('redirects without an outcome when the return reports no payment', async () => {
    const { comeBack, receive, onError } = createEndpoints({ returnTo: (payment) => (payment ? '/paid' : '/wait') });
    receive.mockResolvedValue(undefined);
    expect(await readRedirect(comeBack(createCallbackRequest('a=1', form)))).toBe('/wait');
    expect(onError).not.toHaveBeenCalled();
  });

  it('redirects a reload again without verifying anything', async () => {
    const { comeBack, receive } = createEndpoints({ returnTo: '/thanks' });
    expect(await readRedirect(comeBack(new Request('https://shop.example.com/return')))).toBe('/thanks');
    expect(receive).not.toHaveBeenCalled();
  });

  it('responds with 404 and the reason if the provider has no returns', async () => {
    const response = await createEndpoints({ returnTo: '/thanks' }, { receive: undefined }).comeBack(createCallbackRequest('a=1', form));
    expect(response.status).toBe(404);
    expect(await response.json()).toMatchObject({ detail: 'There is no return endpoint for other, because it signs no returns.' });
  });
});

describe('pay.notifications and pay.returns of Payroc', () => {
  const open = () =>
    createPayEndpoints({
      environment: { payroc: 'sandbox', izipay: 'sandbox' },
      providers: {
        payroc: payroc({ apiKey: 'your_api_key', processingTerminalId: '1234001' }),
        izipay: izipay({ merchantCode: '4007701', publicKey: 'VErethUtraQuxas57wuMuquprADrAHAb', hashKey: 'your_hash_key', keyRSA: 'RSA' }),
      },
      order: () => order,
    });

  it('respond with 404 to callers without type checking', async () => {
    const { notifications, returns } = open() as PayEndpoints;
    expect([
      (await notifications.payroc!(createCallbackRequest('{}'))).status,
      (await returns.payroc!(createCallbackRequest('{}'))).status,
    ]).toEqual([404, 404]);
  });
});
