import { describe, expect, it, vi } from 'vitest';
import { buildCallbackUrl } from '../../../../src/server/callback-url.js';
import { createPayEndpoints, izipay, type Order, type PayEndpointsOptions, type PaymentOutcome } from '../../../../src/server.js';
import { createCallbackRequest, readRedirect } from '../../../server/callbacks.js';
import {
  account,
  createPayload,
  createRequest,
  createSignedResult,
  fakeIzipay,
  order,
  readResponse,
  sign,
  signResult,
  tokenBody,
  type ResultChanges,
} from './fake-izipay.js';

const notificationUrl = 'https://shop.example.com/api/pay/izipay/notification';
const returnUrl = 'https://shop.example.com/api/pay/izipay/return';

function createEndpoints(options: Partial<PayEndpointsOptions<'izipay'>> = {}) {
  const reported: Pick<PaymentOutcome, 'outcome' | 'reason' | 'reference'>[] = [];
  const orders: Record<string, Order> = { 'A-1001': order, 'B-1001': { ...order, reference: 'B-1001' } };
  const [orderByReference, onError] = [vi.fn(({ reference }: { reference: string }) => orders[reference]!), vi.fn()];
  const pay = createPayEndpoints({
    environment: 'sandbox',
    providers: { izipay: izipay({ ...account, notificationUrl, returnUrl }) },
    order: () => order,
    orderByReference,
    onOutcome: ({ outcome, reason, reference }) => void reported.push({ outcome, ...(reason && { reason }), reference }),
    onError,
    returnTo: (payment) => `/thanks?${payment?.outcome}`,
    fetch: fakeIzipay().fetch,
    ...options,
  });
  const send = async (body: string, url = buildCallbackUrl(notificationUrl, order.reference), type = 'application/json') =>
    (await pay.notifications.izipay(createCallbackRequest(body, { url, 'Content-Type': type }))).status;
  const notify = (body: object, url?: string) => send(JSON.stringify(body), url);
  const comeBack = (fields: Record<string, string>, url = buildCallbackUrl(returnUrl, order.reference)) =>
    readRedirect(pay.returns.izipay(createCallbackRequest(new URLSearchParams(fields), { url })));
  return { pay, send, notify, comeBack, reported, orderByReference, onError };
}

const paid = { outcome: 'paid', reference: '1286141' };

