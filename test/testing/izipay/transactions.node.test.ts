import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createPayEndpoints, izipay, type Order, type PaymentOutcome } from '../../../src/server.js';
import { hosts } from '../../../src/providers/izipay/contract.js';
import { createStandIns, izipayCards, type StandIns } from '../../../src/testing.js';
import { transactionPaths } from '../../../src/testing/izipay/transactions.js';
import { post, read, type Json } from '../support.js';
import { pay as payInForm, session, token, tokenBody, transactionId } from './support.js';

const host = 'https://sandbox-api-pw.izipay.pe';
const account = { merchantCode: '4007701', publicKey: 'VErethUtraQuxas57wuMuquprADrAHAb', hashKey: 'your_hash_key', keyRSA: 'RSA' };
const order: Order = { reference: 'A-1001', amount: 1050, currency: 'PEN' };
const noon = Date.parse('2025-09-15T12:00:00-05:00');
const nextDay = noon + 86_400_000;

let standIns: StandIns;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'], now: noon });
  standIns = createStandIns();
});
afterEach(() => {
  vi.useRealTimers();
});

/** A shop on the stand-ins. `buy` pays an order with a card, and returns what the merchant receives. */
function openShop() {
  const told: PaymentOutcome[] = [];
  let current = order;
  const pay = createPayEndpoints({
    environment: 'sandbox',
    providers: { izipay: izipay({ ...account, experimental: true }) },
    order: () => current,
    onOutcome: (one) => void told.push(one),
    fetch: standIns.fetch,
  });
  const ask = (handler: (request: Request) => Promise<Response>, body: object) =>
    read(post((url, init) => handler(new Request(url, init)), 'https://shop.example.com/pay', body));
  const buy = async (changed: Partial<Order> = {}, card: string = izipayCards.approved) => {
    current = { ...order, ...changed };
    const body = { provider: 'izipay', environment: 'sandbox', order: order.reference };
    const answer = await ask(pay.token, body);
    const result = await standIns.pay({ provider: 'izipay', answer, card });
    await ask(pay.outcome, { ...body, attempt: 1, result });
    const { payment, ...outcome } = told.at(-1)!;
    return { ...outcome, payment: { ...payment, provider: 'izipay' as const } };
  };
  return { pay, buy };
}

