import { describe, expect, it } from 'vitest';
import { order } from '../../../server/fake-payme.js';
import { createCharge, transactionId, verify, type ChargeChanges } from './fake-charge.js';

const describePayment = async (changes: ChargeChanges) => {
  const { reported, operation, json } = await verify((number) => createCharge(number, changes));
  return { ...reported!, operation, json };
};
const readDetails = async (transaction: object) => (await describePayment({ transaction })).details;
const createDate = (utc_time: string, unix_time?: unknown) => ({ utc_time, unix_time });

/** A card payment as documented. */
const card = {
  payment_method: {
    method_name: 'CARD',
    method_details: {
      brand: 'VISA',
      masked_pan: '455788******9268',
      last_pan: '9268',
      bin: '455788',
      card_type: 'DEBIT',
      card_country: 'PE',
      issuer: 'BANCO DE CREDITO DEL PERU - BCP',
      installments: { plan: 'DIFERIDO', installment_number: '2' },
    },
  },
  processor_response: {
    authorization_code: '055552',
    brand_transaction_id: '100B',
    date: '17-01-2024 12:27:46',
    result_message: { code: '00', description: 'Approval and completed successfully' },
  },
  authentication_result: { version: '2.1.0', eci: '05' },
  lifecycle: [
    { state: 'REGISTRADO', date: createDate('2024-07-05T17:46:50Z', 1720201610) },
    { state: 'AUTORIZADO', date: createDate('2024-07-05T17:46:56Z', 1720201616) },
  ],
};

describe('payment (Pay-me)', () => {
  it('has every number that Pay-me asks for later', async () => {
    const { payment, operation, reference } = await describePayment({});
    expect(payment).toEqual({
      provider: 'payme',
      environment: 'sandbox',
      order: order.reference,
      id: operation,
      operationNumber: operation,
      transactionId,
      amount: 1050,
      currency: 'PEN',
    });
    expect(reference).toBe(transactionId);
  });

  it('has the price of the order while Pay-me does not know the charge', async () => {
    const { reported, operation } = await verify(() => 404);
    expect(reported!.payment).toMatchObject({ id: operation, transactionId, amount: 1050, currency: 'PEN' });
    expect(reported!.details).toEqual({ amount: 1050, currency: 'PEN' });
  });

  it('has the price of the order in `payment`, and what was paid in `details`', async () => {
    const { payment, details, outcome } = await describePayment({
      operation: { amount: '105', currency: '840' },
      transaction: { amount: 105, currency: '840' },
    });
    expect(outcome).toBe('forged');
    expect(payment).toMatchObject({ amount: 1050, currency: 'PEN' });
    expect(details).toMatchObject({ amount: 105, currency: 'USD' });
    expect((await describePayment({ operation: { currency: '978' } })).details.currency).toBe('PEN');
  });

  it('names the paid transaction, not the declined one that the page reported', async () => {
    const paid = { transaction_id: 'second', state: 'AUTORIZADO', processor_response: { authorization_code: '77' } };
    const { payment, details, reference } = await describePayment({ transaction: { ...card, state: 'DENEGADO' }, others: [paid] });
    expect([payment.transactionId, details.transactionId, reference]).toEqual(['second', 'second', 'second']);
    expect(details).toMatchObject({ authorizationCode: '77' });
    expect(details).not.toHaveProperty('last4');
  });

  it('shows nothing of a declined transaction if the paid one is not listed', async () => {
    const { payment, details, reference, operation, outcome } = await describePayment({ transaction: { ...card, state: 'DENEGADO' } });
    expect(outcome).toBe('paid');
    expect(details).toEqual({ amount: 1050, currency: 'PEN', operationNumber: operation });
    expect(reference).toBeUndefined();
    // A query needs one of the operation's transactions.
    expect(payment.transactionId).toBe(transactionId);
  });

  it('describes nothing of another merchant’s charge', async () => {
    const { details } = await describePayment({ top: { merchant_code: 'another' }, transaction: card });
    expect(details).toEqual({ amount: 1050, currency: 'PEN' });
  });

  it('has at most 1 kB, without the QR code', async () => {
    const qr_image = `data:image/png;base64,${'A'.repeat(20_000)}`;
    const { payment, details } = await describePayment({
      operation: { state: 'PENDIENTE' },
      transaction: { state: 'PENDIENTE', transaction_id: transactionId, processor_response: { qr_image } },
    });
    expect(details.instructions).toEqual({ qrImage: qr_image });
    expect(JSON.stringify(payment).length).toBeLessThan(1000);
  });
});

