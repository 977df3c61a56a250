import { afterEach, describe, expect, it, vi } from 'vitest';
import { createOperationNumber } from '../../../../src/providers/payme/server/operation-number.js';
import {
  createPayEndpoints,
  payme,
  type Order,
  type PayEndpointsOptions,
  type PaymeOptions,
  type PaymentOutcome,
} from '../../../../src/server.js';
import {
  credentials,
  fakePayme,
  merchantCode,
  order,
  createRequest,
  readResponse,
  tokenBody,
  skipDelays,
  type ScriptedResponse,
} from '../../../server/fake-payme.js';
import { createCallbackRequest, readRedirect } from '../../../server/callbacks.js';

afterEach(() => {
  vi.unstubAllGlobals();
});

const algorithm = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-512' };

/** Creates a key pair like Pay-me's: SHA512withRSA, RSA-2048. */
async function createKeyPair() {
  const made = { ...algorithm, modulusLength: 2048, publicExponent: new Uint8Array([1, 0, 1]) };
  const { privateKey, publicKey } = await crypto.subtle.generateKey(made, true, ['sign', 'verify']);
  const der = Buffer.from(await crypto.subtle.exportKey('spki', publicKey)).toString('base64');
  const key = `-----BEGIN PUBLIC KEY-----\n${der.match(/.{1,64}/g)!.join('\n')}\n-----END PUBLIC KEY-----\n`;
  const sign = async (text: string, encoder = new TextEncoder()) =>
    Buffer.from(await crypto.subtle.sign(algorithm, privateKey, encoder.encode(text))).toString('base64');
  return { key, sign };
}

const [pair, other] = await Promise.all([createKeyPair(), createKeyPair()]);
const id = '5hk8rwa3h3cq9oyfs3a28v1ms';
const url = 'https://shop.example.com/api/pay/payme/notification';

interface Changes {
  readonly id?: string | number;
  readonly state?: string;
  readonly amount?: string;
  readonly currency?: string;
  /** The transaction's `additional_fields` that Pay-me returns. */
  readonly fields?: unknown;
  /** Those of the operation. */
  readonly operationFields?: unknown;
}

const ownFields = { reference: order.reference };

function createTransaction({ id: own = id, state = 'AUTORIZADO', amount = '1050', currency = '604', fields = ownFields }: Changes = {}) {
  return { transaction_id: own, state, amount, currency, additional_fields: fields };
}

/** Creates the body of a notification. */
function createNotification(operation: string | number, changes?: Changes): string {
  const fields = { merchant_code: merchantCode, merchant_operation_number: operation, transaction: createTransaction(changes) };
  return JSON.stringify({ success: 'true', ...fields }, null, 1);
}

/** Creates Pay-me's own record of a charge. */
function createCharge(operation: string, { amount = '1050', currency = '604', operationFields, ...changes }: Changes = {}) {
  const transactions = [createTransaction({ amount, currency, ...changes })];
  return {
    success: 'true',
    merchant_code: merchantCode,
    operation: { merchant_operation_number: operation, amount, currency, additional_fields: operationFields, transactions },
  };
}

function createEndpoints(
  answers: (ScriptedResponse | Changes)[] = [{}],
  options: Partial<PaymeOptions> = {},
  cache?: PayEndpointsOptions['cache'],
) {
  const reported: Pick<PaymentOutcome, 'outcome' | 'reason' | 'reference'>[] = [];
  const upstream = fakePayme({ charges: answers });
  const [orderByReference, onError] = [vi.fn(({ reference }: { reference: string }): Order => ({ ...order, reference })), vi.fn()];
  const pay = createPayEndpoints({
    environment: 'sandbox',
    providers: { payme: payme({ ...credentials, notificationKey: pair.key, ...options }) },
    order: () => order,
    orderByReference,
    onOutcome: ({ outcome, reason, reference }) => void reported.push({ outcome, ...(reason && { reason }), reference }),
    onError,
    returnTo: (payment) => `/thanks?${payment?.outcome}`,
    fetch: upstream.fetch,
    cache,
  });
  const notify = async (body: string, signature?: string) =>
    (
      await pay.notifications.payme(
        createCallbackRequest(body, { url, 'Content-Type': 'application/json', ...(signature && { signature }) }),
      )
    ).status;
  const comeBack = (fields: Record<string, string>) =>
    readRedirect(pay.returns.payme(createCallbackRequest(new URLSearchParams(fields), { url })));
  return { pay, notify, comeBack, reported, upstream, orderByReference, onError };
}

