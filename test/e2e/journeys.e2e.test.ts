import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { providers } from '../../demo/providers/index.js';
import { inEachEngine, itUnless } from './engines/index.js';
import { look, see } from './engines/place.js';
import type { Tab, Visit } from './engines/tab.js';
import { none, npmStart, type NpmStart } from './npm-start.js';
import { providerNames, shoppers } from './shoppers.js';
import { diagnosis, failure, fits, follow, isConfirmed, leave, press, reaches, shows, told } from './support.js';

let demo: NpmStart;
let shop: Visit;

beforeAll(async () => {
  demo = await npmStart(none);
});

afterAll(() => demo.close());

/** The total of the shop's order, as its page shows it. */
const totals = { PEN: /^S\/\s132\.40$/, USD: /^USD\s36\.20$/ };

const closable = providerNames.flatMap((name) => {
  const { cancel, cards, pay } = shoppers[name];
  return cancel ? [{ name, cancel, cards, pay }] : [];
});

describe.each(providerNames)('the token endpoint of the shop with %s', (provider) => {
  it('returns 404 for an order of another visitor', async () => {
    const shown = await fetch(`${demo.url}shop/?provider=${provider}`);
    const order = /order="([^"]+)"/.exec(await shown.text())?.[1];
    const own = shown.headers.get('Set-Cookie')?.split(';')[0] ?? '';
    const askAs = async (Cookie: string) => {
      const body = JSON.stringify({ provider, environment: 'sandbox', order });
      const headers = { 'Content-Type': 'application/json', Cookie };
      return (await fetch(`${demo.url}api/pay/token`, { method: 'POST', headers, body })).status;
    };
    expect([await askAs(own), await askAs('visitor=somebody-else')]).toEqual([200, 404]);
  });
});

inEachEngine(({ where, open }) => {
  afterEach(() => leave(shop));

  async function enter(query: string) {
    shop = await open();
    const { page } = shop;
    await page.goto(`${demo.url}shop/?${query}`);
    return page;
  }

  async function retryAfterDecline(page: Tab) {
    await reaches(page, 'failed');
    expect(await failure(page)).toBe('declined');
    await shows(page, 'El pago no fue aprobado.');
    await press(page, 'Intentar de nuevo');
    await reaches(page, 'ready');
  }

  describe.each(providerNames)('the shop with %s', (name) => {
    const { cards, pay, number, keepsFormAfterDecline } = shoppers[name];

    beforeEach(async () => reaches(await enter(`provider=${name}`), 'ready'));

    it('shows the total of the order', async () => {
      expect(await shop.page.evaluate(() => document.querySelector('.total dd')?.textContent)).toMatch(totals[providers[name].currency]);
    });

    it('takes a payment, confirms it with the backend, and thanks the shopper', async () => {
      const { page } = shop;
      await page.evaluate(follow);
      await pay(page, cards.approved);
      await reaches(page, 'succeeded');
      expect(await isConfirmed(page)).toBe(true);
      expect(await told(page)).toEqual(['confirming', 'succeeded']);
      await shows(page, '¡Gracias por tu compra, Ana!');
      expect(await look(page, { selector: 'pay-checkout' })).toBeNull();
      expect(await page.evaluate(() => document.activeElement?.id)).toBe('thanks');
    });

    it('fills in a test card when its button is pressed, and waits for the shopper to pay', async () => {
      const { page } = shop;
      await press(page, 'Aprobada');
      await see(page, number, ({ value }) => value === cards.approved);
      await page.keyboard.press('Enter');
      await reaches(page, 'succeeded');
    });

    it('lets a shopper pay with another card after a declined one', async () => {
      const { page } = shop;
      await pay(page, cards.declined);
      if (!keepsFormAfterDecline) await retryAfterDecline(page);
      await pay(page, cards.approved);
      await reaches(page, 'succeeded');
      expect(await isConfirmed(page)).toBe(true);
      expect((await diagnosis(page)).attempts).toBe(keepsFormAfterDecline ? 1 : 2);
    });

    itUnless(where === 'webkit', 'its window cannot be made so narrow')('fits a narrow screen', async () => {
      await shop.resize(360, 640);
      // Izipay's library changes the width of its form on a `resize` event.
      await fits(shop.page, 360);
    });
  });

  describe('a form that can be closed', () => {
    it.each(closable)('opens again after the shopper closes it: $name', async ({ name, cancel, cards, pay }) => {
      const page = await enter(`provider=${name}`);
      await reaches(page, 'ready');
      await cancel(page);
      await reaches(page, 'cancelled');
      await shows(page, 'Cerraste el formulario de pago.');
      expect(await look(page, { selector: '[part="form"]' })).toBeNull();
      await press(page, 'Intentar de nuevo');
      await reaches(page, 'ready');
      await pay(page, cards.approved);
      await reaches(page, 'succeeded');
    });
  });

  describe('the shop with a broken network', () => {
    it.each([
      ['payme', 'endpoint-500', 'endpoint / http'],
      ...providerNames.map((name) => [name, 'script-404', 'asset / unreachable'] as const),
    ] as const)('fails (%s: %s, %s), and takes a payment on retry once the fault is fixed', async (name, fault, expected) => {
      const page = await enter(`provider=${name}&fault=${fault}`);
      await reaches(page, 'failed');
      expect(await failure(page)).toBe(expected);
      // A request without the fault ends it, as when the merchant or the provider fixes it.
      await fetch(`${demo.url}shop/?provider=${name}`);
      await press(page, 'Intentar de nuevo');
      await reaches(page, 'ready');
      await shoppers[name].pay(page, shoppers[name].cards.approved);
      await reaches(page, 'succeeded');
      expect(await isConfirmed(page)).toBe(true);
    });
  });
});
