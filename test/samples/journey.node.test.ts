import { afterAll, beforeAll, describe, expect } from 'vitest';
import { createStandIns, izipayCards, paymeCards, payrocCards, type StandIns } from '../../src/testing.js';
import { atEnd, serveStandIns } from '../serve/support.js';
import { itIf } from '../support/interpreter.js';
import { runShop, type Shop } from './run-shop.js';
import { samples } from './samples.js';
import { startServe } from './start-serve.js';
import { Visitor } from './visitor.js';

const cards = { payme: paymeCards, izipay: izipayCards, payroc: payrocCards };
const providers = ['payme', 'izipay', 'payroc'] as const;
type Provider = (typeof providers)[number];

interface Token {
  readonly config: {
    readonly payload: { readonly merchant_operation_number: string };
    readonly order: { readonly orderNumber: string };
  };
}

/** Sends the notification of a payment to the address that its token named, as the provider does. */
const notify: Record<'payme' | 'izipay', (standIns: StandIns, token: Token) => Promise<Request>> = {
  payme: (standIns, { config }) =>
    standIns.payme.notification(config.payload.merchant_operation_number, 'https://shop.example.com/api/pay/notifications/payme'),
  izipay: (standIns, { config }) => Promise.resolve(standIns.izipay.notification(config.order.orderNumber)),
};

describe.each(samples)('samples/$name beside serve', (sample) => {
  const itRuns = itIf(sample.isInstalled, sample.needs);
  let shop: Shop;

  beforeAll(async () => {
    if (sample.isInstalled) shop = await runShop(sample);
  });
  afterAll(() => shop?.stop());

  /** Starts the stand-ins and `serve`, and places an order. */
  async function start(provider: Provider) {
    const standIns = createStandIns();
    const serve = await startServe(shop.url, await serveStandIns(standIns));
    atEnd(() => serve.close());
    const visitor = new Visitor(shop.url);
    const order = await visitor.order(provider);
    const body = { provider, environment: 'sandbox', order };
    const post = (path: string, json: object, cookies = visitor.cookies) => {
      const headers = { 'Content-Type': 'application/json', Cookie: cookies };
      return fetch(`${serve.url}/api/pay/${path}`, { method: 'POST', headers, body: JSON.stringify(json) });
    };
    const pay = (token: unknown, card: string = cards[provider].approved) => standIns.pay({ provider, answer: token, card });
    return {
      ...{ standIns, visitor, order, pay },
      fulfil: () => shop.waitForLog(`Fulfil order ${order}`),
      fulfilments: () => shop.log().split(`Fulfil order ${order}`).length - 1,
      requestToken: (cookies?: string) => post('token', body, cookies),
      reportResult: (result: object) => post('outcome', { ...body, attempt: 1, result }),
      forward: async ({ url, method, headers, body }: Request) =>
        fetch(serve.url + url.replace('https://shop.example.com', ''), { method, headers, body: await new Response(body).text() }),
    };
  }

  for (const provider of providers) {
    itRuns(`takes a payment with ${provider} to a paid and confirmed order`, async () => {
      const { visitor, order, requestToken, pay, reportResult, fulfil, fulfilments } = await start(provider);
      const result = await pay(await (await requestToken()).json());
      expect(await (await reportResult(result)).json()).toEqual({ outcome: 'paid' });
      await fulfil();
      expect(await visitor.page(order)).toContain('Pagado y confirmado');
      // The page asks again, and a second visit gets no second form.
      expect(await (await reportResult(result)).json()).toEqual({ outcome: 'paid' });
      expect(await (await requestToken()).json()).toEqual({ outcome: 'paid' });
      expect(fulfilments()).toBe(1);
    });

    itRuns(`leaves the order of a declined payment with ${provider} open`, async () => {
      const { visitor, order, requestToken, pay, reportResult, fulfilments } = await start(provider);
      const result = await pay(await (await requestToken()).json(), cards[provider].declined);
      expect(await (await reportResult(result)).json()).toMatchObject({ outcome: 'declined' });
      expect(await visitor.page(order)).toContain(`order="${order}"`);
      expect(await (await requestToken()).json()).not.toHaveProperty('outcome');
      expect(fulfilments()).toBe(0);
    });

    itRuns(`gives no token of ${provider} for the order of another visitor`, async () => {
      const { requestToken } = await start(provider);
      const other = new Visitor(shop.url);
      await other.order(provider);
      for (const cookies of [other.cookies, '']) expect((await requestToken(cookies)).status).toBe(404);
    });
  }

  for (const provider of ['payme', 'izipay'] as const) {
    itRuns(`confirms an order by a notification of ${provider} when its page was closed`, async () => {
      const { standIns, visitor, order, requestToken, pay, forward, fulfil, fulfilments } = await start(provider);
      const token = (await (await requestToken()).json()) as Token;
      await pay(token);
      expect(await visitor.page(order)).not.toContain('Pagado y confirmado');
      for (let count = 0; count < 2; count++) expect((await forward(await notify[provider](standIns, token))).status).toBe(200);
      await fulfil();
      expect(await visitor.page(order)).toContain('Pagado y confirmado');
      expect(fulfilments()).toBe(1);
    });
  }
});
