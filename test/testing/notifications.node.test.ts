import { describe, expect, it } from 'vitest';
import { createPayEndpoints, izipay, payme, type Order, type PayEndpoints, type PaymentOutcome } from '../../src/server.js';
import { hosts as izipayHosts } from '../../src/providers/izipay/contract.js';
import { createStandIns, izipayCards, paymeCards, type StandIns } from '../../src/testing.js';
import { framePaths } from '../../src/testing/izipay/api.js';
import { buyer } from '../server/fake-payme.js';
import { payWithFlex } from './payme/support.js';
import { post, read, type Json } from './support.js';

const order: Order = { reference: 'tienda/A-1001', amount: 1050, currency: 'PEN', buyer };
const site = 'https://shop.example.com';
const [paymeUrl, izipayUrl] = [`${site}/api/pay/payme/notification`, `${site}/api/pay/izipay/notification`];

interface OpenOptions extends Partial<Order> {
  readonly hashKey?: string | string[];
  readonly standIns?: StandIns;
  /** Keys for Pay-me's notifications beside the stand-in's. */
  readonly keys?: readonly string[];
}

/** A shop with both providers. */
async function open({ hashKey = 'your_hash_key', standIns = createStandIns(), keys = [], ...changed }: OpenOptions = {}) {
  const told: PaymentOutcome[] = [];
  const ours = { ...order, ...changed };
  const pay = createPayEndpoints({
    environment: 'sandbox',
    providers: {
      payme: payme({
        clientId: 'your_client_id',
        clientSecret: 'your_client_secret',
        merchantCode: 'your_merchant_code',
        notificationKey: [await standIns.payme.notificationKey(), ...keys],
      }),
      izipay: izipay({
        merchantCode: '4007701',
        publicKey: 'VErethUtraQuxas57wuMuquprADrAHAb',
        hashKey,
        keyRSA: 'RSA',
        notificationUrl: izipayUrl,
      }),
    },
    order: () => ours,
    orderByReference: ({ reference }) => ({ ...ours, reference }),
    onOutcome: (one) => void told.push(one),
    fetch: standIns.fetch,
  });
  return { standIns, pay, told };
}

function ask({ token, outcome }: Pick<PayEndpoints, 'token' | 'outcome'>, provider: string, result?: object): Promise<Json> {
  const handler = result ? outcome : token;
  const body = { provider, environment: 'sandbox', order: 'A-1001', ...(result && { attempt: 1, result: { provider, raw: result } }) };
  return read(post((url, init) => handler(new Request(url, init)), `${site}/api/pay`, body));
}

/** Opens Izipay's form, and returns its session. */
async function openIzipayForm({ fetch }: StandIns, { token, config }: Json): Promise<unknown> {
  const url = `${izipayHosts.sandbox.checkout}${framePaths.session}`;
  const { response } = await read(post(fetch, url, { authorization: token, config }));
  return (response as Json).session;
}

/** The shopper pays with a card in Izipay's form. */
function payInIzipayForm({ fetch }: StandIns, session: unknown, pan: string): Promise<Json> {
  const card = { pan, expiry_month: '12', expiry_year: '49', security_code: '123', card_holder: 'Ana Prueba' };
  return read(post(fetch, `${izipayHosts.sandbox.checkout}${framePaths.charge}`, { session, card }));
}

async function payWithIzipay(standIns: StandIns, answer: Json, pan: string) {
  const result = await payInIzipayForm(standIns, await openIzipayForm(standIns, answer), pan);
  return { result, orderNumber: (answer.config as { order: { orderNumber: string } }).order.orderNumber };
}

