import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { hosts } from '../../../src/providers/payme/contract.js';
import { createPaymeApi } from '../../../src/testing/payme/api.js';
import type { PaymeApi } from '../../../src/testing/payme/api.js';
import { paymeCards } from '../../../src/testing/payme/cards.js';
import type { CallFault } from '../../../src/testing/faults.js';
import type { FlexMethod, FlexResponse, FlexTransaction } from '../../../src/testing/payme/types.js';
import { read } from '../support.js';
import * as call from './support.js';
import { bearer, nonce, nonceBody, nonceUrl, pay, payload, post, redeemBody, session, tokenBody, tokenUrl } from './support.js';

const { sandbox, production } = hosts;
let clock: number;
let api: PaymeApi;

beforeEach(() => {
  clock = Date.UTC(2026, 2, 26);
  api = createPaymeApi({ now: () => clock });
});

afterEach(() => vi.useRealTimers());

const pass = (seconds: number): void => void (clock += seconds * 1000);
const status = async (answer: Promise<Response>): Promise<number> => (await answer).status;
const authorized = (token: string): RequestInit => ({ headers: { Authorization: `Bearer ${token}` } });

describe('POST /token with client credentials', () => {
  it('issues a bearer token that expires after 8600 s', async () => {
    const answer = await read(post(api.fetch, tokenUrl, tokenBody));
    expect(answer).toMatchObject({ action: 'authorize', success: true, token_type: 'Bearer', expires_in: 8600, scope: tokenBody.scope });
    expect(answer).toHaveProperty('authorization.meta.status.code', '00');
  });

  it.each([
    ['another action', { action: 'create.nonce' }, 400],
    ['another grant type', { grant_type: 'password' }, 400],
    ['the audience of another environment', { audience: production.audience }, 400],
    ['an audience without its trailing slash', { audience: sandbox.audience.slice(0, -1) }, 400],
    ['an unknown client', { client_id: 'another' }, 401],
    ['a wrong secret', { client_secret: 'another' }, 401],
    ['a scope that does not exist', { scope: 'put:charges' }, 401],
    ['no scope', { scope: undefined }, 401],
  ])('refuses %s', async (_, changes, expected) => {
    expect(await status(post(api.fetch, tokenUrl, { ...tokenBody, ...changes }))).toBe(expected);
  });

  it('refuses a body that is not JSON and a JSON body without its content type', async () => {
    const headers = { 'Content-Type': 'application/json' };
    expect(await status(api.fetch(tokenUrl, { method: 'POST', headers, body: 'action=authorize' }))).toBe(400);
    expect(await status(api.fetch(tokenUrl, { method: 'POST', body: JSON.stringify(tokenBody) }))).toBe(400);
  });
});

describe('POST /nonce', () => {
  it('returns exactly the documented response', async () => {
    const answer = await read(post(api.fetch, nonceUrl, nonceBody, await bearer(api.fetch)));
    const created = { meta: { status: { code: '00', message_ilgn: [{ locale: 'es_PE', value: 'Código Nonce creado' }] } } };
    const expected = { action: 'create.nonce', success: true, scope: 'post:charges', expires_in: 30, nonce_creation: created };
    expect(answer).toEqual({
      ...expected,
      nonce: expect.stringMatching(/^eyJ0eXAiOiJKV1QiLCJhbGciOiJIUzI1NiJ9\.[\w-]+\.[\w-]+$/) as string,
    });
  });

  it('refuses a bearer token that is missing, malformed, unknown, expired or from another environment', async () => {
    const token = await bearer(api.fetch);
    const malformed = api.fetch(nonceUrl, {
      method: 'POST',
      body: JSON.stringify(nonceBody),
      headers: { 'content-type': 'application/json', authorization: token },
    });
    const elsewhere = post(api.fetch, `${production.auth}/nonce`, { ...nonceBody, audience: production.audience }, token);
    const refused = [post(api.fetch, nonceUrl, nonceBody), malformed, post(api.fetch, nonceUrl, nonceBody, 'unknown'), elsewhere];
    expect(await Promise.all(refused.map(status))).toEqual([401, 401, 401, 401]);
    pass(8600);
    expect(await status(post(api.fetch, nonceUrl, nonceBody, token))).toBe(401);
  });

  it.each([
    ['another action', { action: 'authorize' }],
    ['the audience of another environment', { audience: production.audience }],
    ['another client', { client_id: 'another' }],
    ['no scope', { scope: undefined }],
  ])('returns 400 for %s', async (_, changes) => {
    expect(await status(post(api.fetch, nonceUrl, { ...nonceBody, ...changes }, await bearer(api.fetch)))).toBe(400);
  });

  it('returns 400 without the API version', async () => {
    const headers = { 'Content-Type': 'application/json', Authorization: `Bearer ${await bearer(api.fetch)}` };
    expect(await status(api.fetch(nonceUrl, { method: 'POST', headers, body: JSON.stringify(nonceBody) }))).toBe(400);
  });

  it('returns 403 for a bearer token without the scope', async () => {
    const narrow = await bearer(api.fetch, { scope: 'get:charges' });
    expect(await status(post(api.fetch, nonceUrl, nonceBody, narrow))).toBe(403);
  });
});