describe('details (Pay-me)', () => {
  it('describes a card payment', async () => {
    const { details, operation } = await describePayment({ transaction: card });
    expect(details).toEqual({
      method: 'CARD',
      brand: 'VISA',
      last4: '9268',
      authorizationCode: '055552',
      installments: 2,
      amount: 1050,
      currency: 'PEN',
      paidAt: '2024-07-05T17:46:56.000Z',
      operationNumber: operation,
      transactionId,
    });
  });

  it('describes a declined card for support, without a date of payment', async () => {
    const { details, outcome } = await describePayment({
      operation: { state: 'PENDIENTE' },
      transaction: { ...card, state: 'DENEGADO', lifecycle: [{ state: 'DENEGADO', date: createDate('', 1720201616) }] },
    });
    expect(outcome).toBe('declined');
    expect(details).toMatchObject({ method: 'CARD', last4: '9268' });
    expect(details).not.toHaveProperty('paidAt');
  });

  it('has no personal data: neither Yape’s phone number nor a name', async () => {
    const phone = { country_code: '+51', subscriber: '987654321' };
    const method_details = { phone, card_holder_name: 'Lucía Quispe' };
    const details = await readDetails({
      payment_method: { method_name: 'YAPE', method_details },
      processor_response: { authorization_code: '1' },
    });
    expect(details).toMatchObject({ method: 'YAPE', authorizationCode: '1' });
    expect(JSON.stringify(details)).not.toMatch(/987654321|Quispe/);
  });

  it('reads the method from each documented place', async () => {
    const method = { method_name: 'CARD', method_detail: { brand: 'MASTERCARD', last_pan: 4444 } };
    const expected = { method: 'CARD', brand: 'MASTERCARD', last4: '4444' };
    expect(await readDetails({ payment_method: method })).toMatchObject(expected);
    expect((await describePayment({ top: { payment_method: method } })).details).toMatchObject(expected);
  });

  it('reads what Pay-me’s plugin reads directly from the transaction', async () => {
    expect(await readDetails({ authorization_code: '055552', processor_response: null })).toMatchObject({ authorizationCode: '055552' });
    const both = { authorization_code: 'other', processor_response: { authorization_code: '055552' } };
    expect(await readDetails(both)).toMatchObject({ authorizationCode: '055552' });
  });

  it.each<[object, string | undefined]>([
    [{ last_pan: '9268', masked_pan: '455788******1111' }, '9268'],
    [{ masked_pan: '455788******9268' }, '9268'],
    [{ masked_pan: '4557XXXX9268', last_pan: null }, '9268'],
    [{ masked_pan: '4557880000009268' }, undefined],
    [{ last_pan: '4557880000009268' }, undefined],
    [{}, undefined],
  ])('reads the last four digits of %j as %s', async (method_details, last4) => {
    expect((await readDetails({ payment_method: { method_details } })).last4).toBe(last4);
  });

  it.each<[unknown, number | undefined]>([
    ['2', 2],
    ['02', 2],
    [12, 12],
    ['0', undefined],
    ['', undefined],
    ['1.5', undefined],
    [null, undefined],
    ['tres', undefined],
  ])('reads %j installments as %s', async (installment_number, installments) => {
    const method_details = { installments: { plan: 'NORMAL', installment_number } };
    expect((await readDetails({ payment_method: { method_details } })).installments).toBe(installments);
  });

  it.each([null, 7, true, 'text', [], [null], {}, { state: 'AUTORIZADO' }])('leaves out what has the odd shape %j', async (odd) => {
    const names = ['payment_method', 'processor_response', 'lifecycle', 'expiration_date', 'continue_url', 'authentication_result'];
    for (const name of names) expect(await describePayment({ transaction: { [name]: odd } })).toMatchObject({ outcome: 'paid' });
    const method_details = { brand: odd, last_pan: odd, masked_pan: odd, installments: odd };
    const processor_response = { authorization_code: {}, date: odd, payment_date: odd, cip: odd, cip_url: odd, qr_image: odd };
    const lifecycle = [odd, { state: 'AUTORIZADO', date: odd }, { state: 'AUTORIZADO', date: { unix_time: odd, utc_time: odd } }];
    const { outcome, details } = await describePayment({
      transaction: { payment_method: { method_name: odd, method_details }, processor_response, lifecycle },
    });
    expect(outcome).toBe('paid');
    expect(details).toMatchObject({ amount: 1050, currency: 'PEN', transactionId });
    expect(details).not.toHaveProperty('paidAt');
  });

  it('leaves out a word with a line break and a word that is too long', async () => {
    const method_details = { brand: 'VISA\nX-Evil: 1' };
    const details = await readDetails({ payment_method: { method_name: 'C'.repeat(65), method_details } });
    expect(details).not.toHaveProperty('method');
    expect(details).not.toHaveProperty('brand');
  });
});

