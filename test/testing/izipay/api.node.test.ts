import { createHmac } from 'node:crypto';
import { beforeEach, describe, expect, it } from 'vitest';
import { hosts, readTokenLifetime, tokenPath } from '../../../src/providers/izipay/contract.js';
import { createIzipayApi, type IzipayApi } from '../../../src/testing/izipay/api.js';
import { izipayCards } from '../../../src/testing/izipay/cards.js';
import { readEnvironment } from '../../../src/testing/izipay/client.js';
import { post, read, type Json } from '../support.js';
import { configFor, generate, open, pay, session, token, tokenBody, transactionId } from './support.js';

let api: IzipayApi;
let now: number;

/** Opens a form with another config, and returns its session. */
async function formFor(changes: Json, ofOrder: Json = {}): Promise<string> {
  const opened = await open(api.fetch, await token(api.fetch), configFor(changes, ofOrder));
  return (opened.response as { session: string }).session;
}

beforeEach(() => {
  now = Date.UTC(2025, 8, 15);
  api = createIzipayApi({ now: () => now });
});

describe('POST /security/v1/Token/Generate', () => {
  it('returns a token for the documented sample request', async () => {
    const answer = await read(generate(api.fetch));
    expect(answer).toMatchObject({ code: '00', message: 'OK', response: { token: expect.stringMatching(/^eyJ/) as string } });
  });

  it('returns a JWT with the recorded claims and a lifetime of 900 s', async () => {
    const given = await token(api.fetch);
    const claims = JSON.parse(Buffer.from(given.split('.')[1] ?? '', 'base64url').toString()) as object;
    expect(claims).toMatchObject({
      merchantCode: '4007701',
      facilitatorCode: '0',
      transactionId,
      OrderNumber: 'R202211101518',
      Amount: '15.00',
    });
    expect(Object.keys(claims)).toEqual(expect.arrayContaining(['TokenId', 'nbf', 'exp', 'iat']));
    expect(readTokenLifetime(given)).toBe(900);
  });

  /** Values that the documented field tables rule out, by field. */
  it.each<[string, string[]]>([
    ['requestSource', ['SALE', 'ecommerce', '']],
    ['merchantCode', ['', '1'.repeat(16)]],
    ['orderNumber', ['R202', 'R'.repeat(16)]],
    ['publicKey', ['k'.repeat(15), 'k'.repeat(401)]],
    ['amount', ['15', '1,500.00', '15.0', '99999999999.99']],
  ])('refuses an invalid `%s` with 400 and names the field', async (field, values) => {
    for (const value of values) {
      const answer = await generate(api.fetch, { [field]: value });
      expect(answer.status, value).toBe(400);
      expect((await read(answer)).message).toContain(`\`${field}\``);
    }
  });

  it.each(['', '1234', '1'.repeat(41), '16868-479'])('refuses the header transactionId "%s"', async (transaction) => {
    expect((await generate(api.fetch, {}, transaction)).status).toBe(400);
  });

  it('opens no form for a config without the payment data', async () => {
    for (const config of [undefined, {}, { order: [] }]) {
      expect(await open(api.fetch, await token(api.fetch), config as never)).toMatchObject({ code: config === undefined ? '00' : 'A02' });
    }
  });

  it('defaults to PEN when the config names no currency', async () => {
    const opened = await open(api.fetch, await token(api.fetch), configFor({}, { currency: undefined }));
    expect(opened.response).toMatchObject({ currency: 'PEN' });
  });

  it.each(['', 'nonsense', 'a.b.c', `a.${btoa('{}')}`, `a.${btoa('{"TokenId":"moon:1"}')}`])(
    'assumes the sandbox for the token "%s" without a known environment',
    (foreign) => expect(readEnvironment(foreign)).toBe('sandbox'),
  );

  it.each([
    ['3782 822463 10005', 'AE'],
    ['4111 1111 1111 1111', 'VS'],
    ['5555 5555 5555 4444', 'MC'],
    ['6011 1111 1111 1117', ''],
  ])('returns the brand of the card %s', async (pan, brand) => {
    const form = await session(api.fetch);
    expect((await pay(api.fetch, pan, form)).response).toMatchObject({ card: { brand } });
  });

  it('accepts REFUND with an amount of 0.00', async () => {
    expect((await generate(api.fetch, { requestSource: 'REFUND', amount: '0.00' })).status).toBe(200);
  });

  it('returns 401 for another merchant and for another key', async () => {
    expect((await generate(api.fetch, { merchantCode: '4000901' })).status).toBe(401);
    expect((await generate(api.fetch, { publicKey: 'k'.repeat(32) })).status).toBe(401);
  });
});