describe('POST /token with a nonce', () => {
  const redeem = (token: string): Promise<Response> => post(api.fetch, tokenUrl, { ...redeemBody, nonce: token });

  it('redeems a nonce once', async () => {
    const token = await nonce(api.fetch);
    expect([await status(redeem(token)), await status(redeem(token))]).toEqual([200, 401]);
  });

  it('refuses a nonce that is 30 s old', async () => {
    const [first, second] = [await nonce(api.fetch), await nonce(api.fetch)];
    pass(29.999);
    expect(await status(redeem(first))).toBe(200);
    pass(0.001);
    expect(await status(redeem(second))).toBe(401);
  });

  it('refuses a nonce from another environment', async () => {
    const foreign = { ...redeemBody, audience: production.capture, nonce: await nonce(api.fetch) };
    expect(await status(post(api.fetch, `${production.auth}/token`, foreign))).toBe(401);
  });

  it('refuses as many nonces as the deadNonces fault specifies', async () => {
    api.faults.deadNonces = 1;
    expect(await status(redeem(await nonce(api.fetch)))).toBe(401);
    expect(await status(redeem(await nonce(api.fetch)))).toBe(200);
    api.faults.deadNonces = true;
    expect(await status(redeem(await nonce(api.fetch)))).toBe(401);
  });
});

describe('POST /flex-capture/flex-session', () => {
  const url = `${sandbox.capture}/flex-capture/flex-session`;
  const open = async (body: object): Promise<Response> => post(api.fetch, url, { payload, ...body }, await session(api.fetch));

  it('returns the payment methods in the requested order', async () => {
    expect(await read(open({ displaySettings: { methods: ['QR', 'CARD', 'BARTER'] } }))).toMatchObject({ methods: ['QR', 'CARD'] });
  });

  it('returns every payment method when the request names none', async () => {
    expect(await read(open({}))).toMatchObject({ methods: ['CARD', 'YAPE', 'QR', 'BANK_TRANSFER', 'CUOTEALO', 'PAGOEFECTIVO'] });
  });

  it('refuses a payload that cannot be charged and a request without a session', async () => {
    expect(await status(open({ payload: { ...payload, merchant_operation_number: '1234567890123' } }))).toBe(400);
    expect(await status(post(api.fetch, url, { payload }))).toBe(401);
  });

  it('refuses a merchant code other than the configured one', async () => {
    api = createPaymeApi({ merchantCode: 'another' });
    expect(await status(open({}))).toBe(400);
  });
});