describe('the operations of Izipay’s stand-in', () => {
  it('annul a payment on its day, and show it as authorised all the same', async () => {
    const { pay, buy } = openShop();
    const { payment } = await buy();
    expect((await pay.query(payment)).outcome).toBe('paid');
    expect((await pay.cancel({ payment })).outcome).toBe('reversed');
    expect(await search(payment)).toMatchObject({ response: { order: { stateMessage: 'Autorizado' } } });
  });

  it('capture a hold once', async () => {
    const { pay, buy } = openShop();
    const { outcome, payment } = await buy({ capture: 'later' });
    expect(outcome).toBe('authorized');
    expect((await pay.capture({ payment, key: '1' })).outcome).toBe('paid');
    // Another process, without this one's ledger.
    await expect(openShop().pay.capture({ payment, key: '1' })).rejects.toThrow('Izipay refused with the code T05');
  });

  it('know a decline', async () => {
    const { pay, buy } = openShop();
    const { payment } = await buy({}, izipayCards.declined);
    expect((await pay.query(payment)).outcome).toBe('declined');
  });

  it('list a decline and the payment after it in the same form, newest first', async () => {
    const form = await session(standIns.fetch);
    await payInForm(standIns.fetch, izipayCards.declined, form);
    await payInForm(standIns.fetch, izipayCards.approved, form);
    const authorization = `Bearer ${await token(standIns.fetch)}`;
    const body = { merchantCode: account.merchantCode, numberOrden: tokenBody.orderNumber, language: 'ENG' };
    const answer = await read(post(standIns.fetch, `${hosts.test.api}${transactionPaths.search}`, body, { transactionId, authorization }));
    expect(answer).toMatchObject({ response: { order: [{ stateMessage: 'Autorizado' }, { stateMessage: 'Denegado' }] } });
  });

  it.each<[string, (id: string) => boolean]>([
    ['settled', (id) => standIns.izipay.settle(id)],
    ['refunded in the panel', (id) => standIns.izipay.refund(id)],
    ['refunded in part', (id) => standIns.izipay.refund(id, 50)],
    ['disputed', (id) => standIns.izipay.dispute(id)],
  ])('annul no payment that was %s, and do not show it', async (_, change) => {
    const { pay, buy } = openShop();
    const { payment } = await buy();
    expect(change(payment.id!)).toBe(true);
    expect((await pay.query(payment)).outcome).toBe('paid');
    await expect(pay.cancel({ payment })).rejects.toThrow('Izipay refused with the code T05');
    expect((await pay.query(payment)).outcome).toBe('paid');
  });

  it.each(['cancel', 'deposit'] as const)('act, and lose the answer, for the fault lost of %s', async (name) => {
    const { pay, buy } = openShop();
    const { payment } = await buy({ capture: 'later' });
    standIns.izipay.faults[name] = ['lost'];
    const status = name === 'cancel' ? pay.cancel({ payment }) : pay.capture({ payment, key: '1' });
    expect(await status).toMatchObject({ outcome: 'pending', reason: 'unanswered' });
    const again = openShop().pay;
    await expect(name === 'cancel' ? again.cancel({ payment }) : again.capture({ payment, key: '1' })).rejects.toThrow('refused');
  });

  it.each(['cancel', 'deposit'] as const)('do nothing for the fault refused of %s', async (name) => {
    const { pay, buy } = openShop();
    const { payment } = await buy({ capture: 'later' });
    standIns.izipay.faults[name] = ['refused'];
    const run = () => (name === 'cancel' ? pay.cancel({ payment }) : pay.capture({ payment, key: '1' }));
    await expect(run()).rejects.toThrow('Izipay refused with the code T05');
    expect((await run()).outcome).toBe(name === 'cancel' ? 'reversed' : 'paid');
  });
});

/** Requests a token for a payment, with changes to what it is bound to. */
async function requestToken(payment: Json, changes: Json = {}): Promise<string> {
  const body = { requestSource: 'ECOMMERCE', ...account, orderNumber: payment.id, amount: '10.50', ...changes };
  const headers = { transactionId: String(changes.transactionId ?? payment.transactionId) };
  const { response } = await read(post(standIns.fetch, `${host}/security/v1/Token/Generate`, body, headers));
  return (response as { token: string }).token;
}

interface CallChanges {
  readonly token?: Json;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Json;
  readonly order?: Json;
}

async function call(
  path: string,
  payment: Json,
  body: Json,
  { token = {}, headers = {} }: CallChanges,
): Promise<Json & { readonly status: number }> {
  const authorization = `Bearer ${await requestToken(payment, token)}`;
  const sent = { transactionId: String(payment.transactionId), authorization, ...headers };
  const answer = await post(standIns.fetch, `${host}${path}`, body, sent);
  return { ...(await read(answer)), status: answer.status };
}

function search(payment: Json, changes: CallChanges = {}) {
  const body = { merchantCode: account.merchantCode, numberOrden: payment.id, language: 'ESP', ...changes.body };
  return call('/orderinfo/v1/Transaction/Search', payment, body, changes);
}

function move(name: 'Cancel' | 'Deposit', payment: Json, changes: CallChanges = {}) {
  const { id: orderNumber, uniqueId, authorizationCode } = payment;
  const moment = '2025-09-15 12:00:00.000';
  const fields = { orderNumber, currency: 'PEN', amount: '10.50', payMethod: 'CARD', channel: 'ecommerce', uniqueId, authorizationCode };
  const ofOrder = { ...fields, transactionDatetime: moment, datetimeTerminalTransaction: moment, ...changes.order };
  const body = { merchantCode: account.merchantCode, order: ofOrder, language: 'ESP', ...changes.body };
  return call(name === 'Cancel' ? '/cancel/api/Transaction/Cancel' : '/capture/v1/Transaction/Deposit', payment, body, changes);
}