describe('details.paidAt (Pay-me)', () => {
  it.each<[string, object, string | undefined]>([
    ['fractions of a second', createDate('2024-07-05T17:46:56.222Z', 1720201616.222), '2024-07-05T17:46:56.222Z'],
    ['seconds as text', createDate('', '1720201616'), '2024-07-05T17:46:56.000Z'],
    ['UTC with a Z', createDate('2024-07-05T17:46:56Z'), '2024-07-05T17:46:56Z'],
    ['UTC with an offset', createDate('2024-07-05T17:46:56+00:00'), '2024-07-05T17:46:56+00:00'],
    ['UTC without a zone', createDate('2024-07-05T17:46:56'), '2024-07-05T17:46:56Z'],
    ['UTC with a space and microseconds', createDate('2024-07-05 17:46:56.222333'), '2024-07-05T17:46:56Z'],
    ['null, beside UTC', createDate('2024-07-05T17:46:56Z', null), '2024-07-05T17:46:56Z'],
    ['milliseconds, beside UTC', createDate('2024-07-05T17:46:56Z', 1720201616222), '2024-07-05T17:46:56Z'],
    ['no day of the calendar', createDate('2024-13-45T17:46:56Z'), undefined],
    ['a day only', createDate('2024-07-05'), undefined],
    ['nothing', {}, undefined],
  ])('reads %s', async (_, date, paidAt) => {
    expect((await readDetails({ lifecycle: [{ state: 'AUTORIZADO', date }] })).paidAt).toBe(paidAt);
  });

  it('is the time of the authorisation, in any order of the lifecycle and after the settlement', async () => {
    const lifecycle = [
      { state: 'DEPOSITADO', date: createDate('', 1720401616) },
      { state: 'LIQUIDADO', date: createDate('', 1720301616) },
      { state: 'AUTORIZADO', date: createDate('', 1720201616) },
      { state: 'PENDIENTE', date: createDate('', 1720101616) },
    ];
    expect((await readDetails({ state: 'DEPOSITADO', lifecycle })).paidAt).toBe('2024-07-05T17:46:56.000Z');
    expect((await readDetails({ state: 'DEPOSITADO', lifecycle: lifecycle.toReversed() })).paidAt).toBe('2024-07-05T17:46:56.000Z');
    const reversed = [...lifecycle, { state: 'EXTORNADO', date: createDate('', 1720501616) }];
    expect((await readDetails({ state: 'EXTORNADO', lifecycle: reversed })).paidAt).toBe('2024-07-05T17:46:56.000Z');
  });

  it.each<[object, string | undefined]>([
    [{ payment_date: '2024-06-24T11:01:20-05:00', date: '17-01-2024 12:27:46' }, '2024-06-24T11:01:20-05:00'],
    [{ date: '17-01-2024 12:27:46' }, '2024-01-17T12:27:46-05:00'],
    [{ date: '2024-01-17 12:27:46' }, '2024-01-17T12:27:46-05:00'],
    [{ date: '17/01/2024 12:27:46' }, undefined],
    [{ date: 1705512466 }, undefined],
  ])('is the processor’s date %j without a lifecycle, in Lima’s time', async (processor_response, paidAt) => {
    expect((await readDetails({ processor_response, lifecycle: null })).paidAt).toBe(paidAt);
  });

  it('makes an old payment stale for an order that was opened later', async () => {
    const paid = (operation: string) => createCharge(operation, { transaction: card });
    const openedAt = { before: '2024-07-05T12:46:56-05:00', after: '2024-07-05T12:46:57-05:00' };
    expect((await verify(paid, { openedAt: openedAt.before })).reported).toMatchObject({ outcome: 'paid' });
    expect((await verify(paid, { openedAt: openedAt.after })).reported).toMatchObject({ outcome: 'pending', reason: 'stale' });
  });
});