describe('createPaymeApi: a payment', () => {
  const readTransaction = async (response: FlexResponse): Promise<FlexTransaction> => {
    const answer = await api.fetch(call.chargeUrl(response), authorized(await bearer(api.fetch)));
    return ((await answer.json()) as { operation: { transactions: FlexTransaction[] } }).operation.transactions[0]!;
  };
  const state = async (response: FlexResponse): Promise<string> => {
    const answer = await api.fetch(call.chargeUrl(response), authorized(await bearer(api.fetch)));
    return ((await answer.json()) as { operation: { state: string } }).operation.state;
  };

  it('authorises a payment with the approved card', async () => {
    const response = await pay(api.fetch, call.cardBody(paymeCards.approved));
    expect(response).toMatchObject({
      success: 'true',
      merchant_operation_number: '100200300',
      transaction: { state: 'AUTORIZADO', amount: '1050', currency: '604' },
    });
    expect(response.transaction.additional_fields).toEqual({ table: '7' });
    expect(response.transaction.payment_method.method_details).toMatchObject({ masked_pan: '411111******1111', brand: 'VISA' });
  });

  it('declines a payment with the declined card while the technical status stays 00', async () => {
    const response = await pay(api.fetch, call.cardBody(paymeCards.declined));
    expect(response).toMatchObject({ success: 'true', meta: { status: { code: '00' } }, transaction: { state: 'DENEGADO' } });
  });

  it('reports INVALIDO for an invalid card number', async () => {
    expect((await pay(api.fetch, call.cardBody('4111 1111 1111 1112'))).transaction.state).toBe('INVALIDO');
  });

  it('never returns the card number', async () => {
    expect(JSON.stringify(await pay(api.fetch, call.cardBody(paymeCards.approved)))).not.toContain('4111111111111111');
  });

  it('keeps a payment with the pending card pending and authorises it after 4 s', async () => {
    const response = await pay(api.fetch, call.cardBody(paymeCards.pending));
    expect(response.transaction.state).toBe('PENDIENTE');
    expect(response.transaction.expiration_date?.unix_time).toBe(clock / 1000 + 120);
    pass(3.999);
    expect(await state(response)).toBe('PENDIENTE');
    pass(0.001);
    expect(await state(response)).toBe('AUTORIZADO');
  });

  it('expires a payment with the expiring card and an unpaid one', async () => {
    api.faults.unpaid = true;
    const responses = [
      await pay(api.fetch, call.cardBody(paymeCards.expiring)),
      await pay(api.fetch, call.cardBody(paymeCards.pending, '100200301')),
    ];
    pass(119);
    expect(await Promise.all(responses.map(state))).toEqual(['PENDIENTE', 'PENDIENTE']);
    pass(1);
    expect(await Promise.all(responses.map(state))).toEqual(['EXPIRADO', 'EXPIRADO']);
  });

  it('declines a pending payment with the declinedLater card after 4 s', async () => {
    const response = await pay(api.fetch, call.cardBody(paymeCards.declinedLater));
    expect(response.transaction.state).toBe('PENDIENTE');
    pass(4);
    expect(await readTransaction(response)).toMatchObject({ state: 'DENEGADO', expiration_date: null });
    expect(await state(response)).toBe('PENDIENTE');
  });

  it('reports an undocumented state with the unknown card', async () => {
    const response = await pay(api.fetch, call.cardBody(paymeCards.unknown));
    expect(response.transaction.state).toBe('EN PROCESO');
    expect([await state(response), (await readTransaction(response)).state]).toEqual(['EN PROCESO', 'EN PROCESO']);
  });

  it('takes 6 s to respond to a payment with the slow card', async () => {
    const token = await session(api.fetch);
    vi.useFakeTimers();
    const paid = pay(api.fetch, call.cardBody(paymeCards.slow), token);
    const answered = vi.fn();
    void paid.then(answered);
    await vi.advanceTimersByTimeAsync(5999);
    expect(answered).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(1);
    expect((await paid).transaction.state).toBe('AUTORIZADO');
  });

  it('returns a pending QR payment with an image at the top level of the response', async () => {
    const response = await pay(api.fetch, { payload, payment_method: { method_name: 'QR' } });
    expect(response.image).toMatch(/^data:image\/svg\+xml,/);
    expect(response.transaction).toMatchObject({ state: 'PENDIENTE', payment_method: { method_name: 'QR' } });
  });

  it('declines a reused operation number with code 94 and keeps the first payment authorised', async () => {
    const first = await pay(api.fetch, call.cardBody(paymeCards.approved));
    const second = await pay(api.fetch, call.cardBody(paymeCards.approved));
    expect(second.transaction).toMatchObject({ state: 'DENEGADO', processor_response: { result_message: { code: '94' } } });
    expect(await state(first)).toBe('AUTORIZADO');
  });

  it('refuses a second payment from another form after a decline', async () => {
    await pay(api.fetch, call.cardBody(paymeCards.declined));
    const second = await pay(api.fetch, call.cardBody(paymeCards.approved));
    expect(second.transaction.processor_response).toEqual({ result_message: { code: '94', description: 'Duplicate operation number' } });
  });

  it('accepts a second payment in the same form after a decline but not after an approval', async () => {
    const token = await session(api.fetch);
    const cards = [paymeCards.declined, paymeCards.approved, paymeCards.approved];
    const states: string[] = [];
    for (const card of cards) states.push((await pay(api.fetch, call.cardBody(card), token)).transaction.state);
    expect(states).toEqual(['DENEGADO', 'AUTORIZADO', 'DENEGADO']);
  });

  it('keeps the operation pending after a decline, until another card is approved', async () => {
    const token = await session(api.fetch);
    const first = await pay(api.fetch, call.cardBody(paymeCards.declined), token);
    expect(await state(first)).toBe('PENDIENTE');
    const second = await pay(api.fetch, call.cardBody(paymeCards.approved), token);
    expect([await state(first), await state(second)]).toEqual(['AUTORIZADO', 'AUTORIZADO']);
    expect([(await readTransaction(first)).state, (await readTransaction(second)).state]).toEqual(['DENEGADO', 'AUTORIZADO']);
  });

  it.each(['LIQUIDADO', 'DEPOSITADO'] as const)('keeps what a receipt needs once it is %s', async (settled) => {
    const response = await pay(api.fetch, call.cardBody(paymeCards.approved));
    pass(86_400);
    api.settle('100200300', settled);
    const { state, processor_response, lifecycle } = await readTransaction(response);
    expect(state).toBe(settled);
    expect(processor_response).toEqual(response.transaction.processor_response);
    expect(lifecycle.map((step) => step.state)).toEqual(['AUTORIZADO', settled]);
  });

  it('reverses a payment, after which the operation takes no other', async () => {
    const token = await session(api.fetch);
    const response = await pay(api.fetch, call.cardBody(paymeCards.approved), token);
    api.settle('100200300', 'EXTORNADO');
    expect(await state(response)).toBe('EXTORNADO');
    expect(await readTransaction(response)).toMatchObject({
      state_reason: 'Pago anulado',
      processor_response: { reverse_date: '25-03-2026 19:00:00', result_message: { code: '00' } },
    });
    const again = await pay(api.fetch, call.cardBody(paymeCards.approved), token);
    expect(again.transaction.processor_response).toMatchObject({ result_message: { code: '94' } });
  });

  it('describes a card payment as documented', async () => {
    const { transaction } = await pay(api.fetch, call.cardBody(paymeCards.approved));
    expect(transaction.payment_method.method_details).toMatchObject({
      brand: 'VISA',
      last_pan: '1111',
      installments: { plan: 'NORMAL', installment_number: '1' },
    });
    expect(transaction.processor_response).toEqual({
      authorization_code: transaction.transaction_id.slice(-6),
      brand_transaction_id: transaction.transaction_id.slice(0, 4),
      date: '25-03-2026 19:00:00',
      result_message: { code: '00', description: 'Approval and completed successfully' },
    });
  });

  it.each<[FlexMethod, object, object]>([
    ['YAPE', { processor_response: null }, { authorization_code: expect.stringMatching(/^\d{6}$/) as string }],
    [
      'QR',
      { processor_response: { qr_image: expect.stringMatching(/^data:image/) as string, result_message: { code: '0' } } },
      { authorization_code: expect.stringMatching(/^\d{6}$/) as string },
    ],
    [
      'PAGOEFECTIVO',
      {
        processor_response: {
          cip: expect.stringMatching(/^\d{8}$/) as string,
          cip_url: expect.stringMatching(/^https:/) as string,
          result_message: { code: '100' },
        },
      },
      { payment_date: '2026-03-25T19:00:00-05:00', cip: expect.stringMatching(/^\d{8}$/) as string },
    ],
    [
      'BANK_TRANSFER',
      { processor_response: null, continue_url: expect.stringMatching(/^https:/) as string },
      { origin_account: '****1234' },
    ],
    ['CUOTEALO', { processor_response: null, continue_url: expect.stringMatching(/^https:/) as string }, { credit_status: 'APPROVED' }],
  ])('describes a payment with %s as documented, pending and paid', async (method, pending, paid) => {
    const response = await pay(api.fetch, { payload, payment_method: { method_name: method } });
    expect(response.transaction).toMatchObject({ state: 'PENDIENTE', ...pending });
    expect(response.transaction.expiration_date).toEqual({ utc_time: '2026-03-26T00:02:00.000Z', unix_time: clock / 1000 + 120 });
    pass(4);
    const later = await readTransaction(response);
    expect(later).toMatchObject({ state: 'AUTORIZADO', expiration_date: null, processor_response: paid });
    expect(later).not.toHaveProperty('continue_url');
  });

  it('changes the state of a payment through settle()', async () => {
    const response = await pay(api.fetch, call.cardBody(paymeCards.expiring));
    expect(api.settle('100200300', 'CANCELADO')).toBe(true);
    expect(await state(response)).toBe('CANCELADO');
    expect(api.settle('999999999', 'CANCELADO')).toBe(false);
  });

  it('reports the states of a pending payment through consult', async () => {
    const token = await session(api.fetch);
    const { merchant_code, merchant_operation_number, transaction } = await pay(api.fetch, call.cardBody(paymeCards.pending), token);
    const asked = { merchant_code, merchant_operation_number, transaction_id: transaction.transaction_id };
    pass(4);
    const answer = (await read(post(api.fetch, `${sandbox.capture}/flex-capture/consult`, asked, token))) as unknown as FlexResponse;
    expect(answer.transaction.lifecycle.map((step) => step.state)).toEqual(['PENDIENTE', 'AUTORIZADO']);
  });
});

