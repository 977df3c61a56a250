import { createHmac } from 'node:crypto';
import { describe, expect, it, vi } from 'vitest';
import { createOrderNumber } from '../../../../src/providers/izipay/server/order-number.js';
import {
  izipay,
  type IssuedToken,
  type IzipayOptions,
  type Order,
  type Payment,
  type PaymentOutcome,
  type SavedCard,
} from '../../../../src/server.js';
import {
  account,
  createEndpoints,
  createRequest,
  createSignedResult,
  fakeIzipay,
  order,
  readResponse,
  registration,
  tokenBody,
  type ResultChanges,
} from './fake-izipay.js';
import { reportResult } from './report-result.js';

const buyer = { ...order.buyer, id: 'shopper-7' };
const hashed = hashBuyer(account.hashKey);
const card: SavedCard = { provider: 'izipay', environment: 'sandbox', token: '4e5e7a52' };

function hashBuyer(key: string, id = buyer.id): string {
  return createHmac('sha256', key).update(`merchant-buyer-id:${id}`).digest('hex');
}

interface Config {
  readonly action: string;
  readonly token?: object;
  readonly order: Readonly<Record<string, string>>;
}

async function requestToken(changed: Partial<Order>, options: Partial<IzipayOptions> = {}) {
  const [upstream, onToken] = [fakeIzipay(), vi.fn<(issued: IssuedToken) => void>()];
  const providers = { izipay: izipay({ ...account, ...options }) };
  const pay = createEndpoints(upstream, { providers, order: () => ({ ...order, ...changed }), onToken });
  const { status, text, json } = await readResponse(pay.token(createRequest(tokenBody)));
  expect(status).toBe(200);
  return { text, config: json.config as Config, amount: upstream.calls[0]?.body.amount, payment: onToken.mock.calls[0]![0].payment };
}

describe('an order with `capture`, `save` or `card` (Izipay)', () => {
  it.each<[string, Partial<Order>, string, string]>([
    ['nothing of it', {}, 'pay', 'AT'],
    ["capture: 'now'", { capture: 'now' }, 'pay', 'AT'],
    ["capture: 'later'", { capture: 'later' }, 'pay', 'PA'],
    ["capture: 'later' and AT in `extra`", { capture: 'later', extra: { order: { processType: 'AT' } } }, 'pay', 'AT'],
    ['save: false', { save: false }, 'pay', 'AT'],
    ['save: true', { save: true }, 'pay_register', 'AT'],
    ["save: true and capture: 'later'", { save: true, capture: 'later' }, 'pay_register', 'PA'],
    ["save: 'only'", { save: 'only' }, 'register', 'AT'],
    ['a card', { card }, 'pay_token', 'AT'],
    ['a card and save: true', { card, save: true }, 'pay_token', 'AT'],
    ["a card and save: 'only'", { card, save: 'only' }, 'register', 'AT'],
    ['another action in `extra`', { card, save: true, extra: { action: 'pay' } }, 'pay', 'AT'],
  ])('with %s requests the action and the process type of the documentation', async (_, changed, action, processType) => {
    const { config } = await requestToken(changed);
    expect([config.action, config.order.processType]).toEqual([action, processType]);
  });

  it('sends the token of the saved card with pay_token only', async () => {
    expect((await requestToken({ card })).config.token).toEqual({ cardToken: '4e5e7a52' });
    expect((await requestToken({ card, extra: { token: { cardToken: 'own' } } })).config.token).toEqual({ cardToken: 'own' });
    for (const changed of [{}, { card, save: 'only' }, { card, extra: { action: 'pay' } }] as const)
      expect((await requestToken(changed)).config).not.toHaveProperty('token');
  });

  it.each<[string, SavedCard]>([
    ['another provider', { ...card, provider: 'payroc' }],
    ['another environment', { ...card, environment: 'production' }],
  ])('leaves out a card of %s', async (_, foreign) => {
    const { config, text } = await requestToken({ card: foreign });
    expect(config.action).toBe('pay');
    expect(text).not.toContain(card.token);
  });

  it('decides the outcome without a card of another provider', async () => {
    const { outcome } = await reportResult(await createSignedResult(), { card: { ...card, provider: 'payroc' } });
    expect(outcome).toBe('paid');
  });

  it.each([0, 1500])("requests the amount 0.00 for save: 'only' with the amount %i", async (amount) => {
    const { config, payment, ...sent } = await requestToken({ save: 'only', amount });
    expect([sent.amount, config.order.amount]).toEqual(['0.00', '0.00']);
    expect(payment).toMatchObject({ amount: 0, currency: 'PEN', action: 'register' });
  });

  it.each<[string, Partial<Order>, object]>([
    ["capture: 'later'", { capture: 'later' }, { processType: 'PA' }],
    ['PA in `extra`', { extra: { order: { processType: 'PA' } } }, { processType: 'PA' }],
    ["save: 'only'", { save: 'only' }, { action: 'register' }],
    ['a payment', { save: true, card }, {}],
  ])('keeps in `payment` that the order requested %s', async (_, changed, remembered) => {
    const only = ({ action, processType }: Payment) => ({ ...(action && { action }), ...(processType && { processType }) });
    expect(only((await requestToken(changed)).payment)).toEqual(remembered);
    const { payment } = await reportResult(await createSignedResult(), changed);
    expect(only(payment!)).toEqual(remembered);
  });

  it('keeps the price of the order in `payment` where Izipay signed none', async () => {
    const { payment } = await reportResult(await createSignedResult({ payment: { amount: '', currency: '' } }));
    expect(payment).toMatchObject({ amount: 1500, currency: 'PEN' });
  });
});

