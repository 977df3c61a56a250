import { describe, expect, it } from 'vitest';
import { decideByRules } from '../../../../src/server/outcome-rules.js';
import { outcomeRules } from '../../../../src/providers/izipay/server/outcome-rules.js';
import { readFacts } from '../../../../src/providers/izipay/server/result-facts.js';
import { readSignedResult } from '../../../../src/providers/izipay/server/signed-result.js';
import { izipay, type Order } from '../../../../src/server.js';
import { account, createPayload, createSignedResult, order, registration, signResult, type ResultChanges } from './fake-izipay.js';
import { readVerdict } from './report-result.js';

const unknown = 'pending, unknown-state';

/** What an order can request, and the good outcome that it may lead to. */
const requests: Readonly<Record<string, Partial<Order> & { readonly good: string }>> = {
  'a payment': { extra: undefined, good: 'paid' },
  'AT by name': { extra: { order: { processType: 'AT' } }, good: 'paid' },
  pay_register: { extra: { action: 'pay_register' }, good: 'paid' },
  pay_token: { extra: { action: 'pay_token' }, good: 'paid' },
  pay_token_external: { extra: { action: 'pay_token_external' }, good: 'paid' },
  pay_card_selector: { extra: { action: 'pay_card_selector' }, good: 'paid' },
  'a hold': { extra: { order: { processType: 'PA' } }, good: 'authorized' },
  'a hold with a saved card': { extra: { action: 'pay_token', order: { processType: 'PA' } }, good: 'authorized' },
  'AT in `extra`, which comes before `capture`': { extra: { order: { processType: 'AT' } }, capture: 'later', good: 'paid' },
  "capture: 'later'": { capture: 'later', good: 'authorized' },
  "capture: 'now'": { capture: 'now', good: 'paid' },
  'save: true': { save: true, good: 'paid' },
  "save: true and capture: 'later'": { save: true, capture: 'later', good: 'authorized' },
  'a card': { card: { provider: 'izipay', environment: 'sandbox', token: '4e5e7a52' }, good: 'paid' },
  'an unknown process type': { extra: { order: { processType: 'XX' } }, good: unknown },
  'an unknown action': { extra: { action: 'lend' }, good: unknown },
};

describe('outcomeRules (Izipay)', () => {
  it('are what the provider lists for the documentation', () => {
    expect(izipay(account).outcomeRules).toBe(outcomeRules);
    expect(outcomeRules.map(({ outcome }) => outcome)).toEqual(['pending', 'declined', 'saved', 'authorized', 'paid']);
  });

  it.each(Object.entries(requests))(
    'take the documented approval for an order with %s as the outcome of that request',
    async (_, { good, ...asked }) => expect(await readVerdict(await createSignedResult(), asked)).toBe(good),
  );

  const codes = ['00', 'T05', 'P54', '021', 'COMMUNICATION_ERROR', '0', ''];
  const states = ['Autorizado', 'Denegado', 'Anulado', ''];
  const methods = ['CARD', 'APPLE_PAY', 'MILLAS', 'PAGO_EFECTIVO', 'BITCOIN', '', 'QR', 'YAPE_CODE', 'PAGO_PUSH'];
  const withoutCode = methods.slice(-3);
  const cases = codes.flatMap((code) =>
    states.flatMap((stateMessage) =>
      methods.flatMap((method) =>
        ['', 'S65892'].flatMap((codeAuth) => ['', '1286141'].map((uniqueId) => ({ code, stateMessage, method, codeAuth, uniqueId }))),
      ),
    ),
  );

  /** The outcome by Izipay's documents, where every number, word and request has to agree. */
  function expectVerdict({ code, stateMessage, method, codeAuth, uniqueId }: (typeof cases)[number], good: string): string {
    if (code === '021' || code === 'COMMUNICATION_ERROR') return 'pending';
    if (code === 'T05' || (code !== '00' && stateMessage === 'Denegado')) return 'declined';
    const isCharged = uniqueId !== '' && (codeAuth !== '' || withoutCode.includes(method));
    return code === '00' && stateMessage === 'Autorizado' && isCharged ? good : unknown;
  }

  it.each(Object.entries(requests))('need every documented sign of a charge for an order with %s', async (_, { good, ...asked }) => {
    for (const one of cases) {
      const { code, stateMessage, method, codeAuth, uniqueId } = one;
      const payment = { stateMessage, codeAuth, uniqueId, payMethodAuthorization: method };
      const payload = await createPayload({ code, payment, response: { payMethod: method } });
      const { result } = await readSignedResult(payload, signResult(payload).signature, [account.hashKey]);
      const { outcome, reason } = decideByRules(outcomeRules, readFacts({ ...order, ...asked }, result));
      expect([outcome, reason].filter(Boolean).join(', '), JSON.stringify(one)).toBe(expectVerdict(one, good));
    }
  });

  it.each(['Anulado', 'Extornado', 'Devuelto', 'Pendiente', 'Preautorizado', 'Rechazado', 'No Autorizado', 'Autorizada', 'constructor'])(
    'leave a signed 00 with the state %s open',
    async (stateMessage) => expect(await readVerdict(await createSignedResult({ payment: { stateMessage } }))).toBe(unknown),
  );

  it.each(['Autorizado', 'AUTORIZADO', ' autorizado '])('read the state "%s" as authorised', async (stateMessage) => {
    expect(await readVerdict(await createSignedResult({ payment: { stateMessage } }))).toBe('paid');
  });

  it.each(['DENEGADO', ' Denegado '])('read the state "%s" as declined', async (stateMessage) => {
    expect(await readVerdict(await createSignedResult({ code: '12', payment: { stateMessage } }))).toBe('declined');
  });

  const declines = 'T01 T09 T10 T33 P01 P34 A02 A10 A99 Y06 Y10 Y99 007'.split(' ');
  it.each(declines)('read the code %s as declined', async (code) => {
    expect(await readVerdict(await createSignedResult({ code, payment: { stateMessage: '' } }))).toBe('declined');
  });

  const others = 'T00 T34 T1 t05 P00 P35 P54 P99 A00 A01 A100 Y00 Y05 Z01 000 0 07 7 OK'.split(' ');
  it.each([...others, ' 00', '00 ', 0, ['00'], null, undefined])('leave the code %j open', async (code) => {
    expect(await readVerdict(await createSignedResult({ code, payment: { stateMessage: '' } }))).toBe(unknown);
    expect(await readVerdict(await createSignedResult({ code }))).toBe(unknown);
  });

  it('need an authorisation code if either name of the method is a card’s', async () => {
    const scan = { payMethodAuthorization: 'QR', codeAuth: '' };
    expect(await readVerdict(await createSignedResult({ payment: scan, response: { payMethod: 'QR' } }))).toBe('paid');
    expect(await readVerdict(await createSignedResult({ payment: scan, response: { payMethod: undefined } }))).toBe('paid');
    expect(await readVerdict(await createSignedResult({ payment: scan, response: { payMethod: 'CARD' } }))).toBe(unknown);
  });

  it('decide nothing by one of several payments', async () => {
    const { response } = JSON.parse(await createPayload()) as { response: { order: [object] } };
    const [payment] = response.order;
    const verdictOf = async (code: string, ...changes: object[]) =>
      readVerdict(await createSignedResult({ code, response: { order: changes.map((one) => ({ ...payment, ...one })) } }));
    expect(await verdictOf('00', {}, {})).toBe('paid');
    for (const change of [{ stateMessage: 'Denegado' }, { uniqueId: '' }, { codeAuth: '' }, { amount: '' }, { orderNumber: '' }])
      expect(await verdictOf('00', {}, change)).toBe(unknown);
    expect(await verdictOf('12', { stateMessage: 'Denegado' }, { stateMessage: 'Autorizado' })).toBe(unknown);
  });
});