describe('GET and DELETE /charges', () => {
  const remove = async (operation: string): Promise<Response> =>
    api.fetch(`${sandbox.api}/charges/your_merchant_code/${operation}`, { method: 'DELETE', ...authorized(await bearer(api.fetch)) });

  it('returns the operation of a payment', async () => {
    const paid = await pay(api.fetch, call.cardBody(paymeCards.approved));
    const answer = await read(api.fetch(call.chargeUrl(paid), authorized(await bearer(api.fetch))));
    const operation = {
      merchant_operation_number: '100200300',
      amount: '1050',
      currency: '604',
      state: 'AUTORIZADO',
      created_at: '2026-03-26T00:00:00.000Z',
    };
    expect(answer).toMatchObject({
      success: true,
      merchant_code: 'your_merchant_code',
      operation: { ...operation, transactions: [paid.transaction] },
    });
  });

  it('returns 401 without a bearer token, 403 without the scope and 404 for an unknown operation', async () => {
    const url = call.chargeUrl(await pay(api.fetch, call.cardBody(paymeCards.approved)));
    const narrow = await bearer(api.fetch, { scope: 'post:charges' });
    const answers = [api.fetch(url), api.fetch(url, authorized(narrow)), api.fetch(`${url}0`, authorized(await bearer(api.fetch)))];
    expect(await Promise.all(answers.map(status))).toEqual([401, 403, 404]);
  });

  it('names no order for the fault namelessOperations', async () => {
    const paid = await pay(api.fetch, call.cardBody(paymeCards.approved));
    api.faults.namelessOperations = true;
    const answer = await read(api.fetch(call.chargeUrl(paid), authorized(await bearer(api.fetch))));
    expect(answer).toHaveProperty('operation.transactions[0].additional_fields', null);
  });

  it('cancels a pending payment, reverses an authorised one and refuses any other', async () => {
    await pay(api.fetch, call.cardBody(paymeCards.pending, '100200301'));
    await pay(api.fetch, call.cardBody(paymeCards.approved, '100200302'));
    expect(await read(remove('100200301'))).toMatchObject({ operation: { state: 'CANCELADO' } });
    expect(await read(remove('100200302'))).toMatchObject({ operation: { state: 'EXTORNADO' } });
    expect(await status(remove('100200302'))).toBe(400);
  });
});

