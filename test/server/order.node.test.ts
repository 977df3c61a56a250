import { describe, expect, it, vi } from 'vitest';
import type { IssuedToken, OrderInput } from '../../src/server.js';
import { createEndpoints, createRequest, fakePayme, order, readResponse, tokenBody } from './fake-payme.js';

/** Requests a token, and returns the order as `onToken` receives it. */
async function readOrder(changes: Partial<OrderInput>) {
  const onToken = vi.fn<(issued: IssuedToken) => void>();
  const pay = createEndpoints(fakePayme(), { order: () => ({ ...order, ...changes }), onToken });
  expect((await readResponse(pay.token(createRequest(tokenBody)))).status).toBe(200);
  return onToken.mock.calls[0]![0].order;
}

describe('an order', () => {
  it('counts null as absent', async () => {
    const nothing = { settled: null, paid: null, instructions: null, openedAt: null, extra: null };
    expect(await readOrder(nothing)).toEqual(order);
  });

  it('counts null as absent in the instructions', async () => {
    const given = { cip: '1508405', cipUrl: null, qrImage: null, continueUrl: null, expiresAt: null };
    expect((await readOrder({ instructions: given })).instructions).toEqual({ cip: '1508405' });
  });

  it('keeps null inside `extra`, which is in the provider’s format', async () => {
    const extra = { shipping: null, additional_fields: { table: null } };
    expect((await readOrder({ extra })).extra).toEqual(extra);
  });

  it.each([null, undefined])('answers a settled order whose other fields are %s', async (nothing) => {
    const settled = {
      ...order,
      settled: 'pending' as const,
      paid: nothing,
      buyer: nothing,
      instructions: { cip: '1508405', cipUrl: nothing },
    };
    const answer = await readResponse(createEndpoints(fakePayme(), { order: () => settled }).token(createRequest(tokenBody)));
    expect(answer.json).toEqual({ outcome: 'pending', instructions: { cip: '1508405' } });
  });
});

describe('a buyer', () => {
  it('counts null and empty text as absent', async () => {
    const phone = { countryCode: null, number: ' ' };
    const address = { line1: '', line2: null, city: '\n', state: '\u200b', country: null, postalCode: null };
    const document = { country: null, type: '', number: null };
    expect((await readOrder({ buyer: { firstName: 'Lucía', lastName: null, email: '', phone, address, document } })).buyer).toEqual({
      firstName: 'Lucía',
      phone: {},
      address: {},
      document: {},
    });
    expect((await readOrder({ buyer: { firstName: 'Lucía', phone: null, address: null, document: null } })).buyer).toEqual({
      firstName: 'Lucía',
      phone: {},
    });
  });

  it('counts a number as text', async () => {
    const buyer = {
      firstName: 'Lucía',
      phone: { countryCode: 51, number: 987654321 },
      address: { postalCode: 15046 },
      document: { type: 'DNI', number: 12345678n },
    };
    expect((await readOrder({ buyer })).buyer).toEqual({
      firstName: 'Lucía',
      phone: { countryCode: '51', number: '987654321' },
      address: { postalCode: '15046' },
      document: { type: 'DNI', number: '12345678' },
    });
  });

  it.each([NaN, Infinity])('counts the number %d as absent', async (number) => {
    expect((await readOrder({ buyer: { firstName: 'Lucía', document: { number } } })).buyer?.document).toEqual({});
  });

  it.each(['+51 987654321', 51987654321])('counts the phone %s as its number', async (phone) => {
    expect((await readOrder({ buyer: { phone } })).buyer).toEqual({ phone: { number: String(phone) } });
  });

  it.each([
    ['white space', ' Ana \t María\r\n', 'Ana María'],
    ['control characters', 'Ana\u0000\u0007 \u202eMaría\ufeff', 'Ana María'],
    ['half a surrogate pair', 'Ana\ud83d María', 'Ana María'],
    ['a decomposed accent', 'Lucı\u0301a Pe\u0301rez', 'Lucı\u0301a Pérez'],
  ])('is without %s that nobody typed on purpose', async (_, firstName, expected) => {
    expect((await readOrder({ buyer: { firstName } })).buyer?.firstName).toBe(expected.normalize('NFC'));
  });
});