describe.each<[string, Partial<Order>]>([
  ["extra: { action: 'register' }", { extra: { action: 'register' } }],
  ["save: 'only'", { save: 'only' }],
])('outcomeRules (Izipay), for an order with %s', (_, asked) => {
  it('report saved for an order that requested it', async () => {
    expect(await readVerdict(await createSignedResult(registration), asked)).toBe('saved');
  });

  it.each<[string, object]>([
    ['a token', { card: { brand: 'VS' } }],
    ['`save` as a text', { token: {}, card: { save: 'true' } }],
    ['`save` as a boolean', { token: {}, card: { save: true } }],
  ])('take %s as the sign of a stored card', async (_, stored) => {
    const response = { ...registration.response, ...stored };
    expect(await readVerdict(await createSignedResult({ ...registration, response }), asked)).toBe('saved');
  });

  it.each<[string, ResultChanges]>([
    ['no stored card', { response: { card: { save: 'false' }, token: { cardToken: '' } } }],
    ['neither card nor token', { response: { card: undefined, token: null } }],
    ['another state', { payment: { ...registration.payment, stateMessage: 'Pendiente' } }],
    ['no amount', { payment: { ...registration.payment, amount: '' } }],
  ])('leave it open with %s', async (_, changes) => {
    expect(await readVerdict(await createSignedResult({ ...registration, ...changes }), asked)).toBe(unknown);
  });

  it('report a decline as declined', async () => {
    expect(await readVerdict(await createSignedResult({ ...registration, code: 'T05' }), asked)).toBe('declined');
  });

  it('report at most saved, even if Izipay signed the numbers of a charge', async () => {
    const payment = { amount: '0.00' };
    expect(await readVerdict(await createSignedResult({ ...registration, payment }), asked)).toBe('saved');
  });

  it.each(Object.entries(requests))(
    'leave it open for an order with %s, whose page must have changed the action',
    async (_, { good: _good, ...asked }) => {
      const payment = { ...registration.payment, amount: '15.00' };
      expect(await readVerdict(await createSignedResult({ ...registration, payment }), asked)).toBe(unknown);
    },
  );
});

describe('outcomeRules (Izipay), for a signed text that names the request', () => {
  it('report a signed PA as authorized at most', async () => {
    const result = await createSignedResult({ payment: { processType: 'PA' } });
    expect(await readVerdict(result)).toBe('authorized');
    expect(await readVerdict(result, { extra: { order: { processType: 'XX' } } })).toBe(unknown);
  });

  it('leave a signed registration open for an order that requested a payment', async () => {
    expect(await readVerdict(await createSignedResult({ action: 'register' }))).toBe(unknown);
  });

  it('report a signed AT as authorized for an order that requested a hold', async () => {
    const extra = { order: { processType: 'PA' } };
    expect(await readVerdict(await createSignedResult({ payment: { processType: 'AT' } }), { extra })).toBe('authorized');
  });
});