describe('the traps of Izipay’s stand-in', () => {
  it.each<[string, CallChanges, number]>([
    ['another transactionId in the header', { headers: { transactionId: '99999999' } }, 401],
    ['a token for another transactionId', { token: { transactionId: '99999999' } }, 401],
    ['a token for another amount', { token: { amount: '0.00' } }, 401],
    ['a token for another order number', { token: { orderNumber: 'B1001ABCDEFGHI' } }, 401],
    ['the raw key in the place of a token', { headers: { authorization: account.publicKey } }, 401],
    ['an unknown token', { headers: { authorization: 'Bearer unknown' } }, 401],
    ['another merchant', { body: { merchantCode: '4000901' } }, 401],
    ['another language', { body: { language: 'es' } }, 400],
  ])('refuse %s', async (_, changes, status) => {
    const { payment } = await openShop().buy();
    expect((await search(payment, changes)).status).toBe(status);
    expect((await move('Cancel', payment, changes)).status).toBe(status);
    expect((await move('Cancel', payment)).code).toBe('00');
  });

  it('refuse the other transactionId for both the token and the header', async () => {
    const { payment } = await openShop().buy();
    const changes = { token: { transactionId: '99999999' }, headers: { transactionId: '99999999' } };
    expect((await search(payment, changes)).status).toBe(401);
  });

  it('refuse a token that is 900 s old', async () => {
    const { payment } = await openShop().buy();
    const authorization = `Bearer ${await requestToken(payment)}`;
    vi.setSystemTime(noon + 900_000);
    expect((await search(payment, { headers: { authorization } })).status).toBe(401);
  });

  it.each<[string, Json]>([
    ['no authorization code', { authorizationCode: undefined }],
    ['a long uniqueId', { uniqueId: '1'.repeat(41) }],
    ['a time without a date', { transactionDatetime: '12:00:00' }],
    ['another channel', { channel: 'web' }],
    ['an amount without decimals', { amount: '10' }],
  ])('refuse an order with %s', async (_, ofOrder) => {
    const { payment } = await openShop().buy();
    expect((await move('Cancel', payment, { order: ofOrder })).status).toBe(400);
  });

  it('require the time of a capture twice', async () => {
    const { payment } = await openShop().buy({ capture: 'later' });
    expect((await move('Deposit', payment, { order: { datetimeTerminalTransaction: undefined } })).status).toBe(400);
    expect((await move('Deposit', payment)).code).toBe('00');
  });

  it.each<[string, Json]>([
    ['another amount', { amount: '1.00' }],
    ['another currency', { currency: 'USD' }],
    ['another uniqueId', { uniqueId: '1286141' }],
    ['another authorization code', { authorizationCode: 'S65892' }],
  ])('answer 200 with another code than 00 for %s, and do nothing', async (_, ofOrder) => {
    const { payment } = await openShop().buy();
    expect(await move('Cancel', payment, { order: ofOrder })).toMatchObject({ status: 200, code: 'T05' });
    expect((await move('Cancel', payment)).code).toBe('00');
  });

  it('annul on the day of the payment in Lima only, and once', async () => {
    const { payment } = await openShop().buy();
    vi.setSystemTime(nextDay);
    expect(await move('Cancel', payment)).toMatchObject({ status: 200, code: 'T05' });
    vi.setSystemTime(Date.parse('2025-09-15T23:59:00-05:00'));
    expect(await move('Cancel', payment)).toMatchObject({
      code: '00',
      response: { result: { uniqueIdCancel: expect.any(String) as string } },
    });
    expect(await move('Cancel', payment)).toMatchObject({ status: 200, code: 'T05' });
  });

  it('capture no charge, and no hold that was annulled or captured', async () => {
    const { buy } = openShop();
    const { payment: charge } = await buy();
    expect((await move('Deposit', charge)).code).toBe('T05');
    const { payment: annulled } = await buy({ capture: 'later' });
    expect([(await move('Cancel', annulled)).code, (await move('Deposit', annulled)).code]).toEqual(['00', 'T05']);
    const { payment: captured } = await buy({ capture: 'later' });
    const codes = [await move('Deposit', captured), await move('Deposit', captured), await move('Cancel', captured)].map(
      ({ code }) => code,
    );
    expect(codes).toEqual(['00', 'T05', 'T05']);
  });

  it('know no payment of an order number that was not paid', async () => {
    expect(await search({ id: 'A1001ABCDEFGHI', transactionId: '12345678' })).toMatchObject({ status: 200, code: '01' });
    const body = { currency: 'PEN', uniqueId: '1', authorizationCode: '1' };
    expect(await move('Cancel', { id: 'A1001ABCDEFGHI', transactionId: '12345678' }, { order: body })).toMatchObject({ code: 'T05' });
  });
});

