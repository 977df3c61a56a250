import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { hosts } from '../../../src/providers/payme/contract.js';
import { createPaymeApi } from '../../../src/testing/payme/api.js';
import type { PaymeApi } from '../../../src/testing/payme/api.js';
import { paymeCards } from '../../../src/testing/payme/cards.js';
import type { CallFault } from '../../../src/testing/faults.js';
import type { FlexResponse } from '../../../src/testing/payme/types.js';
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
  it('gives a bearer that lives for 8600 s', async () => {
    const answer = await read(post(api.fetch, tokenUrl, tokenBody));
    expect(answer).toMatchObject({ action: 'authorize', success: true, token_type: 'Bearer', expires_in: 8600, scope: tokenBody.scope });
    expect(answer).toHaveProperty('authorization.meta.status.code', '00');
  });

  it.each([
    ['another action', { action: 'create.nonce' }, 400],
    ['another grant', { grant_type: 'password' }, 400],
    ['the audience of another environment', { audience: production.audience }, 400],
    ['an audience without its slash', { audience: sandbox.audience.slice(0, -1) }, 400],
    ['an unknown client', { client_id: 'another' }, 401],
    ['a wrong secret', { client_secret: 'another' }, 401],
    ['a scope that does not exist', { scope: 'put:charges' }, 401],
    ['no scope', { scope: undefined }, 401],
  ])('refuses %s', async (_, changes, expected) => {
    expect(await status(post(api.fetch, tokenUrl, { ...tokenBody, ...changes }))).toBe(expected);
  });

  it('refuses a body that is not JSON, and one that does not say so', async () => {
    const headers = { 'Content-Type': 'application/json' };
    expect(await status(api.fetch(tokenUrl, { method: 'POST', headers, body: 'action=authorize' }))).toBe(400);
    expect(await status(api.fetch(tokenUrl, { method: 'POST', body: JSON.stringify(tokenBody) }))).toBe(400);
  });
});

describe('POST /nonce', () => {
  it('answers exactly as the seed says', async () => {
    const answer = await read(post(api.fetch, nonceUrl, nonceBody, await bearer(api.fetch)));
    const created = { meta: { status: { code: '00', message_ilgn: [{ locale: 'es_PE', value: 'Código Nonce creado' }] } } };
    const expected = { action: 'create.nonce', success: true, scope: 'post:charges', expires_in: 30, nonce_creation: created };
    expect(answer).toEqual({
      ...expected,
      nonce: expect.stringMatching(/^eyJ0eXAiOiJKV1QiLCJhbGciOiJIUzI1NiJ9\.[\w-]+\.[\w-]+$/) as string,
    });
  });

  it('refuses a bearer that is missing, malformed, unknown, of another environment or expired', async () => {
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
  ])('answers 400 to %s', async (_, changes) => {
    expect(await status(post(api.fetch, nonceUrl, { ...nonceBody, ...changes }, await bearer(api.fetch)))).toBe(400);
  });

  it('answers 400 without the API version', async () => {
    const headers = { 'Content-Type': 'application/json', Authorization: `Bearer ${await bearer(api.fetch)}` };
    expect(await status(api.fetch(nonceUrl, { method: 'POST', headers, body: JSON.stringify(nonceBody) }))).toBe(400);
  });

  it('answers 403 to a bearer without the scope', async () => {
    const narrow = await bearer(api.fetch, { scope: 'get:charges' });
    expect(await status(post(api.fetch, nonceUrl, nonceBody, narrow))).toBe(403);
  });
});