describe('details.instructions (Pay-me)', () => {
  const wait = (transaction: object) =>
    describePayment({ operation: { state: 'PENDIENTE' }, transaction: { state: 'PENDIENTE', ...transaction } });

  it.each<[string, object, object]>([
    [
      'PagoEfectivo',
      {
        payment_method: { method_name: 'PAGOEFECTIVO' },
        processor_response: { cip: '1508405', cip_url: 'https://pre1a.payment.pagoefectivo.pe/ABC.html', result_message: { code: '100' } },
        expiration_date: createDate('2033-05-18T03:33:19Z', 1999999999),
      },
      { cip: '1508405', cipUrl: 'https://pre1a.payment.pagoefectivo.pe/ABC.html', expiresAt: '2033-05-18T03:33:19.000Z' },
    ],
    [
      'a QR code',
      { processor_response: { qr_image: 'data:image/png;base64,iVBORw0KGgo=', qr_id: '6d5d' } },
      { qrImage: 'data:image/png;base64,iVBORw0KGgo=' },
    ],
    [
      'a transfer',
      { processor_response: null, continue_url: 'https://bank.example.com/go?x=1' },
      { continueUrl: 'https://bank.example.com/go?x=1' },
    ],
    [
      'fields of the transaction itself',
      { cip: 1508405, qr_image: 'data:image/svg+xml,%3Csvg%3E' },
      { cip: '1508405', qrImage: 'data:image/svg+xml,%3Csvg%3E' },
    ],
  ])('tells the shopper how to pay with %s', async (_, transaction, instructions) => {
    const { details, json, outcome, reason } = await wait(transaction);
    expect([outcome, reason]).toEqual(['pending', undefined]);
    expect(details.instructions).toEqual(instructions);
    expect(json).toEqual({ outcome: 'pending', instructions });
  });

  it.each([
    'javascript:alert(1)',
    'http://bank.example.com/',
    'https://',
    'https://a b/',
    ' https://bank.example.com/',
    'https://bank.example.com/\nx',
    'data:text/html,<script>alert(1)</script>',
    'data:image/png',
    '//bank.example.com/',
    `https://bank.example.com/${'x'.repeat(3000)}`,
    null,
    {},
  ])('leaves out the address %j', async (address) => {
    const processor_response = { cip: '<b>1</b>', cip_url: address, qr_image: address };
    expect((await wait({ continue_url: address, processor_response })).details.instructions).toBeUndefined();
  });

  it('leaves out a QR code that is not an image or is huge', async () => {
    for (const qr_image of ['iVBORw0KGgo=', 'https://bank.example.com/qr.png', `data:image/png;base64,${'A'.repeat(200_000)}`])
      expect((await wait({ processor_response: { qr_image } })).details).not.toHaveProperty('instructions');
  });

  it('has none if Pay-me reports only when the payment expires', async () => {
    expect((await wait({ expiration_date: createDate('', 1999999999) })).details).not.toHaveProperty('instructions');
  });

  it('has none unless Pay-me waits for the shopper', async () => {
    const processor_response = { cip: '1508405', cip_url: 'https://pagoefectivo.example.com/' };
    for (const state of ['AUTORIZADO', 'EXPIRADO', 'EN PROCESO', 'EXTORNADO'])
      expect((await describePayment({ operation: { state }, transaction: { state, processor_response } })).details).not.toHaveProperty(
        'instructions',
      );
    expect((await describePayment({ transaction: { state: 'PENDIENTE', processor_response } })).details).not.toHaveProperty('instructions');
  });
});