const createOperation = (reference = order.reference) => createOperationNumber(credentials.clientSecret, reference);
const paid = { outcome: 'paid', reference: id };

describe('receiveNotification (Pay-me)', () => {
  it('reports paid if Pay-me’s own record confirms order, amount and currency', async () => {
    const operation = await createOperation();
    const { notify, reported, upstream, orderByReference } = createEndpoints([createCharge(operation)]);
    const body = createNotification(operation);
    expect(await notify(body, await pair.sign(body))).toBe(200);
    expect(reported).toEqual([paid]);
    expect(orderByReference.mock.calls[0]?.[0]).toMatchObject({ reference: 'A-1001', provider: 'payme', environment: 'sandbox' });
    expect(upstream.urls().at(-1)).toBe(`GET https://api.preprod.alignet.io/charges/${merchantCode}/${operation}/${id}`);
  });

  it('ignores the state in the message, which may be outdated, and requests it from Pay-me', async () => {
    const operation = await createOperation();
    const { notify, reported } = createEndpoints([createCharge(operation), createCharge(operation, { state: 'PENDIENTE' })]);
    for (const state of ['PENDIENTE', 'AUTORIZADO']) {
      const body = createNotification(operation, { state });
      expect(await notify(body, await pair.sign(body))).toBe(200);
    }
    expect(reported).toEqual([paid, { outcome: 'pending', reference: id }]);
  });

  it.each<[string, Changes, object]>([
    ['DENEGADO', { state: 'DENEGADO' }, { outcome: 'declined', reference: id }],
    ['another amount', { amount: '105' }, { outcome: 'pending', reason: 'price', reference: id }],
    ['another currency', { currency: '840' }, { outcome: 'forged', reason: 'currency', reference: id }],
  ])('reports %s to the merchant, and responds with 200', async (_, changes, outcome) => {
    const operation = await createOperation();
    const { notify, reported } = createEndpoints([createCharge(operation, changes)]);
    const body = createNotification(operation);
    expect(await notify(body, await pair.sign(body))).toBe(200);
    expect(reported).toEqual([outcome]);
  });

  it('reports the same outcome as the page, in any order and repeatedly', async () => {
    const operation = await createOperation();
    const body = createNotification(operation);
    const result = { provider: 'payme', raw: JSON.parse(body) as unknown };
    const answers = Array.from({ length: 3 }, () => createCharge(operation));
    const [first, last] = [createEndpoints(answers), createEndpoints(answers)];
    const ask = async ({ pay }: typeof first) =>
      (await readResponse(pay.outcome(createRequest({ ...tokenBody, attempt: 1, result })))).json;
    const signature = await pair.sign(body);
    expect(await ask(first)).toEqual({ outcome: 'paid' });
    for (let n = 0; n < 2; n++) expect(await first.notify(body, signature)).toBe(200);
    for (let n = 0; n < 2; n++) expect(await last.notify(body, signature)).toBe(200);
    expect(await ask(last)).toEqual({ outcome: 'paid' });
    expect([first.reported, last.reported]).toEqual([Array(3).fill(paid), Array(3).fill(paid)]);
  });

  it.each<[string, (body: string) => Promise<[string, string?]>]>([
    ['another key', async (body) => [body, await other.sign(body)]],
    ['an added byte', async (body) => [`${body} `, await pair.sign(body)]],
    ['a reformatted body', async (body) => [JSON.stringify(JSON.parse(body)), await pair.sign(body)]],
    ['half a signature', async (body) => [body, (await pair.sign(body)).slice(0, 100)]],
    ['a signature that is not base64', (body) => Promise.resolve([body, '***'])],
    ['no signature', (body) => Promise.resolve([body])],
  ])('rejects a message with %s, without any call or notification', async (_, forge) => {
    const { notify, reported, upstream, orderByReference, onError } = createEndpoints();
    expect(await notify(...(await forge(createNotification(await createOperation()))))).toBe(403);
    expect(upstream.calls).toEqual([]);
    expect(orderByReference).not.toHaveBeenCalled();
    expect(reported).toEqual([]);
    expect(onError.mock.calls[0]?.[0]).toMatchObject({ name: 'Problem', kind: 'forged' });
  });

  it('accepts a body that a parser has read, if it can be rebuilt as it was signed', async () => {
    const operation = await createOperation();
    const { pay, reported } = createEndpoints([createCharge(operation)]);
    const body = JSON.parse(createNotification(operation)) as object;
    const request = createCallbackRequest('', {
      url,
      'Content-Type': 'application/json',
      signature: await pair.sign(JSON.stringify(body)),
    });
    expect((await pay.notifications.payme(request, { incoming: { readableDidRead: true, body } })).status).toBe(200);
    expect(reported).toEqual([paid]);
  });

  it('names the body parser that has read the signed body, and lets Pay-me send it again', async () => {
    const { pay, reported, onError } = createEndpoints();
    const body = createNotification(await createOperation());
    const request = createCallbackRequest('', { url, 'Content-Type': 'application/json', signature: await pair.sign(body) });
    const parsed = { readableDidRead: true, body: JSON.parse(body) as unknown };
    expect((await pay.notifications.payme(request, { incoming: parsed })).status).toBe(500);
    expect(reported).toEqual([]);
    expect(String(onError.mock.calls[0]?.[0])).toMatch(/signature cannot be verified, because other code, such as express\.json\(\)/);
  });

  it('accepts a signature of any configured key', async () => {
    const operation = await createOperation();
    const { notify } = createEndpoints([createCharge(operation), createCharge(operation)], { notificationKey: [other.key, pair.key] });
    const body = createNotification(operation);
    expect(await notify(body, await pair.sign(body))).toBe(200);
    expect(await notify(body, await other.sign(body))).toBe(200);
  });

  it('rejects an operation that was not created for the named order', async () => {
    const bodies = await Promise.all(['B-1', 'B-2', 'B-3'].map(async (reference) => createNotification(await createOperation(reference))));
    const { notify, reported, upstream } = createEndpoints();
    const statuses = await Promise.all(bodies.map(async (body) => notify(body, await pair.sign(body))));
    // One in 100 000 foreign numbers fits by chance.
    expect(statuses.filter((status) => status === 403).length).toBeGreaterThanOrEqual(2);
    expect(upstream.calls.length + reported.length).toBeLessThanOrEqual(3);
  });

  it.each([null, {}, 'text', { reference: 7 }])('requests the reference from Pay-me if the message has only %j', async (fields) => {
    const operation = await createOperation();
    const { notify, reported, orderByReference } = createEndpoints([createCharge(operation), createCharge(operation)]);
    const body = createNotification(operation, { fields });
    expect(await notify(body, await pair.sign(body))).toBe(200);
    expect(orderByReference.mock.calls[0]?.[0]).toMatchObject({ reference: 'A-1001' });
    expect(reported).toEqual([paid]);
  });

  it.each<[string, (operation: string) => ScriptedResponse]>([
    ['Pay-me does not know it', () => 404],
    ['Pay-me names no order either', (operation) => createCharge(operation, { fields: null })],
    [
      'Pay-me knows another transaction only',
      (operation) => {
        const { operation: known, ...answer } = createCharge(operation);
        return { ...answer, operation: { ...known, transactions: [] } };
      },
    ],
  ])('responds with 404 to a message without an order if %s', async (_, answer) => {
    const operation = await createOperation();
    const { notify, reported } = createEndpoints([answer(operation)]);
    const body = createNotification(operation, { fields: null });
    expect(await notify(body, await pair.sign(body))).toBe(404);
    expect(reported).toEqual([]);
  });

  it('finds the reference in the fields of the operation, if those of the transaction are null', async () => {
    const operation = await createOperation();
    const charge = createCharge(operation, { fields: null, operationFields: ownFields });
    const { notify, reported } = createEndpoints([charge, charge]);
    const body = createNotification(operation, { fields: null });
    expect(await notify(body, await pair.sign(body))).toBe(200);
    expect(reported).toEqual([paid]);
  });

  it('finds the reference in the cache, where the token endpoint wrote it, if Pay-me has lost it', async () => {
    const cache = new Map<string, string>();
    const lifetimes: number[] = [];
    const shared = {
      get: (key: string) => cache.get(key),
      set: (key: string, value: string, ttl: number) => void (cache.set(key, value), lifetimes.push(ttl)),
      delete: (key: string) => cache.delete(key),
    };
    const { pay } = createEndpoints([], {}, shared);
    const { json } = await readResponse(pay.token(createRequest(tokenBody)));
    const operation = (json as { config: { payload: { merchant_operation_number: string } } }).config.payload.merchant_operation_number;
    expect(cache.get(`pay-checkout:payme:operation:sandbox:${operation}`)).toBe('A-1001');
    expect(lifetimes).toContain(35 * 24 * 3600 * 1000);

    const charge = createCharge(operation, { fields: null });
    const { notify, reported } = createEndpoints([charge, charge, 404, charge], {}, shared);
    const body = createNotification(operation, { fields: null });
    for (let n = 0; n < 2; n++) expect(await notify(body, await pair.sign(body))).toBe(200);
    expect(reported).toEqual([paid, paid]);
  });

  it('finds the reference in the cache if Pay-me returns the field in another form', async () => {
    const operation = await createOperation();
    const cache = new Map([[`pay-checkout:payme:operation:sandbox:${operation}`, 'A-1001']]);
    const { notify, reported } = createEndpoints([createCharge(operation)], {}, cache);
    const body = createNotification(operation, { fields: { reference: 'A&#45;1001' } });
    expect(await notify(body, await pair.sign(body))).toBe(200);
    expect(reported).toEqual([paid]);
  });

  it('does not believe the cache if it names another order', async () => {
    const operation = await createOperation();
    // One in 100 000 foreign orders fits by chance.
    for (const reference of ['B-1', 'B-2']) {
      const cache = new Map([[`pay-checkout:payme:operation:sandbox:${operation}`, reference]]);
      const { notify, reported } = createEndpoints([createCharge(operation, { fields: null })], {}, cache);
      const body = createNotification(operation, { fields: null });
      expect(await notify(body, await pair.sign(body))).toBe(403);
      expect(reported).toEqual([]);
    }
  });

  it('writes nothing to the cache without a key', async () => {
    const cache = new Map<string, string>();
    const { pay } = createEndpoints([], { notificationKey: undefined }, cache);
    await readResponse(pay.token(createRequest(tokenBody)));
    expect([...cache.keys()].filter((key) => key.includes('operation'))).toEqual([]);
  });

  it('issues a token although the cache fails', async () => {
    const fail = () => Promise.reject(new Error('down'));
    const { pay } = createEndpoints([], {}, { get: fail, set: fail, delete: fail });
    expect((await readResponse(pay.token(createRequest(tokenBody)))).status).toBe(200);
  });

  it('accepts numbers for the operation number and the transaction id', async () => {
    const operation = await createOperation();
    const { notify, reported, upstream } = createEndpoints([createCharge(operation, { id: 123456789 })]);
    const body = createNotification(Number(operation), { id: 123456789 });
    expect(await notify(body, await pair.sign(body))).toBe(200);
    expect(reported).toEqual([{ outcome: 'paid', reference: '123456789' }]);
    expect(upstream.urls().at(-1)).toMatch(new RegExp(`/${operation}/123456789$`));
  });

  it('tells the merchant which order a signed notification was for, if no listed secret made its number', async () => {
    const operation = await createOperationNumber('a secret that was removed', order.reference);
    const { notify, reported, onError, upstream } = createEndpoints();
    const body = createNotification(operation);
    expect(await notify(body, await pair.sign(body))).toBe(403);
    expect(reported).toEqual([]);
    expect(upstream.calls).toEqual([]);
    expect(onError.mock.calls).toEqual([
      [
        expect.objectContaining({ kind: 'forged', reference: 'A-1001', message: expect.stringContaining('`clientSecret`') as string }),
        expect.objectContaining({ reference: 'A-1001' }),
      ],
    ]);
  });

  it('tells the merchant of a signed notification that names no order', async () => {
    const operation = await createOperation();
    const { notify, onError } = createEndpoints([createCharge(operation, { fields: null })]);
    const body = createNotification(operation, { fields: null });
    expect(await notify(body, await pair.sign(body))).toBe(404);
    expect(onError.mock.calls[0]?.[0]).toMatchObject({ kind: 'refused', message: 'The notification names no order.' });
  });

  it('responds with 502 if Pay-me fails, so that Pay-me sends it again', async () => {
    skipDelays();
    const { notify, reported } = createEndpoints([500, 500]);
    const body = createNotification(await createOperation());
    expect(await notify(body, await pair.sign(body))).toBe(502);
    expect(reported).toEqual([]);
  });

  it.each(['{}', '{"merchant_operation_number":"../x","transaction":{"transaction_id":"1"}}'])('rejects the body %s', async (body) => {
    const { notify, upstream } = createEndpoints();
    expect(await notify(body, await pair.sign(body))).toBe(422);
    expect(upstream.calls).toEqual([]);
  });

  it('responds with 500 without a key, and onError receives the reason', async () => {
    const { notify, onError } = createEndpoints([], { notificationKey: undefined });
    expect(await notify('{}', 'AAAA')).toBe(500);
    expect(onError.mock.calls[0]?.[0]).toMatchObject({
      message: expect.stringContaining('`notificationKey` should be a public key, but was missing') as string,
    });
  });
});