describe('POST /token with a nonce', () => {
  const redeem = (token: string): Promise<Response> => post(api.fetch, tokenUrl, { ...redeemBody, nonce: token });

  it('spends a nonce once', async () => {
    const token = await nonce(api.fetch);
    expect([await status(redeem(token)), await status(redeem(token))]).toEqual([200, 401]);
  });

  it('refuses a nonce from 30 s on', async () => {
    const [first, second] = [await nonce(api.fetch), await nonce(api.fetch)];
    pass(29.999);
    expect(await status(redeem(first))).toBe(200);
    pass(0.001);
    expect(await status(redeem(second))).toBe(401);
  });

  it('refuses the nonce of another environment', async () => {
    const foreign = { ...redeemBody, audience: production.capture, nonce: await nonce(api.fetch) };
    expect(await status(post(api.fetch, `${production.auth}/token`, foreign))).toBe(401);
  });

  it('refuses as many nonces as were asked to be dead', async () => {
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

  it('gives the methods in the order in which they were asked for', async () => {
    expect(await read(open({ displaySettings: { methods: ['QR', 'CARD', 'BARTER'] } }))).toMatchObject({ methods: ['QR', 'CARD'] });
  });

  it('gives every method where none is asked for', async () => {
    expect(await read(open({}))).toMatchObject({ methods: ['CARD', 'YAPE', 'QR', 'BANK_TRANSFER', 'CUOTEALO', 'PAGOEFECTIVO'] });
  });

  it('refuses a payload that could not be charged, and a form without a session', async () => {
    expect(await status(open({ payload: { ...payload, merchant_operation_number: '1234567890123' } }))).toBe(400);
    expect(await status(post(api.fetch, url, { payload }))).toBe(401);
  });

  it('refuses a merchant code that is not the one it was given', async () => {
    api = createPaymeApi({ merchantCode: 'another' });
    expect(await status(open({}))).toBe(400);
  });
});

describe('createPaymeApi: a payment', () => {
  const state = async (response: FlexResponse): Promise<string> => {
    const answer = await api.fetch(call.chargeUrl(response), authorized(await bearer(api.fetch)));
    return ((await answer.json()) as { operation: { state: string } }).operation.state;
  };

  it('is authorised with the approved card', async () => {
    const response = await pay(api.fetch, call.cardBody(paymeCards.approved));
    expect(response).toMatchObject({
      success: 'true',
      merchant_operation_number: '100200300',
      transaction: { state: 'AUTORIZADO', amount: '1050', currency: '604' },
    });
    expect(response.transaction.additional_fields).toEqual({ table: '7' });
    expect(response.transaction.payment_method.method_details).toMatchObject({ masked_pan: '411111******1111', brand: 'VISA' });
  });

  it('is declined with a technical status that still says 00', async () => {
    const response = await pay(api.fetch, call.cardBody(paymeCards.declined));
    expect(response).toMatchObject({ success: 'true', meta: { status: { code: '00' } }, transaction: { state: 'DENEGADO' } });
  });

  it('is invalid with a number that is no card number', async () => {
    expect((await pay(api.fetch, call.cardBody('4111 1111 1111 1112'))).transaction.state).toBe('INVALIDO');
  });

  it('never gives the card number back', async () => {
    expect(JSON.stringify(await pay(api.fetch, call.cardBody(paymeCards.approved)))).not.toContain('4111111111111111');
  });

  it('is pending with the pending card, and authorised 4 s later', async () => {
    const response = await pay(api.fetch, call.cardBody(paymeCards.pending));
    expect(response.transaction.state).toBe('PENDIENTE');
    expect(response.transaction.expiration_date?.unix_time).toBe(clock / 1000 + 120);
    pass(3.999);
    expect(await state(response)).toBe('PENDIENTE');
    pass(0.001);
    expect(await state(response)).toBe('AUTORIZADO');
  });

  it('expires with the expiring card, and where nobody pays', async () => {
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

  it('takes 6 s with the slow card', async () => {
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

  it('by QR comes with a picture at the top level and is pending', async () => {
    const response = await pay(api.fetch, { payload, payment_method: { method_name: 'QR' } });
    expect(response.image).toMatch(/^data:image\/svg\+xml,/);
    expect(response.transaction).toMatchObject({ state: 'PENDIENTE', payment_method: { method_name: 'QR' } });
  });

  it('with the operation number of another form is declined with code 94, and the first one stands', async () => {
    const first = await pay(api.fetch, call.cardBody(paymeCards.approved));
    const second = await pay(api.fetch, call.cardBody(paymeCards.approved));
    expect(second.transaction).toMatchObject({ state: 'DENEGADO', processor_response: { result_message: { code: '94' } } });
    expect(await state(first)).toBe('AUTORIZADO');
  });

  it('cannot be tried again by another form after a decline', async () => {
    await pay(api.fetch, call.cardBody(paymeCards.declined));
    const second = await pay(api.fetch, call.cardBody(paymeCards.approved));
    expect(second.transaction.processor_response).toEqual({ result_message: { code: '94', description: 'Duplicate operation number' } });
  });

  it('may be tried again in the same form after a decline, and not once it was paid', async () => {
    const token = await session(api.fetch);
    const cards = [paymeCards.declined, paymeCards.approved, paymeCards.approved];
    const states: string[] = [];
    for (const card of cards) states.push((await pay(api.fetch, call.cardBody(card), token)).transaction.state);
    expect(states).toEqual(['DENEGADO', 'AUTORIZADO', 'DENEGADO']);
  });

  it('can be settled by hand', async () => {
    const response = await pay(api.fetch, call.cardBody(paymeCards.expiring));
    expect(api.settle('100200300', 'CANCELADO')).toBe(true);
    expect(await state(response)).toBe('CANCELADO');
    expect(api.settle('999999999', 'CANCELADO')).toBe(false);
  });

  it('that is pending is reported by consult', async () => {
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

  it('describe the operation that was paid', async () => {
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
      success: 'true',
      merchant_code: 'your_merchant_code',
      operation: { ...operation, transactions: [paid.transaction] },
    });
  });

  it('answer 401 without a bearer, 403 without the scope, 404 for what was never paid', async () => {
    const url = call.chargeUrl(await pay(api.fetch, call.cardBody(paymeCards.approved)));
    const narrow = await bearer(api.fetch, { scope: 'post:charges' });
    const answers = [api.fetch(url), api.fetch(url, authorized(narrow)), api.fetch(`${url}0`, authorized(await bearer(api.fetch)))];
    expect(await Promise.all(answers.map(status))).toEqual([401, 403, 404]);
  });

  it('cancel what is pending, reverse what was paid, and nothing else', async () => {
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
  ])('%s is what a call answers', async (fault, code, type) => {
    api.faults.token = fault;
    const answer = await post(api.fetch, tokenUrl, tokenBody);
    expect([answer.status, answer.headers.get('content-type')]).toEqual([code, type]);
    await expect(fault === 503 ? Promise.reject(new Error()) : answer.json()).rejects.toThrow();
  });

  it('drop breaks the connection', async () => {
    api.faults.nonce = 'drop';
    await expect(post(api.fetch, nonceUrl, nonceBody)).rejects.toThrow(TypeError);
  });

  it('hang never answers, and ends with the signal', async () => {
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

  it('slow delays every answer', async () => {
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

  it('a nonce can be missing from a success, or refused inside a 200', async () => {
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

  it('a list has one fault for each of the next calls', async () => {
    api.faults.token = [undefined, 500];
    const statuses = [];
    for (let n = 0; n < 3; n++) statuses.push(await status(post(api.fetch, tokenUrl, tokenBody)));
    expect(statuses).toEqual([200, 500, 200]);
  });
});

describe('createPaymeApi', () => {
  it('keeps production apart, where everything lives on two hosts', async () => {
    const { access_token } = await read(post(api.fetch, `${production.auth}/token`, { ...tokenBody, audience: production.audience }));
    const answer = await post(api.fetch, `${production.auth}/nonce`, { ...nonceBody, audience: production.audience }, String(access_token));
    expect(answer.status).toBe(200);
  });

  it('answers 404 to an unknown path, also on another of its hosts, and to an unknown host like a fetch without one', async () => {
    expect(await status(post(api.fetch, `${sandbox.api}/token`, tokenBody))).toBe(404);
    await expect(api.fetch('https://example.com/token')).rejects.toThrow(TypeError);
  });

  it('shares nothing with another one', async () => {
    const token = await bearer(api.fetch);
    expect(await status(post(createPaymeApi().fetch, nonceUrl, nonceBody, token))).toBe(401);
  });

  it('says what it was asked, without bodies', async () => {
    await bearer(api.fetch);
    expect(api.requests).toEqual([{ method: 'POST', url: tokenUrl }]);
  });
});
