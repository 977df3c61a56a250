import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { inEachEngine } from './engines/index.js';
import { look, type } from './engines/place.js';
import type { Tab, Visit } from './engines/tab.js';
import { openHydrationShop, type HydrationShop } from './hydration/server.js';
import { shoppers } from './shoppers.js';
import { leave, reaches, shows, told, until } from './support.js';

const { cards, pay, number, cancel } = shoppers.payme;

const pages = [
  ['React 19, by the component', 'react-19?as=component'],
  ['React 18, by the component', 'react-18?as=component'],
  ['React 19, by the tag', 'react-19?as=tag'],
  ['Vue', 'vue'],
] as const;

let shop: HydrationShop;
let opened: Visit;

beforeAll(async () => {
  shop = await openHydrationShop();
});

afterAll(() => shop.close());

const tokens = () => opened.requests.filter((path) => path === '/api/pay/token').length;
const complaints = (page: Tab) => page.evaluate(() => (window as unknown as { complaints: string[] }).complaints);

inEachEngine(({ open }) => {
  afterEach(() => leave(opened));

  describe.each(pages)('a page that a server rendered with %s', (_, path) => {
    it('hydrates without a warning in one attempt, and keeps the typed text through twenty renders', async () => {
      opened = await open();
      const { page } = opened;
      await page.goto(shop.url + path);
      await reaches(page, 'ready');
      await type(page, number, '4111');
      await type(page, { selector: '[name="note"]' }, 'Dejar en la portería');
      await shows(page, '20');
      expect((await look(page, number))?.value).toBe('4111');
      expect(await complaints(page)).toEqual([]);
      expect(await told(page)).toEqual(['loading', 'initializing', 'ready']);
      expect(tokens()).toBe(1);
    });

    it('calls the listener that hydration adds', async () => {
      opened = await open();
      const { page } = opened;
      await page.goto(shop.url + path);
      await reaches(page, 'ready');
      await pay(page, cards.approved);
      await reaches(page, 'succeeded');
      await shows(page, '¡Gracias por tu compra!');
    });
  });

  it.each(['react-19', 'react-18'])('shows the children in their slots after hydration with %s, without a warning', async (name) => {
    opened = await open();
    const { page } = opened;
    await page.goto(`${shop.url}${name}?as=component`);
    await reaches(page, 'ready');
    await cancel!(page);
    await reaches(page, 'cancelled');
    await shows(page, 'Cerraste el pago. Tu pedido');
    expect(await complaints(page)).toEqual([]);
  });

  it.each(['react-19', 'react-18'])('waits for the token function that %s sets, and then opens the form', async (name) => {
    opened = await open();
    const { page } = opened;
    await page.goto(`${shop.url}${name}?as=function`);
    await until(page, () => document.title === 'open at attempt 1');
    expect(await complaints(page)).toEqual([]);
    expect(await told(page)).toEqual(['loading', 'initializing', 'ready']);
    expect(tokens()).toBe(1);
    expect(await page.evaluate(() => document.querySelector('pay-checkout')!.matches('[hidden]'))).toBe(false);
  });
});
