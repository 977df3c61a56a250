import { afterAll, beforeAll, describe, expect } from 'vitest';
import { providerTable } from '../../src/serve/config/provider-table.js';
import type { StandInApi } from '../../src/testing/api.js';
import { providerNames, type ProviderName } from '../../src/testing/providers.js';
import { createStandIns } from '../../src/testing/stand-ins.js';
import { atEnd, serveStandIns } from '../serve/support.js';
import { itIf } from '../support/interpreter.js';
import { importOfEachProvider } from '../support/provider-files.js';
import type { PaidForm } from '../testing/paid-form.js';
import { runShop, type Shop } from './run-shop.js';
import { samples } from './samples.js';
import { startServe } from './start-serve.js';
import { Visitor } from './visitor.js';

const forms = await importOfEachProvider<{ paidForm: PaidForm }>('paid-form');
const cardsOf = (provider: ProviderName) => forms[provider].paidForm.cards;

/** The providers that send notifications to the address in the token. */
const notifying = providerNames.filter((name) => providerTable[name]?.notifies);

/** Creates the notification of the newest payment, to the address that its token named, as the provider does. */
async function createNotification({ payments, notification }: StandInApi): Promise<Request> {
  const [payment] = payments();
  if (!payment?.notificationUrl || !notification) throw new Error('The newest payment should have an address for its notification.');
  return notification(payment.id, payment.notificationUrl);
}

describe.each(samples)('samples/$name beside serve', (sample) => {
  const itRuns = itIf(sample.isInstalled, sample.needs);
  let shop: Shop;

  beforeAll(async () => {
    if (sample.isInstalled) shop = await runShop(sample);
  });
  afterAll(() => shop?.stop());

  /** Starts the stand-ins and `serve`, and places an order. */
  async function start(provider: ProviderName) {
    const standIns = createStandIns();
    const serve = await startServe(sample, shop, await serveStandIns(standIns));
    atEnd(() => serve.close());
    const visitor = new Visitor(shop.url);
    const order = await visitor.order(provider);
    const body = { provider, environment: 'sandbox', order };
    const post = (path: string, json: object, cookies = visitor.cookies) => {
      const headers = { 'Content-Type': 'application/json', Cookie: cookies };
      return fetch(`${serve.url}/api/pay/${path}`, { method: 'POST', headers, body: JSON.stringify(json) });
    };
    const pay = (token: unknown, card: string = cardsOf(provider).paid) => standIns.pay({ provider, answer: token, card });
    return {
      ...{ standIns, visitor, order, pay },
      fulfil: () => shop.waitForLog(`Fulfil order ${order}`),
      fulfilments: () => shop.log().split(`Fulfil order ${order}`).length - 1,
      requestToken: (cookies?: string) => post('token', body, cookies),
      reportResult: (result: object) => post('outcome', { ...body, attempt: 1, result }),
      forward: async ({ url, method, headers, body }: Request) =>
        fetch(serve.url + url.replace('http://127.0.0.1:8080', ''), { method, headers, body: await new Response(body).text() }),
    };
  }

  for (const provider of providerNames) {
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
      const result = await pay(await (await requestToken()).json(), cardsOf(provider).declined);
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

  for (const provider of notifying) {
    itRuns(`confirms an order by a notification of ${provider} when its page was closed`, async () => {
      const { standIns, visitor, order, requestToken, pay, forward, fulfil, fulfilments } = await start(provider);
      await pay(await (await requestToken()).json());
      expect(await visitor.page(order)).not.toContain('Pagado y confirmado');
      for (let count = 0; count < 2; count++) expect((await forward(await createNotification(standIns[provider]))).status).toBe(200);
      await fulfil();
      expect(await visitor.page(order)).toContain('Pagado y confirmado');
      expect(fulfilments()).toBe(1);
    });
  }
});
