import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createApp } from '../../../src/cli/stand-ins/app.js';
import { chooseAddress } from '../../../src/cli/stand-ins/send-notification.js';
import { createStandIns, type StandIns } from '../../../src/testing.js';
import { notifying, silent, answerWith, findFreeAddress, openShop, type Shop, type ShopOptions } from './support.js';

let standIns: StandIns;
const shops: Shop[] = [];

beforeEach(() => {
  standIns = createStandIns();
});

afterEach(() => shops.splice(0).forEach((shop) => shop.close()));

async function open(name: Parameters<typeof openShop>[1], options?: ShopOptions): Promise<Shop> {
  const shop = await openShop(standIns, name, options);
  shops.push(shop);
  return shop;
}

async function send(body: unknown, headers: Record<string, string> = {}) {
  const app = createApp({ standIns, pageScript: '', readElement: () => Promise.resolve('') });
  const answer = await app.request('http://127.0.0.1:4010/notifications', {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
  return { status: answer.status, body: (await answer.json().catch(() => ({}))) as { message?: string; taken?: boolean } };
}

describe.each(notifying)('POST /notifications for %s', (provider) => {
  it('sends the newest payment to the address in its token', async () => {
    const shop = await open(provider);
    await shop.pay('A-1001', 'declined');
    await shop.pay('A-1002');
    const { status, body } = await send({ provider });
    expect([status, body.taken]).toEqual([200, true]);
    expect(body.message).toMatch(
      /notification about payment \w+ \(order A-1002, \w+\) was sent to http:\/\/127\.0\.0\.1:.*, which answered 200\.$/,
    );
    expect(shop.told.map(({ outcome, order }) => [outcome, order.reference])).toEqual([['paid', 'A-1002']]);
  });

  it('sends the payment with the id to the given address', async () => {
    const shop = await open(provider);
    await shop.pay('A-1001');
    await shop.pay('A-1002');
    const payment = standIns[provider].payments().find(({ order }) => order === 'A-1001')!.id;
    const other = await open(provider);
    expect((await send({ provider, payment, to: other.notificationUrl })).body.taken).toBe(true);
    expect([shop.told.length, other.told.map(({ order }) => order.reference)]).toEqual([0, ['A-1001']]);
  });

  it('reports an endpoint that does not answer', async () => {
    await (await open(provider)).pay('A-1001');
    const to = await findFreeAddress();
    expect((await send({ provider, to })).body).toEqual({
      message: expect.stringContaining(`got no answer from ${to}`) as string,
      taken: false,
    });
  });

  it('refuses an address that is not on this machine', async () => {
    await (await open(provider)).pay('A-1001');
    const { status, body } = await send({ provider, to: 'https://shop.example.com/notifications' });
    expect([status, body.taken]).toEqual([422, false]);
    expect(body.message).toContain('of this machine only');
  });

  it('says what to do if there is no payment, or none with the id', async () => {
    expect(await send({ provider })).toMatchObject({
      status: 404,
      body: { message: expect.stringContaining('has no payment yet') as string },
    });
    await (await open(provider)).pay('A-1001');
    const { status, body } = await send({ provider, payment: 'A-9' });
    expect([status, body.message]).toEqual([404, expect.stringContaining('has no payment "A-9". Pay in your page first.')]);
  });
});

describe('POST /notifications', () => {
  it('explains that a payment of Izipay has no notification without an address in its token', async () => {
    await (await open('izipay', { namesAddress: false })).pay('A-1001');
    const { status, body } = await send({ provider: 'izipay' });
    expect([status, body.message]).toEqual([422, expect.stringContaining('Set `notificationUrl`')]);
  });

  it.each(silent)('says what to do instead for %s, which sends none', async (provider) => {
    const { status, body } = await send({ provider });
    expect([status, body.message]).toEqual([422, expect.stringMatching(/^\S+ sends no notifications\. .*`pay\.settle`/)]);
  });

  it.each([undefined, { provider: 'paypal' }, { provider: 'payme', payment: 7 }, { provider: 'payme', to: {} }])(
    'names what the body should be instead of %j',
    async (body) => {
      const answer = await send(body);
      expect([answer.status, answer.body.message]).toEqual([
        422,
        expect.stringContaining('The body should be a JSON object with `provider`'),
      ]);
    },
  );

  it('refuses a form of another site', async () => {
    const headers = { 'content-type': 'text/plain', origin: 'https://shop.example.com' };
    expect((await send({ provider: 'payme' }, headers)).status).toBe(403);
  });

  it.each([
    [204, true, /which answered 204\.$/],
    [302, false, /which answered 302\.$/],
    [404, false, /which answered 404\. There is no notification endpoint: check the address\.$/],
  ])('reports that the endpoint answered %d', async (status, taken, message) => {
    await (await open('payme')).pay('A-1001');
    const endpoint = await answerWith(status);
    expect((await send({ provider: 'payme', to: endpoint.url })).body).toEqual({
      message: expect.stringMatching(message) as string,
      taken,
    });
    endpoint.close();
  });

  it('hints at a key that has changed if the endpoint answers 403', async () => {
    const shop = await open('payme');
    await shop.pay('A-1001');
    standIns.payme.rotateNotificationKey();
    expect((await send({ provider: 'payme' })).body.message).toContain('answered 403. The signature did not match');
  });
});

describe('chooseAddress', () => {
  const payment = { id: '1', environment: 'sandbox', order: 'A-1', amount: 1, currency: 'PEN', state: 'x', refunded: 0, paidAtMs: 0 };

  it('returns the default of `pay-checkout serve` if the address in the token is not on this machine', () => {
    const notificationUrl = 'https://shop.example.com/api/pay/notifications/payme';
    expect(chooseAddress('payme', { ...payment, notificationUrl })).toBe('http://127.0.0.1:8080/api/pay/notifications/payme');
  });
});
