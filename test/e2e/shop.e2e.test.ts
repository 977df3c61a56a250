import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { start, type Demo } from '../../demo/server.js';
import { paymeCards } from '../../src/testing/payme/cards.js';
import { Clock } from './clock.js';
import { shoppers } from './shoppers.js';
import { isConfirmed, launchChromium, leave, reaches, shows, visit, type ChromiumVisit } from './support.js';

const { pay } = shoppers.payme;

/** Seconds after which a pending payment is paid. */
const pendingTime = 100;

const clock = new Clock();
let demo: Demo;
let browser: Browser;
let shop: ChromiumVisit;

beforeAll(async () => {
  [demo, browser] = await Promise.all([start({ standIns: { payme: { now: clock.now, pendingTime } } }), launchChromium()]);
});

afterAll(() => Promise.all([browser.close(), demo.close()]));

describe('the shop with Pay-me', () => {
  beforeEach(async () => {
    shop = await visit(browser, `${demo.url}shop/`);
    await reaches(shop.page, 'ready');
  });

  afterEach(() => leave(shop));

  it('shows the amount of the order on the pay button', async () => {
    const { page } = shop;
    expect(await page.textContent('pay-checkout [data-action="pay"]')).toContain('132.40');
  });

  it('switches its language, and the element follows with the same order', async () => {
    const { page } = shop;
    const number = await page.getAttribute('pay-checkout', 'order');
    await page.getByRole('link', { name: 'Português' }).click();
    await page.waitForURL(/lang=pt-BR/);
    await reaches(page, 'ready');
    expect(await page.getAttribute('pay-checkout', 'order')).toBe(number);
    expect(await page.textContent('h1#payment')).toBe('Pague seu pedido');
    await pay(page, paymeCards.pending);
    await reaches(page, 'pending');
    await shows(page, 'Seu pagamento está registrado');
  });

  it('polls a pending card payment until it is paid', async () => {
    const { page } = shop;
    await pay(page, paymeCards.pending);
    await reaches(page, 'pending');
    await shows(page, 'Tu pago está registrado');
    await clock.pass(pendingTime);
    await reaches(page, 'succeeded');
    expect(await isConfirmed(page)).toBe(true);
  });

  it('shows a QR code and succeeds once it is paid', async () => {
    const { page } = shop;
    await page.click('pay-checkout [data-method="QR"]');
    await page.getByRole('button', { name: 'Generar código QR' }).click();
    await reaches(page, 'pending');
    await page.waitForSelector('pay-checkout img[alt="QR"]');
    await clock.pass(pendingTime);
    await reaches(page, 'succeeded');
    expect(await isConfirmed(page)).toBe(true);
  });
});