describe('merchantBuyerId', () => {
  it('is the same hash of `buyer.id` in every order, and does not contain it', async () => {
    const [one, other] = [await requestToken({ buyer }), await requestToken({ buyer: { id: buyer.id }, reference: 'B-1001' })];
    expect(one.config.order.merchantBuyerId).toBe(hashed);
    expect(other.config.order.merchantBuyerId).toBe(hashed);
    expect(one.text).not.toContain(buyer.id);
    expect((await requestToken({ buyer: { id: 'shopper-8' } })).config.order.merchantBuyerId).toBe(hashBuyer(account.hashKey, 'shopper-8'));
  });

  it('is the merchant’s own in `extra` first, and the order number without a buyer', async () => {
    const own = await requestToken({ buyer, extra: { order: { merchantBuyerId: 'buyer-7' } } });
    expect(own.config.order.merchantBuyerId).toBe('buyer-7');
    const { config } = await requestToken({});
    expect(config.order.merchantBuyerId).toBe(config.order.orderNumber);
  });

  it.each<[string, Partial<IzipayOptions>, string]>([
    ['the oldest hash key', { hashKey: ['newest', 'newer', 'oldest'] }, 'oldest'],
    ['`buyerKey`', { hashKey: ['newest', 'oldest'], buyerKey: 'constant' }, 'constant'],
    ['`buyerKey` with the value of a hash key that has been replaced', { hashKey: 'newest', buyerKey: account.hashKey }, account.hashKey],
  ])('is hashed with %s', async (_, options, key) => {
    expect((await requestToken({ buyer }, options)).config.order.merchantBuyerId).toBe(hashBuyer(key));
  });

  it('requires a `buyerKey` with characters, and does not quote it', () => {
    expect(() => izipay({ ...account, buyerKey: '' })).toThrow('izipay(): `buyerKey` should have 1 to 400 characters, but was empty.');
  });
});

/** A result whose card was stored under this buyer's id. */
function storedUnder(merchantBuyerId: string | undefined, cardToken = card.token): ResultChanges {
  const token = { ...(merchantBuyerId !== undefined && { merchantBuyerId }), cardToken, alias: '' };
  return { response: { card: { brand: 'VS', pan: '497010******0055', save: 'true' }, token } };
}