describe('standIns.izipay', () => {
  it('settles all payments, but no hold before its capture', async () => {
    const { buy } = openShop();
    expect(standIns.izipay.settle()).toBe(false);
    const { payment: hold } = await buy({ capture: 'later' });
    expect([standIns.izipay.settle(), standIns.izipay.settle(hold.id)]).toEqual([false, false]);
    await move('Deposit', hold);
    const { payment } = await buy();
    expect([standIns.izipay.settle(), standIns.izipay.settle(hold.id), standIns.izipay.settle('other')]).toEqual([true, true, false]);
    expect((await move('Cancel', payment)).code).toBe('T05');
  });

  it('refunds no more than was paid', async () => {
    const { payment } = await openShop().buy();
    const id = payment.id!;
    const refunds = [1051, 1000, 51, 50, undefined].map((amount) => standIns.izipay.refund(id, amount));
    expect(refunds).toEqual([false, true, false, true, false]);
    expect(standIns.izipay.refund('other')).toBe(false);
  });

  it('refunds all that is left', async () => {
    const { payment } = await openShop().buy();
    const id = payment.id!;
    expect([standIns.izipay.refund(id, 50), standIns.izipay.refund(id), standIns.izipay.refund(id)]).toEqual([true, true, false]);
  });

  it('neither refunds nor disputes a payment that was annulled', async () => {
    const { payment } = await openShop().buy();
    await move('Cancel', payment);
    const id = payment.id!;
    expect([standIns.izipay.refund(id), standIns.izipay.dispute(id), standIns.izipay.settle(id)]).toEqual([false, false, false]);
  });
});

describe('the saved cards of Izipay’s stand-in', () => {
  const ana = { id: 'ana' };

  it('are offered to the shopper who saved them, in another order', async () => {
    const { buy } = openShop();
    const { savedCard } = await buy({ buyer: ana, save: true });
    const { outcome, details } = await buy({ buyer: ana, card: savedCard!, reference: 'A-1002' }, izipayCards.declined);
    // The saved card is charged, not the one that the test types.
    expect([outcome, details.last4]).toEqual(['paid', '1111']);
  });

  it('are saved without a payment', async () => {
    const { buy } = openShop();
    const { outcome, savedCard, details } = await buy({ buyer: ana, save: 'only', amount: 0 });
    expect([outcome, details.amount, savedCard?.last4]).toEqual(['saved', 0, '1111']);
    expect((await buy({ buyer: ana, card: savedCard! })).outcome).toBe('paid');
  });

  it('have one token for each buyer and number', async () => {
    const { buy } = openShop();
    const save = async (id: string, card?: string) => (await buy({ buyer: { id }, save: true }, card)).savedCard!.token;
    const [first, again, other] = [await save('ana'), await save('ana'), await save('luz')];
    expect(again).toBe(first);
    expect(new Set([first, other, await save('ana', '5555 5555 5555 4444')]).size).toBe(3);
  });

  it('are refused for another shopper, and if they are unknown', async () => {
    const { buy } = openShop();
    const { savedCard } = await buy({ buyer: ana, save: true });
    await expect(buy({ buyer: { id: 'luz' }, card: savedCard! })).rejects.toThrow();
    await expect(buy({ buyer: ana, card: { ...savedCard!, token: 'unknown' } })).rejects.toThrow();
  });
});