describe('standIns.payme.notification', () => {
  it('reports the same payment as the page, before the page does', async () => {
    const { standIns, pay, told } = await open();
    const result = await payWithFlex(standIns, await ask(pay, 'payme'), paymeCards.approved);
    const request = await standIns.payme.notification(result.merchant_operation_number, paymeUrl);
    expect((await pay.notifications.payme(request)).status).toBe(200);
    expect(await ask(pay, 'payme', result)).toEqual({ outcome: 'paid' });
    expect(told[0]).toMatchObject({
      outcome: 'paid',
      reference: result.transaction.transaction_id,
      payment: { id: result.merchant_operation_number, order: order.reference },
      details: { method: 'CARD', last4: '1111', installments: 1 },
      order,
    });
    expect(told[1]).toEqual(told[0]);
  });

  it('reports later that a pending payment was paid', async () => {
    const { standIns, pay, told } = await open();
    const result = await payWithFlex(standIns, await ask(pay, 'payme'), paymeCards.pending);
    expect(await ask(pay, 'payme', result)).toEqual({ outcome: 'pending' });
    standIns.payme.settle(result.merchant_operation_number, 'AUTORIZADO');
    await pay.notifications.payme(await standIns.payme.notification(result.merchant_operation_number, paymeUrl));
    expect(told.map(({ outcome }) => outcome)).toEqual(['pending', 'paid']);
  });

  it('has the documented fields, which do not name the order', async () => {
    const { standIns, pay } = await open();
    const { merchant_operation_number: operation } = await payWithFlex(standIns, await ask(pay, 'payme'), paymeCards.approved);
    const body = (await (await standIns.payme.notification(operation, paymeUrl)).json()) as { transaction: object };
    expect(Object.keys(body)).toEqual(['success', 'action', 'merchant_code', 'merchant_operation_number', 'transaction', 'meta']);
    expect(Object.keys(body.transaction)).toEqual(['transaction_id', 'state', 'state_reason', 'amount', 'currency', 'processor_response']);
  });

  it.each([['numericIds'], ['namelessOperations'], ['numericIds', 'namelessOperations']])(
    'reaches its order with the faults %s',
    async (...faults) => {
      const { standIns, pay, told } = await open();
      const { merchant_operation_number: operation } = await payWithFlex(standIns, await ask(pay, 'payme'), paymeCards.approved);
      for (const fault of faults) Object.assign(standIns.payme.faults, { [fault]: true });
      expect((await pay.notifications.payme(await standIns.payme.notification(operation, paymeUrl))).status).toBe(200);
      expect(told.map(({ outcome }) => outcome)).toEqual(['paid']);
    },
  );

  it('is repeated after a lost answer of Pay-me, and then reaches its order', async () => {
    const { standIns, pay, told } = await open();
    const { merchant_operation_number: operation } = await payWithFlex(standIns, await ask(pay, 'payme'), paymeCards.approved);
    standIns.payme.faults.charges = ['drop', 'drop'];
    expect((await pay.notifications.payme(await standIns.payme.notification(operation, paymeUrl))).status).toBe(502);
    expect((await pay.notifications.payme(await standIns.payme.notification(operation, paymeUrl))).status).toBe(200);
    expect(told.map(({ outcome }) => outcome)).toEqual(['paid']);
  });

  it('is signed with another key after the rotation', async () => {
    const standIns = createStandIns();
    const old = await standIns.payme.notificationKey();
    const before = await open({ standIns });
    const { merchant_operation_number: operation } = await payWithFlex(standIns, await ask(before.pay, 'payme'), paymeCards.approved);
    const early = await standIns.payme.notification(operation, paymeUrl);
    standIns.payme.rotateNotificationKey();
    const after = await open({ standIns, keys: [old] });
    const createLate = () => standIns.payme.notification(operation, paymeUrl);
    expect((await after.pay.notifications.payme(early)).status).toBe(200);
    expect((await after.pay.notifications.payme(await createLate())).status).toBe(200);
    expect((await before.pay.notifications.payme(await createLate())).status).toBe(403);
  });

  it.each([
    ['LIQUIDADO', 'paid'],
    ['DEPOSITADO', 'paid'],
    ['EXTORNADO', 'reversed'],
    ['EN PROCESO', 'pending'],
  ] as const)('reports a payment that is %s as %s', async (state, outcome) => {
    const { standIns, pay, told } = await open();
    const { merchant_operation_number: operation } = await payWithFlex(standIns, await ask(pay, 'payme'), paymeCards.approved);
    standIns.payme.settle(operation, state);
    expect((await pay.notifications.payme(await standIns.payme.notification(operation, paymeUrl))).status).toBe(200);
    expect(told.map((one) => one.outcome)).toEqual([outcome]);
  });

  it('signs with its own key', async () => {
    const [one, other] = [await open(), await open()];
    const result = await payWithFlex(one.standIns, await ask(one.pay, 'payme'), paymeCards.approved);
    const request = await one.standIns.payme.notification(result.merchant_operation_number, paymeUrl);
    expect((await other.pay.notifications.payme(request)).status).toBe(403);
  });

  it('throws for an operation without a payment', async () => {
    const { standIns } = await open();
    await expect(standIns.payme.notification('100200300400', paymeUrl)).rejects.toThrow('has no payment');
  });
});

