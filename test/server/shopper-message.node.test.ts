import { describe, expect, it } from 'vitest';
import {
  createPayEndpoints,
  OrderInvalid,
  OrderRefused,
  Problem,
  type OutcomeReply,
  type ServerProvider,
  type VerifiedOutcome,
} from '../../src/server.js';
import { createEndpoints, createRequest, fakePayme, order, readResponse, tokenBody } from './fake-payme.js';

async function refuse(error: unknown) {
  const order = () => Promise.reject(error as Error);
  return (await readResponse(createEndpoints(fakePayme(), { order }).token(createRequest(tokenBody)))).json;
}

const say = (shopperMessage: unknown) => refuse(new OrderInvalid('Sold out.', { shopperMessage: shopperMessage as string }));

describe('shopperMessage of an order error', () => {
  it('is part of the response, beside the message for developers', async () => {
    expect(await say('Agotado')).toMatchObject({ status: 422, detail: 'Sold out.', shopperMessage: 'Agotado', retryable: false });
    const error = new OrderRefused(undefined, { shopperMessage: 'Inicia sesión otra vez.' });
    expect(await refuse(error)).toMatchObject({ status: 404, shopperMessage: 'Inicia sesión otra vez.' });
  });

  it.each([undefined, null, '', '  \n ', 7, { es: 'Agotado' }])('is left out if it is %j', async (shopperMessage) => {
    expect(await say(shopperMessage)).not.toHaveProperty('shopperMessage');
  });

  it.each([
    ['in one line', ' Agotado.\r\n\tVuelve  mañana. ', 'Agotado. Vuelve mañana.'],
    ['without invisible characters', 'Ago\u202etado\u0000\u200b', 'Agotado'],
    ['as text, even if it looks like markup', '<b>Agotado</b> & más', '<b>Agotado</b> & más'],
    ['cut to 200 characters', 'á'.repeat(300), 'á'.repeat(200)],
    ['cut without splitting a character', `${'a'.repeat(199)}😀`, 'a'.repeat(199)],
  ])('is sent %s', async (_, typed, sent) => {
    expect(await say(typed)).toMatchObject({ shopperMessage: sent });
  });

  it('is cleaned in the problem of a merchant’s own provider, too', async () => {
    const response = new Problem('upstream-busy', 'The bank is closed.', { shopperMessage: 'Vuelve\nmañana.' }).toResponse();
    expect(await response.json()).toMatchObject({ detail: 'The bank is closed.', shopperMessage: 'Vuelve mañana.' });
  });
});

/** Reports a payment with this outcome, and returns the page's answer. */
async function report(verified: VerifiedOutcome, reply: OutcomeReply) {
  const createToken = () => Promise.reject(new Error('unexpected token request'));
  const other: ServerProvider = { name: 'other', environments: ['sandbox'], createToken, verify: () => Promise.resolve(verified) };
  const pay = createPayEndpoints({ environment: 'sandbox', providers: { other }, order: () => order, onOutcome: () => reply });
  const result = { provider: 'other', raw: {} };
  return (await readResponse(pay.outcome(createRequest({ ...tokenBody, provider: 'other', attempt: 1, result })))).json;
}

describe('shopperMessage of onOutcome', () => {
  it.each<[VerifiedOutcome, object]>([
    [{ outcome: 'paid' }, { outcome: 'paid' }],
    [{ outcome: 'declined' }, { outcome: 'declined' }],
    [{ outcome: 'refunded' }, { outcome: 'declined', reason: 'returned' }],
    [{ outcome: 'pending', reason: 'price' }, { outcome: 'pending' }],
  ])('is part of the answer to the page for %j', async (verified, answer) => {
    const reply = { shopperMessage: 'Te escribiremos\nhoy.' };
    expect(await report(verified, reply)).toEqual({ ...answer, shopperMessage: 'Te escribiremos hoy.' });
  });

  it.each([undefined, null, 'Agotado', 7, {}, { shopperMessage: 7 }])('is left out if onOutcome returns %j', async (reply) => {
    expect(await report({ outcome: 'paid' }, reply as OutcomeReply)).toEqual({ outcome: 'paid' });
  });
});