describe('pay.returns.payme', () => {
  it.each<[string, (json: string, base64: string) => string]>([
    ['the JSON', (json) => json],
    ['the base64 of it', (_, base64) => base64],
  ])('redirects after the request to Pay-me if %s is signed', async (_, signed) => {
    const operation = await createOperation();
    const { comeBack, reported } = createEndpoints([createCharge(operation)]);
    const json = createNotification(operation);
    const authorization_result = Buffer.from(json).toString('base64');
    expect(await comeBack({ authorization_result, signature: await pair.sign(signed(json, authorization_result)) })).toBe('/thanks?paid');
    expect(reported).toEqual([paid]);
  });

  it.each(['the JSON', 'the base64 of it'])('accepts unescaped plus signs in base64 if %s is signed', async (signed) => {
    const operation = await createOperation();
    let [json, authorization_result] = ['', ''];
    for (let n = 0; !authorization_result.includes('+'); n++) {
      json = createNotification(operation, { fields: { ...ownFields, n: `${'>'.repeat(n)}` } });
      authorization_result = Buffer.from(json).toString('base64');
    }
    const signature = await pair.sign(signed === 'the JSON' ? json : authorization_result);
    const { comeBack } = createEndpoints([createCharge(operation)]);
    const spaced = (base64: string) => base64.replaceAll('+', ' ');
    expect(await comeBack({ authorization_result: spaced(authorization_result), signature: spaced(signature) })).toBe('/thanks?paid');
  });

  it.each<[string, (result: string, signature: string) => [string, string]]>([
    ['a wrong signature', (result) => [result, 'AAAA']],
    ['a result that is not base64', (_, signature) => ['***', signature]],
    ['a result that is not JSON', (_, signature) => [Buffer.from('hello').toString('base64'), signature]],
  ])('redirects without an outcome after %s', async (_, forge) => {
    const json = createNotification(await createOperation());
    const { comeBack, reported, upstream } = createEndpoints();
    const [authorization_result, signature] = forge(Buffer.from(json).toString('base64'), await pair.sign(json));
    expect(await comeBack({ authorization_result, signature })).toBe('/thanks?undefined');
    expect([reported, upstream.calls]).toEqual([[], []]);
  });
});