describe('standIns.izipay.notification', () => {
  it.each([
    ['approved', 'paid'],
    ['declined', 'declined'],
  ] as const)('of a card that is %s comes to the address that the token named, before or after the page', async (card, outcome) => {
    const { standIns, pay, told } = await open();
    const { result, orderNumber } = await payWithIzipay(standIns, await ask(pay, 'izipay'), izipayCards[card]);
    const request = standIns.izipay.notification(orderNumber);
    expect(request.url).toMatch(`${izipayUrl}?reference=`);
    expect(request.headers.get('transactionId')).toBe(result.transactionId);
    expect((await pay.notifications.izipay(request)).status).toBe(200);
    expect(await ask(pay, 'izipay', result)).toEqual({ outcome });
    expect((await pay.notifications.izipay(standIns.izipay.notification(orderNumber))).status).toBe(200);
    expect(told.map((one) => one.outcome)).toEqual([outcome, outcome, outcome]);
    expect(told.every((one) => one.reference === told[0]?.reference && one.order.reference === order.reference)).toBe(true);
  });

  it('reports a decline and the payment after it, in any order', async () => {
    const { standIns, pay, told } = await open();
    const { config, token } = await ask(pay, 'izipay');
    const form = await openIzipayForm(standIns, { config, token });
    for (const card of [izipayCards.declined, izipayCards.approved]) await payInIzipayForm(standIns, form, card);
    const requests = standIns.izipay.notifications((config as { order: { orderNumber: string } }).order.orderNumber);
    for (const request of requests.reverse()) expect((await pay.notifications.izipay(request)).status).toBe(200);
    expect(told.map(({ outcome }) => outcome)).toEqual(['paid', 'declined']);
    expect(new Set(told.map(({ payment }) => payment.id)).size).toBe(1);
  });

  it('reports a payment whose answer was lost', async () => {
    const { standIns, pay, told } = await open();
    const answer = await ask(pay, 'izipay');
    standIns.izipay.faults.charge = 'lost';
    const { raw } = await standIns.pay({ provider: 'izipay', answer, card: izipayCards.approved });
    expect(await ask(pay, 'izipay', raw as object)).toEqual({ outcome: 'pending' });
    const { orderNumber } = (answer.config as { order: { orderNumber: string } }).order;
    expect((await pay.notifications.izipay(standIns.izipay.notification(orderNumber))).status).toBe(200);
    expect(told.map(({ outcome }) => outcome)).toEqual(['pending', 'paid']);
  });

  it('reports a payment that a new hash key signed', async () => {
    const { standIns, pay, told } = await open();
    const answer = await ask(pay, 'izipay');
    standIns.izipay.faults.hashKey = 'newest';
    const { orderNumber } = await payWithIzipay(standIns, answer, izipayCards.approved);
    expect((await pay.notifications.izipay(standIns.izipay.notification(orderNumber))).status).toBe(403);
    const rotated = await open({ hashKey: ['newest', 'your_hash_key'] });
    expect((await rotated.pay.notifications.izipay(standIns.izipay.notification(orderNumber))).status).toBe(200);
    expect([told, rotated.told.map(({ outcome }) => outcome)]).toEqual([[], ['paid']]);
  });

  it.each([
    ['saved', izipayCards.approved, { action: 'register' }],
    ['paid', izipayCards.approved, { action: 'pay_register' }],
    ['authorized', izipayCards.approved, { order: { processType: 'PA' } }],
    ['pending', izipayCards.unknown, {}],
  ] as const)('reports %s as the order requested', async (outcome, card, extra) => {
    const { standIns, pay, told } = await open({ extra });
    const { result, orderNumber } = await payWithIzipay(standIns, await ask(pay, 'izipay'), card);
    expect((await pay.notifications.izipay(standIns.izipay.notification(orderNumber))).status).toBe(200);
    expect(await ask(pay, 'izipay', result)).toEqual({ outcome });
    expect(told[1]).toEqual(told[0]);
    expect(told[0]?.savedCard !== undefined).toBe('action' in extra);
    expect(Math.abs(Date.parse(told[0]?.details.paidAt ?? '') - Date.now())).toBeLessThan(60_000);
  });

  it('throws for an order number without a result', async () => {
    const { standIns, pay } = await open();
    await ask(pay, 'izipay');
    expect(() => standIns.izipay.notification('A1001ABCDEFGHI')).toThrow('has no result yet');
  });
});