describe('createPaymeApi: faults', () => {
  it.each<[CallFault, number, string]>([
    [503, 503, 'application/json'],
    ['html', 200, 'text/html'],
    ['empty', 200, 'application/json'],
  ])('responds with the fault %s', async (fault, code, type) => {
    api.faults.token = fault;
    const answer = await post(api.fetch, tokenUrl, tokenBody);
    expect([answer.status, answer.headers.get('content-type')]).toEqual([code, type]);
    await expect(fault === 503 ? Promise.reject(new Error()) : answer.json()).rejects.toThrow();
  });

  it('breaks the connection for the fault drop', async () => {
    api.faults.nonce = 'drop';
    await expect(post(api.fetch, nonceUrl, nonceBody)).rejects.toThrow(TypeError);
  });

  it('never responds for the fault hang and rejects when the request is aborted', async () => {
    api.faults.token = 'hang';
    const controller = new AbortController();
    const answered = vi.fn();
    const hanging = api.fetch(tokenUrl, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{}',
      signal: controller.signal,
    });
    hanging.then(answered, () => undefined);
    vi.useFakeTimers();
    await vi.advanceTimersByTimeAsync(3_600_000);
    expect(answered).not.toHaveBeenCalled();
    controller.abort();
    await expect(hanging).rejects.toMatchObject({ name: 'AbortError' });
  });

  it('delays every response for the fault slow', async () => {
    vi.useFakeTimers();
    api.faults.slow = 500;
    const answered = vi.fn();
    const late = post(api.fetch, tokenUrl, tokenBody).then(answered);
    await vi.advanceTimersByTimeAsync(499);
    expect(answered).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(1);
    await late;
    expect(answered).toHaveBeenCalledOnce();
  });

  it('omits the nonce from a success or refuses it inside a 200', async () => {
    const token = await bearer(api.fetch);
    api.faults.nonce = ['without-nonce', 'refused'];
    const missing = await read(post(api.fetch, nonceUrl, nonceBody, token));
    expect([missing.success, 'nonce' in missing]).toEqual([true, false]);
    expect(await read(post(api.fetch, nonceUrl, nonceBody, token))).toMatchObject({
      success: false,
      nonce_creation: { meta: { status: { code: '99' } } },
    });
    expect(await read(post(api.fetch, nonceUrl, nonceBody, token))).toHaveProperty('nonce');
  });

  it('applies each fault of a list to one call', async () => {
    api.faults.token = [undefined, 500];
    const statuses = [];
    for (let n = 0; n < 3; n++) statuses.push(await status(post(api.fetch, tokenUrl, tokenBody)));
    expect(statuses).toEqual([200, 500, 200]);
  });
});

describe('createPaymeApi', () => {
  it('serves production with its own tokens', async () => {
    const { access_token } = await read(post(api.fetch, `${production.auth}/token`, { ...tokenBody, audience: production.audience }));
    const answer = await post(api.fetch, `${production.auth}/nonce`, { ...nonceBody, audience: production.audience }, String(access_token));
    expect(answer.status).toBe(200);
  });

  it('returns 404 for an unknown path on a known host and rejects a request to an unknown host', async () => {
    expect(await status(post(api.fetch, `${sandbox.api}/token`, tokenBody))).toBe(404);
    await expect(api.fetch('https://example.com/token')).rejects.toThrow(TypeError);
  });

  it('shares no tokens with another instance', async () => {
    const token = await bearer(api.fetch);
    expect(await status(post(createPaymeApi().fetch, nonceUrl, nonceBody, token))).toBe(401);
  });

  it('records requests without their bodies', async () => {
    await bearer(api.fetch);
    expect(api.requests).toEqual([{ method: 'POST', url: tokenUrl }]);
  });
});