describe('receiveNotification (Izipay)', () => {
  it('reports paid for a signed 00 with this order, amount and currency', async () => {
    const { notify, reported } = createEndpoints();
    expect(await notify(await createSignedResult())).toBe(200);
    expect(reported).toEqual([paid]);
  });

  it.each<[string, ResultChanges, object]>([
    ['a refusal', { code: 'T05' }, { outcome: 'declined', reference: '1286141' }],
    ['another amount', { payment: { amount: '1.50' } }, { outcome: 'pending', reason: 'price', reference: '1286141' }],
    ['another currency', { payment: { currency: 'USD' } }, { outcome: 'forged', reason: 'currency', reference: '1286141' }],
    ['an undecided payment', { code: '021' }, { outcome: 'pending', reference: '1286141' }],
    [
      'a refusal without amount and currency',
      { code: 'T05', payment: { amount: '', currency: '' } },
      { outcome: 'declined', reference: '1286141' },
    ],
    [
      'an amount that it cannot read',
      { payment: { amount: '15,00' } },
      { outcome: 'pending', reason: 'unknown-state', reference: '1286141' },
    ],
    [
      'a state that it does not know',
      { payment: { stateMessage: 'Extornado' } },
      { outcome: 'pending', reason: 'unknown-state', reference: '1286141' },
    ],
  ])('reports %s to the merchant, and responds with 200', async (_, said, outcome) => {
    const { notify, reported } = createEndpoints();
    expect(await notify(await createSignedResult(said))).toBe(200);
    expect(reported).toEqual([outcome]);
  });

  it('reports the same outcome as the page, in any order and repeatedly', async () => {
    const result = await createSignedResult();
    const ask = ({ pay }: ReturnType<typeof createEndpoints>) =>
      readResponse(pay.outcome(createRequest({ ...tokenBody, attempt: 1, result: { provider: 'izipay', raw: result } })));
    const [first, last] = [createEndpoints(), createEndpoints()];
    expect((await ask(first)).json).toEqual({ outcome: 'paid' });
    for (let n = 0; n < 2; n++) expect(await first.notify(result)).toBe(200);
    for (let n = 0; n < 2; n++) expect(await last.notify(result)).toBe(200);
    expect((await ask(last)).json).toEqual({ outcome: 'paid' });
    expect([first.reported, last.reported]).toEqual([Array(3).fill(paid), Array(3).fill(paid)]);
  });

  it.each<[string, (result: { payloadHttp: string; signature: string }) => object]>([
    ['another key', ({ payloadHttp }) => ({ payloadHttp, signature: sign(payloadHttp, 'forged') })],
    ['one letter changed', ({ payloadHttp, signature }) => ({ payloadHttp: payloadHttp.replace('15.00', '15.01'), signature })],
    ['a reformatted text', ({ payloadHttp, signature }) => ({ payloadHttp: JSON.stringify(JSON.parse(payloadHttp), null, 1), signature })],
    ['no signature', ({ payloadHttp }) => ({ payloadHttp })],
    ['only a code', () => ({ code: '00' })],
  ])('rejects a message with %s, without notifying the merchant', async (_, forge) => {
    const { notify, reported, orderByReference, onError } = createEndpoints();
    expect(await notify(forge(await createSignedResult()))).toBe(403);
    expect(reported).toEqual([]);
    expect(orderByReference).not.toHaveBeenCalled();
    expect(onError.mock.calls[0]?.[0]).toMatchObject({ name: 'Problem', kind: 'forged' });
  });

  it('rejects the message of one order at the URL of another', async () => {
    const { notify, reported } = createEndpoints();
    expect(await notify(await createSignedResult({}, 'B-1001'))).toBe(403);
    expect(await notify(await createSignedResult(), buildCallbackUrl(notificationUrl, 'B-1001'))).toBe(403);
    expect(reported).toEqual([]);
  });

  it('rejects a decline of one order at the URL of another', async () => {
    const { notify, reported } = createEndpoints();
    expect(await notify(await createSignedResult({ code: 'T05' }, 'B-1001'))).toBe(403);
    expect(reported).toEqual([]);
  });

  it.each<[string, ResultChanges, string?]>([
    ['no order in its URL', {}, notificationUrl],
    ['no payment in it', { response: { order: [] } }],
    ['no order number', { payment: { orderNumber: '' } }],
    ['an unknown code and no payment', { code: 'X1', response: { order: [] } }],
  ])('passes a signed message with %s to onError with the order of its URL, and responds with 404', async (_, changes, url) => {
    const { notify, reported, onError, orderByReference } = createEndpoints();
    expect(await notify(await createSignedResult(changes), url)).toBe(404);
    const context = url ? { requestId: expect.any(String) as string } : { requestId: expect.any(String) as string, reference: 'A-1001' };
    expect(onError.mock.calls).toEqual([[expect.objectContaining({ kind: 'refused' }), context]]);
    expect([reported, orderByReference.mock.calls]).toEqual([[], []]);
  });

  it('passes an approval whose order number no key proves to onError with the order of its URL', async () => {
    const { notify, onError } = createEndpoints();
    expect(await notify(await createSignedResult({ payment: { orderNumber: 'A1001ABCDEFGHI' } }))).toBe(403);
    expect(onError.mock.calls).toEqual([[expect.objectContaining({ kind: 'forged' }), expect.objectContaining({ reference: 'A-1001' })]]);
  });

  const ignored = async (body: object, url?: string) => {
    const { notify, reported, onError, orderByReference } = createEndpoints();
    expect(await notify(body, url)).toBe(200);
    expect([reported, onError.mock.calls, orderByReference.mock.calls]).toEqual([[], [], []]);
  };

  it.each(['021', 'COMMUNICATION_ERROR', 'P54'])('responds with 200 to an unsigned %s, and reports nothing', async (code) => {
    const message = { message: 'x', messageUser: 'x', messageUserEng: 'x', transactionId: '16881500822750', response: {} };
    await ignored({ code, ...message, payloadHttp: '' });
    await ignored({ code, ...message, payloadHttp: null, signature: null });
    await ignored({ Code: code });
  });

  it.each<[string, unknown]>([
    ['null', null],
    ['empty', {}],
    ['a payment without an order number', { order: [{ stateMessage: 'Denegado' }] }],
  ])('responds with 200 to a signed decline whose response is %s, and reports nothing', async (_, response) => {
    await ignored(signResult(JSON.stringify({ code: 'P01', response })));
    await ignored(signResult(JSON.stringify({ code: '021', response })));
  });

  it('responds with 200 to a signed decline whose URL names no order, and reports nothing', async () => {
    await ignored(await createSignedResult({ code: 'T05' }), notificationUrl);
    await ignored(await createSignedResult({ code: '12', payment: { stateMessage: 'Denegado' } }), notificationUrl);
  });

  it.each(['not json', '{}', '7'])('responds with 404 to a signed %s, and passes it to onError', async (payloadHttp) => {
    const { notify, onError } = createEndpoints();
    expect(await notify({ payloadHttp, signature: sign(payloadHttp) })).toBe(404);
    expect(onError).toHaveBeenCalledOnce();
  });

  it('accepts keys with capitals, as in an older guide', async () => {
    const { notify, reported } = createEndpoints();
    const { code: Code, payloadHttp: PayloadHttp, signature: Signature } = await createSignedResult();
    expect(await notify({ Code, PayloadHttp, Signature })).toBe(200);
    expect(reported).toEqual([paid]);
  });

  it.each<[string, (body: string) => [string, string?, string?]]>([
    ['a byte order mark', (body) => [`\uFEFF${body}`]],
    ['the type text/plain', (body) => [body, undefined, 'text/plain']],
    ['another parameter in its URL', (body) => [body, `${buildCallbackUrl(notificationUrl, order.reference)}&utm=1`]],
  ])('accepts a message with %s', async (_, change) => {
    const { send, reported } = createEndpoints();
    expect(await send(...change(JSON.stringify(await createSignedResult())))).toBe(200);
    expect(reported).toEqual([paid]);
  });

  it('accepts a notification that a new hash key signed, about an order number that the old one made', async () => {
    const providers = { izipay: izipay({ ...account, hashKey: ['newest', account.hashKey], notificationUrl }) };
    const { notify, reported } = createEndpoints({ providers });
    expect(await notify(signResult(await createPayload(), 'newest'))).toBe(200);
    expect(reported).toEqual([paid]);
    expect(await notify(signResult(await createPayload(), 'retired'))).toBe(403);
  });

  it('responds with 422 to a body of another shape', async () => {
    for (const body of [{ payloadHttp: 7 }, null, [], 'text']) expect(await createEndpoints().notify(body as object)).toBe(422);
  });
});