describe('createIzipayApi: the form', () => {
  it('opens once per token', async () => {
    const given = await token(api.fetch);
    expect(await open(api.fetch, given)).toMatchObject({ code: '00', response: { amount: '15.00', currency: 'PEN' } });
    expect(await open(api.fetch, given)).toMatchObject({ code: 'A02' });
  });

  it.each<[string, ReturnType<typeof configFor>]>([
    ['transaction', configFor({ transactionId: '99999999' })],
    ['merchant', configFor({ merchantCode: '4000901' })],
    ['order number', configFor({}, { orderNumber: 'R99999' })],
    ['amount', configFor({}, { amount: '1.00' })],
  ])('does not open for a different %s than the one in the token', async (_, config) => {
    expect(await open(api.fetch, await token(api.fetch), config)).toMatchObject({ code: 'A02' });
  });

  it('opens for another currency because the token is not bound to one', async () => {
    expect(await open(api.fetch, await token(api.fetch), configFor({}, { currency: 'USD' }))).toMatchObject({ code: '00' });
  });

  it('does not open with a token that is 900 s old, forged or from another environment', async () => {
    const old = await token(api.fetch);
    now += 900_000;
    expect(await open(api.fetch, old)).toMatchObject({ code: 'A02' });
    const elsewhere = await read(post(api.fetch, `${hosts.sandbox.api}${tokenPath}`, tokenBody, { transactionId }));
    expect(await open(api.fetch, (elsewhere.response as { token: string }).token)).toMatchObject({ code: 'A02' });
    expect(await open(api.fetch, 'made up')).toMatchObject({ code: 'A02' });
  });
});

describe('createIzipayApi: a payment', () => {
  it('is approved with a result signed with the hash key', async () => {
    const result = await pay(api.fetch, izipayCards.approved);
    expect(result).toMatchObject({ code: '00', transactionId, response: { payMethod: 'CARD', merchant: { merchantCode: '4007701' } } });
    expect(result.signature).toBe(createHmac('sha256', 'your_hash_key').update(String(result.payloadHttp)).digest('base64'));
    const { response } = JSON.parse(String(result.payloadHttp)) as { response: { order: object[] } };
    expect(response.order[0]).toMatchObject({ orderNumber: 'R202211101518', amount: '15.00', currency: 'PEN', stateMessage: 'Autorizado' });
  });

  it.each([
    [izipayCards.declined, 'T05'],
    ['4111 1111 1111 1112', 'T14'],
  ])('with the card %s is declined with the signed code %s', async (pan, code) => {
    const result = await pay(api.fetch, pan);
    expect(result).toMatchObject({ code, signature: expect.any(String) as string });
    expect(JSON.parse(String(result.payloadHttp))).toMatchObject({ code });
  });

  it('names the time of Lima', async () => {
    now = Date.UTC(2025, 8, 15, 3, 4, 5);
    const { response } = await pay(api.fetch, izipayCards.approved);
    expect(response).toMatchObject({ order: [{ dateTransaction: '20250914', timeTransaction: '220405' }] });
  });

  it('has the same answer for a pre-authorisation', async () => {
    const form = await formFor({}, { processType: 'PA' });
    const { code, response } = await pay(api.fetch, izipayCards.approved, form);
    expect({ code, response }).toMatchObject({
      code: '00',
      response: { order: [{ stateMessage: 'Autorizado', codeAuth: expect.stringMatching(/./) as string }] },
    });
  });

  it('with the unknown card is signed with code 00 and a state that is in no documentation', async () => {
    const { code, response } = await pay(api.fetch, izipayCards.unknown);
    expect({ code, response }).toMatchObject({ code: '00', response: { order: [{ stateMessage: 'Observado' }] } });
  });

  it('stores the card after pay_register, and only then', async () => {
    const stored = await pay(api.fetch, izipayCards.approved, await formFor({ action: 'pay_register' }));
    const token = { merchantBuyerId: 'buyer-1001', cardToken: expect.stringMatching(/^[0-9a-f]{32}$/) as string, alias: '' };
    expect(stored.response).toMatchObject({ card: { save: 'true' }, token, order: [{ uniqueId: expect.stringMatching(/./) as string }] });
    for (const result of [
      await pay(api.fetch, izipayCards.approved),
      await pay(api.fetch, izipayCards.declined, await formFor({ action: 'pay_register' })),
    ])
      expect(result.response).toMatchObject({ card: { save: 'false' }, token: { cardToken: '' } });
  });

  it('stores the card after register, without the numbers of a charge', async () => {
    const result = await pay(api.fetch, izipayCards.approved, await formFor({ action: 'register' }));
    const payment = { codeAuth: '', uniqueId: '', referenceNumber: '', installment: '', stateMessage: 'Autorizado' };
    expect(result).toMatchObject({ code: '00', response: { card: { save: 'true' }, order: [payment] } });
    expect(result.response).toMatchObject({ token: { cardToken: expect.stringMatching(/^[0-9a-f]{32}$/) as string } });
  });

  it('with the undecided card returns COMMUNICATION_ERROR with an HTML message and no signature', async () => {
    expect(await pay(api.fetch, izipayCards.undecided)).toEqual({
      code: 'COMMUNICATION_ERROR',
      message: expect.stringContaining('<html>') as string,
    });
  });

  it('is declined in a form that is already paid', async () => {
    const form = await session(api.fetch);
    await pay(api.fetch, izipayCards.approved, form);
    expect(await pay(api.fetch, izipayCards.approved, form)).toMatchObject({ code: 'T05' });
  });

  it('never returns the card number', async () => {
    const text = JSON.stringify(await pay(api.fetch, izipayCards.approved));
    expect(text).not.toContain('4111111111111111');
    expect(text).toContain('411111******1111');
  });
});

