import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { none, npmStart, type NpmStart } from './npm-start.js';
import { providerNames, shoppers, type Shopper } from './shoppers.js';
import { diagnosis, failure, fits, follow, isConfirmed, launchChromium, leave, reaches, shows, visit, type Visit } from './support.js';

let demo: NpmStart;
let browser: Browser;
let shop: Visit;

beforeAll(async () => {
  [demo, browser] = await Promise.all([npmStart(none), launchChromium()]);
});

afterAll(() => Promise.all([browser.close(), demo.close()]));

describe.each(providerNames)('in the shop, with %s', (name) => {
  const { cards, total, pay, number }: Shopper = shoppers[name];

  beforeEach(async () => {
    shop = await visit(browser, `${demo.url}shop/?provider=${name}`);
    await reaches(shop.page, 'ready');
  });

  afterEach(() => leave(shop));

  it('asks for what the order costs', async () => {
    expect(await shop.page.textContent('.total dd')).toMatch(total);
  });

  it('takes a payment, has it confirmed by the backend, and says thank you', async () => {
    const { page } = shop;
    const states = await follow(page);
    await pay(page, cards.approved);
    await reaches(page, 'succeeded');
    expect(await isConfirmed(page)).toBe(true);
    expect(await states.jsonValue()).toEqual(['confirming', 'succeeded']);
    await shows(page, '¡Gracias por tu compra, Ana!');
    expect(await page.isVisible('pay-checkout')).toBe(false);
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('thanks');
  });

  it('fills in a test card at the press of a button, and leaves paying to the shopper', async () => {
    const { page } = shop;
    await page.getByRole('button', { name: 'Aprobada' }).press('Enter');
    expect(await number(page).inputValue()).toBe(cards.approved);
    await page.keyboard.press('Enter');
    await reaches(page, 'succeeded');
  });

  it('lets a shopper whose card was declined try again, and pay with another', async () => {
    const { page } = shop;
    await pay(page, cards.declined);
    await reaches(page, 'failed');
    expect(await failure(page)).toBe('declined');
    await shows(page, 'El pago no fue aprobado.');
    await page.getByRole('button', { name: 'Intentar de nuevo' }).click();
    await reaches(page, 'ready');
    await pay(page, cards.approved);
    await reaches(page, 'succeeded');
    expect(await isConfirmed(page)).toBe(true);
    expect((await diagnosis(page)).attempts).toBe(2);
  });

  it("does not show a visitor's order to another one", async () => {
    const order = await shop.page.getAttribute('pay-checkout', 'order');
    const body = JSON.stringify({ provider: name, environment: 'sandbox', order });
    const headers = { 'Content-Type': 'application/json', Cookie: 'visitor=somebody-else' };
    const answer = await fetch(`${demo.url}api/pay/token`, { method: 'POST', headers, body });
    expect(answer.status).toBe(404);
  });

  it('fits a narrow screen', async () => {
    const { page } = shop;
    await page.setViewportSize({ width: 360, height: 640 });
    // Izipay's library gives its form another width when it hears that the window was resized.
    await fits(page, 360);
  });
});

const closable = providerNames.flatMap((name) => {
  const { cancel, cards, pay }: Shopper = shoppers[name];
  return cancel ? [{ name, cancel, cards, pay }] : [];
});

describe('a form that can be closed', () => {
  it.each(closable)('lets a shopper who closed it open it again: $name', async ({ name, cancel, cards, pay }) => {
    const opened = await visit(browser, `${demo.url}shop/?provider=${name}`);
    const { page } = opened;
    await reaches(page, 'ready');
    await cancel(page);
    await reaches(page, 'cancelled');
    await shows(page, 'Cerraste el formulario de pago.');
    expect(await page.isVisible('pay-checkout [part="form"]')).toBe(false);
    await page.getByRole('button', { name: 'Intentar de nuevo' }).click();
    await reaches(page, 'ready');
    await pay(page, cards.approved);
    await reaches(page, 'succeeded');
    await leave(opened);
  });
});