describe('pay.returns.izipay', () => {
  it('redirects after it has verified the form', async () => {
    const { comeBack, reported } = createEndpoints();
    expect(await comeBack(await createSignedResult())).toBe('/thanks?paid');
    expect(reported).toEqual([paid]);
  });

  it('accepts unescaped plus signs in base64', async () => {
    let result = await createSignedResult();
    for (let n = 0; !result.signature.includes('+'); n++) result = await createSignedResult({ payment: { referenceNumber: n } });
    const { comeBack } = createEndpoints();
    expect(await comeBack({ ...result, signature: result.signature.replaceAll('+', ' ') })).toBe('/thanks?paid');
  });

  it('redirects without an outcome after a form that was closed, which Izipay does not sign', async () => {
    const { comeBack, reported, onError } = createEndpoints();
    expect(await comeBack({ code: 'P54', payloadHttp: '' })).toBe('/thanks?undefined');
    expect([reported, onError.mock.calls]).toEqual([[], []]);
  });

  it('redirects without an outcome after a forged result', async () => {
    const { comeBack, reported, onError } = createEndpoints();
    const result = await createSignedResult();
    expect(await comeBack({ ...result, signature: sign(result.payloadHttp, 'forged') })).toBe('/thanks?undefined');
    expect(reported).toEqual([]);
    expect(onError.mock.calls[0]?.[0]).toMatchObject({ kind: 'forged' });
  });
});

describe('buildConfig, with callback URLs', () => {
  const requestConfig = async (changed: Partial<Order> = {}, urls: object = { notificationUrl, returnUrl }) => {
    const providers = { izipay: izipay({ ...account, ...urls }) };
    const { json, status } = await readResponse(
      createEndpoints({ providers, order: () => ({ ...order, ...changed }) }).pay.token(createRequest(tokenBody)),
    );
    return { status, json, config: json.config as Record<string, unknown> };
  };

  it('adds the reference to each URL in characters that Izipay’s library keeps', async () => {
    const { config } = await requestConfig({ reference: 'tienda/ñ 1' });
    const back = `${returnUrl}?reference=dGllbmRhL8OxIDE`;
    expect(config.urlIPN).toBe(`${notificationUrl}?reference=dGllbmRhL8OxIDE`);
    expect(config.render).toEqual({ typeForm: 'redirect', redirectUrls: { onSuccess: back, onError: back, onCancel: back } });
  });

  it('keeps the merchant’s `typeForm`, but not its URLs', async () => {
    const { config } = await requestConfig({ extra: { render: { typeForm: 'pop-up', redirectUrls: {} }, urlIPN: 'https://x.example' } });
    expect(config.render).toMatchObject({ typeForm: 'pop-up', redirectUrls: { onCancel: expect.stringContaining(returnUrl) as string } });
    expect(config.urlIPN).toContain(notificationUrl);
  });

  it('keeps the merchant’s own URL if `izipay()` has none', async () => {
    const { config } = await requestConfig({ extra: { urlIPN: 'https://shop.example.com/ipn' } }, {});
    expect(config.urlIPN).toBe('https://shop.example.com/ipn');
    expect(config).not.toHaveProperty('render');
  });

  it('rejects a URL that becomes longer than Izipay takes', async () => {
    const { status, json } = await requestConfig({ reference: 'A'.repeat(300) });
    expect([status, json.type]).toEqual([500, 'urn:pay-checkout:problem:order']);
  });

  it.each([
    'http://shop.example.com/ipn',
    'https://shop.example.com/ipn?x=1',
    'https://shop.example.com/i%20n',
    '/ipn',
    'http://localhost.evil.example/ipn',
  ])('rejects the URL %s', (url) => {
    expect(() => izipay({ ...account, notificationUrl: url })).toThrow('izipay(): `notificationUrl` should be an https URL');
    expect(() => izipay({ ...account, returnUrl: url })).toThrow('`returnUrl`');
  });

  it.each(['http://localhost:3000/ipn', 'http://127.0.0.1/ipn'])('accepts %s for development', (url) => {
    expect(() => izipay({ ...account, notificationUrl: url })).not.toThrow();
  });
});
