import { describe, expect, it } from 'vitest';
import { createPayEndpoints, type Order, type OrderInput, type ServerProvider } from '../../src/server.js';
import { createRequest, readResponse } from './fake-payme.js';

const order: OrderInput = { reference: 'A-1001', amount: 1_000, currency: 'PEN' };
const card = { provider: 'other', environment: 'sandbox', token: 'card-token-1', last4: '4242' } as const;

/** Requests a token for an order, and returns the response with the order that the provider received. */
async function requestToken(changes: Partial<OrderInput>, orderFeatures: ServerProvider['orderFeatures'] = {}) {
  let received: Order | undefined;
  const other: ServerProvider = {
    name: 'other',
    environments: ['sandbox'],
    orderFeatures,
    createToken: (context) => {
      received = context.order;
      return Promise.resolve({ token: 'session-token' });
    },
    verify: () => Promise.reject(new Error('unexpected outcome request')),
  };
  const pay = createPayEndpoints({ environment: 'sandbox', providers: { other }, order: () => ({ ...order, ...changes }) });
  const { status, json } = await readResponse(pay.token(createRequest({ provider: 'other', environment: 'sandbox' })));
  return { status, detail: json.detail, received };
}

describe('what an order requests beside a payment', () => {
  it.each([
    [{ capture: 'later' }, 'hold', "`capture: 'later'`"],
    [{ save: true }, 'save', '`save: true`'],
    [{ save: 'only', amount: 0 }, 'saveOnly', "`save: 'only'`"],
  ] as const)('is refused with 422 and the reason where the provider lacks it: %j', async (changes, feature, field) => {
    expect(await requestToken(changes)).toEqual({ status: 422, detail: `The order has ${field}. Provider other does not support it.` });
    const reason = await requestToken(changes, { [feature]: 'It has none.' });
    expect(reason).toEqual({ status: 422, detail: `The order has ${field}. It has none.` });
    const { status, received } = await requestToken(changes, { [feature]: true });
    expect([status, received]).toMatchObject([200, changes]);
  });

  it('is a plain payment by default', async () => {
    const { status, received } = await requestToken({ capture: 'now', save: false, card: null });
    expect([status, received?.card]).toEqual([200, undefined]);
  });

  it('offers a saved card only to its own provider and environment', async () => {
    const offer = async (changes: object, features?: ServerProvider['orderFeatures']) =>
      (await requestToken({ card: { ...card, ...changes } }, features)).received?.card;
    expect(await offer({}, { card: true })).toEqual(card);
    expect(await offer({}, {})).toBeUndefined();
    expect(await offer({ provider: 'izipay' }, { card: true })).toBeUndefined();
    expect(await offer({ environment: 'production' }, { card: true })).toBeUndefined();
  });

  it('is free only for an order that saves a card', async () => {
    const detail = "The order: `amount` should be more than 0, except with `save: 'only'`, but was a different number.";
    expect(await requestToken({ amount: 0 })).toMatchObject({ status: 500, detail });
    expect(await requestToken({ amount: -1, save: 'only' }, { saveOnly: true })).toMatchObject({ status: 500 });
  });
});