describe('savedCard (Izipay)', () => {
  it('is the card of the order’s buyer', async () => {
    const { outcome, savedCard } = await reportResult(await createSignedResult(storedUnder(hashed)), { buyer, save: true });
    expect([outcome, savedCard]).toEqual(['paid', { ...card, buyerId: hashed, brand: 'VS', last4: '0055' }]);
  });

  it('is the card of a registration', async () => {
    const changes = { ...registration, ...storedUnder(hashed) };
    const { outcome, savedCard } = await reportResult(await createSignedResult(changes), { buyer, save: 'only', amount: 0 });
    expect([outcome, savedCard?.token]).toEqual(['saved', card.token]);
  });

  it.each<[string, string | undefined]>([
    ['another buyer’s hash', hashBuyer(account.hashKey, 'shopper-8')],
    ['a hash with another key', hashBuyer('another')],
    ['the order number', 'A1001ABCDEFGHI'],
    ['no buyer', undefined],
    ['an empty buyer', ''],
  ])('is left out if Izipay signed %s, and the payment counts', async (_, merchantBuyerId) => {
    const { outcome, savedCard } = await reportResult(await createSignedResult(storedUnder(merchantBuyerId)), { buyer, save: true });
    expect([outcome, savedCard]).toEqual(['paid', undefined]);
  });

  it.each<[string, string | undefined, string | undefined]>([
    ['is passed on under', 'buyer-7', card.token],
    ['is left out under another than', 'buyer-8', undefined],
    ['is left out without', undefined, undefined],
  ])('%s the id in `extra`', async (_, merchantBuyerId, found) => {
    const changed = { buyer, extra: { action: 'pay_register', order: { merchantBuyerId: 'buyer-7' } } };
    expect((await reportResult(await createSignedResult(storedUnder(merchantBuyerId)), changed)).savedCard?.token).toBe(found);
    const numbered = { extra: { order: { merchantBuyerId: 7 } } };
    expect((await reportResult(await createSignedResult(storedUnder('7')), numbered)).savedCard?.token).toBe(card.token);
  });

  it('has nothing to compare with in an order without a buyer', async () => {
    const orderNumber = await createOrderNumber(account.hashKey, order.reference);
    const result = await createSignedResult({ ...storedUnder(orderNumber), payment: { orderNumber } });
    expect((await reportResult(result, { save: true })).savedCard?.token).toBe(card.token);
  });

  it('is passed on after the page has turned pay into pay_register, because it is stored under the buyer’s own id', async () => {
    const result = await createSignedResult({ ...storedUnder(hashed), action: 'pay_register' });
    expect(await reportResult(result, { buyer })).toMatchObject({ outcome: 'paid', savedCard: { token: card.token } });
  });

  it('is passed on after the page has turned pay into register, which leaves the payment open', async () => {
    const { outcome, reason, savedCard } = await reportResult(await createSignedResult({ ...registration, ...storedUnder(hashed) }), {
      buyer,
    });
    expect([outcome, reason, savedCard?.token]).toEqual(['pending', 'unknown-state', card.token]);
  });

  it.each<[string, Partial<Order>, string, string | undefined]>([
    ['passes on the offered card', {}, card.token, card.token],
    ['leaves out another card than the offered one', {}, 'token-of-another-shopper', undefined],
    ['passes on another card if the order also stores one', { save: true }, 'new-card', 'new-card'],
    ['does not compare it with a card of another provider', { card: { ...card, provider: 'payroc' } }, 'new-card', 'new-card'],
  ])('%s', async (_, changed, cardToken, found) => {
    const result = await createSignedResult(storedUnder(hashed, cardToken));
    const { outcome, savedCard } = await reportResult(result, { buyer, card, ...changed });
    expect([outcome, savedCard?.token]).toEqual(['paid', found]);
  });

  it('is checked with the order of `orderByReference` in a notification', async () => {
    const onOutcome = vi.fn<(reported: PaymentOutcome) => void>();
    const orders = [{ ...order, buyer, save: true }, { ...order, buyer: { id: 'shopper-8' }, save: true }, order];
    const pay = createEndpoints(fakeIzipay(), { orderByReference: () => orders.shift()!, onOutcome });
    const url = 'https://shop.example.com/ipn?reference=QS0xMDAx';
    for (let n = 0; n < 3; n++) {
      const body = JSON.stringify(await createSignedResult(storedUnder(hashed)));
      const request = new Request(url, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body });
      expect((await pay.notifications.izipay!(request)).status).toBe(200);
    }
    const found = onOutcome.mock.calls.map(([{ outcome, savedCard }]) => [outcome, savedCard?.token]);
    // Without the buyer, the card cannot be compared with anything.
    expect(found).toEqual([
      ['paid', card.token],
      ['paid', undefined],
      ['paid', undefined],
    ]);
  });
});