describe('createIzipayApi: faults', () => {
  it.each(['refused', 'without-token'] as const)('returns a 200 without a token for the fault %s', async (fault) => {
    api.faults.token = fault;
    const answer = await generate(api.fetch);
    expect(answer.status).toBe(200);
    expect(JSON.stringify(await read(answer))).not.toContain('eyJ');
  });

  it('capitalises the response keys, as in an older guide, for the fault capitals', async () => {
    api.faults.token = 'capitals';
    expect(await read(generate(api.fetch))).toMatchObject({ Code: '00', Response: { Token: expect.any(String) as string } });
  });

  it.each([
    [503, 503],
    ['html', 200],
    ['empty', 200],
  ] as const)('applies the fault %s from a list to one call, with status %i', async (fault, status) => {
    api.faults.token = [undefined, fault];
    const answers = [await generate(api.fetch), await generate(api.fetch), await generate(api.fetch)];
    expect(answers.map((answer) => answer.status)).toEqual([200, status, 200]);
  });

  it('breaks the connection for the fault drop and rejects on abort for the fault hang', async () => {
    api.faults.token = ['drop', 'hang'];
    await expect(generate(api.fetch)).rejects.toThrow(TypeError);
    const controller = new AbortController();
    const headers = { 'Content-Type': 'application/json', transactionId };
    const hanging = api.fetch(`${hosts.test.api}${tokenPath}`, {
      method: 'POST',
      headers,
      body: JSON.stringify(tokenBody),
      signal: controller.signal,
    });
    controller.abort();
    await expect(hanging).rejects.toThrow('aborted');
  });

  it('makes the payment for the fault lost, and breaks the connection', async () => {
    api.faults.charge = ['lost'];
    const form = await formFor({ urlIPN: 'https://shop.example.com/ipn' });
    await expect(pay(api.fetch, izipayCards.approved, form)).rejects.toThrow(TypeError);
    expect(await api.notification(tokenBody.orderNumber).json()).toMatchObject({ code: '00', signature: expect.any(String) as string });
  });

  it('signs results with the key of the fault hashKey', async () => {
    api.faults.hashKey = 'newest';
    const { payloadHttp, signature } = await pay(api.fetch, izipayCards.approved);
    expect(signature).toBe(createHmac('sha256', 'newest').update(String(payloadHttp)).digest('base64'));
  });

  it('refuses as many tokens as the fault deadTokens specifies', async () => {
    api.faults.deadTokens = 1;
    expect(await open(api.fetch, await token(api.fetch))).toMatchObject({ code: 'A02' });
    expect(await open(api.fetch, await token(api.fetch))).toMatchObject({ code: '00' });
  });
});

describe('createIzipayApi', () => {
  it('serves both hosts of all three environments and rejects a request to any other host', async () => {
    expect(api.hosts).toHaveLength(6);
    await expect(api.fetch('https://example.com/')).rejects.toThrow(TypeError);
  });

  it('returns 404 for another path, another method and the token path on another host', async () => {
    expect((await api.fetch(`${hosts.test.api}/`)).status).toBe(404);
    expect((await api.fetch(`${hosts.test.api}${tokenPath}`)).status).toBe(404);
    expect((await post(api.fetch, `${hosts.test.checkout}${tokenPath}`, tokenBody)).status).toBe(404);
  });

  it('records requests without their bodies', async () => {
    await generate(api.fetch);
    expect(api.requests).toEqual([{ method: 'POST', url: `${hosts.test.api}${tokenPath}` }]);
  });
});