describe('buildPayload', () => {
  const requestPayload = async (options: Partial<PaymeOptions>, changed: Partial<Order> = {}) => {
    const pay = createPayEndpoints({
      environment: 'sandbox',
      providers: { payme: payme({ ...credentials, ...options }) },
      order: () => ({ ...order, ...changed }),
      fetch: fakePayme().fetch,
    });
    const { json } = await readResponse(pay.token(createRequest(tokenBody)));
    const { payload } = json.config as { payload: { payment_method: object; payment_details: Record<string, unknown> } };
    return { method: payload.payment_method, fields: payload.payment_details.additional_fields };
  };

  it('contains the order’s reference if there is a key, beside the merchant’s own fields', async () => {
    const extra = { additional_fields: { channel: 'web', reference: 'x' } };
    expect((await requestPayload({ notificationKey: pair.key })).fields).toEqual({ reference: 'A-1001' });
    expect((await requestPayload({ notificationKey: pair.key }, { extra })).fields).toEqual({ channel: 'web', reference: 'A-1001' });
    expect((await requestPayload({}, { extra })).fields).toEqual({ channel: 'web', reference: 'x' });
    expect((await requestPayload({})).fields).toBeUndefined();
  });

  it('contains the callback URLs', async () => {
    const returnUrl = 'https://shop.example.com/api/pay/payme/return';
    expect((await requestPayload({ notificationUrl: url, returnUrl })).method).toEqual({
      method_details: { callback_url: url, redirect_url: returnUrl },
    });
    expect((await requestPayload({ notificationUrl: url })).method).toEqual({ method_details: { callback_url: url } });
    expect((await requestPayload({ returnUrl })).method).toEqual({ method_details: { redirect_url: returnUrl } });
  });

  it.each(['notificationUrl', 'returnUrl'])('rejects a `%s` that is not an https URL', (name) => {
    expect(() => payme({ ...credentials, [name]: 'http://shop.example.com/' })).toThrow(`payme(): \`${name}\` should be an https URL`);
  });
});
