import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { ensureBuilt, openBareShop, type BareShop } from './bare-shop.js';
import { inEachEngine, itUnless } from './engines/index.js';
import { findPageCaches } from './engines/page-cache.js';
import { look, see, type } from './engines/place.js';
import type { Tab, Visit } from './engines/tab.js';
import { providerNames, shoppers } from './shoppers.js';
import { diagnosis, isConfirmed, leave, press, reaches, shows, told, until } from './support.js';

const { cards, pay, number } = shoppers.payme;
const pageCaches = await findPageCaches();

let shop: BareShop;
let opened: Visit;

beforeAll(async () => {
  ensureBuilt();
  shop = await openBareShop();
});

afterAll(() => shop.close());

const tokens = () => opened.requests.filter((path) => path === '/api/pay/token').length;

/** Counts the matches in the page and its open shadow roots. */
function count(page: Tab, selector: string): Promise<number> {
  return page.evaluate((selector) => {
    const all = (root: ParentNode): number =>
      root.querySelectorAll(selector).length +
      [...root.querySelectorAll('*')].reduce((sum, { shadowRoot }) => sum + (shadowRoot ? all(shadowRoot) : 0), 0);
    return all(document);
  }, selector);
}

/** Counts our mounts and slots in the whole page. */
const left = (page: Tab) => count(page, '[id^="pay-checkout-"], slot[name^="pay-checkout-"]');

const path = (page: Tab) => page.evaluate(() => location.pathname + location.search);

inEachEngine(({ open, where, isFirst }) => {
  afterEach(() => leave(opened));

  async function enter(path: string): Promise<Tab> {
    opened = await open();
    await opened.page.goto(shop.url + path);
    return opened.page;
  }

  describe('an element inside two nested shadow roots, whose outermost host is inside a form', () => {
    const draft = (page: Tab) =>
      page.evaluate(() => Object.fromEntries(new FormData(document.querySelector('form')!) as unknown as Iterable<[string, string]>));

    it.each(providerNames)('takes a payment with %s, whose library finds its container in the document', async (name) => {
      const page = await enter(`nested?provider=${name}`);
      await reaches(page, 'ready');
      expect(await left(page)).toBe(3);
      expect(await count(page, 'form > shop-page > [id^="pay-checkout-"]')).toBe(1);
      const [element, form] = await page.evaluate(() => {
        const inner = (host: string, root: ParentNode) => root.querySelector(host)!.shadowRoot!;
        const tag = inner('shop-payment', inner('shop-page', document)).querySelector('pay-checkout')!;
        return [tag, document.querySelector('[id^="pay-checkout-"]')!].map((one) => one.getBoundingClientRect().toJSON() as DOMRect);
      });
      expect([form!.x, form!.width]).toEqual([element!.x, element!.width]);
      expect(form!.y >= element!.y && form!.bottom <= element!.bottom).toBe(true);
      await shoppers[name].pay(page, shoppers[name].cards.approved);
      await reaches(page, 'succeeded');
      expect(await isConfirmed(page)).toBe(true);
      expect(await left(page)).toBe(0);
      expect(await path(page)).toBe(`/nested?provider=${name}`);
    });

    it.each(providerNames)('keeps the text typed for %s, and the Enter key, out of that form', async (name) => {
      const page = await enter(`nested?provider=${name}`);
      await reaches(page, 'ready');
      const { number } = shoppers[name];
      await type(page, number, '4111');
      await see(page, number, ({ value }) => value.startsWith('4111'));
      expect(await draft(page)).toEqual({ coupon: 'HOLA' });
      await page.keyboard.press('Enter');
      expect(await draft(page)).toEqual({ coupon: 'HOLA' });
      expect(await path(page)).toBe(`/nested?provider=${name}`);
      await press(page, 'Continuar');
      await until(page, () => location.search === '?coupon=HOLA');
    });
  });

  describe('a page that the shopper returns to with the back button', () => {
    const itKeeps = itUnless(!pageCaches.has(where), 'this browser has no back/forward cache');
    for (const name of providerNames) {
      itKeeps(`restores the form of ${name} from the back/forward cache and takes the payment`, async () => {
        const page = await enter(`nested?provider=${name}`);
        await reaches(page, 'ready');
        expect(await told(page)).toEqual(['loading', 'initializing', 'ready']);
        // Firefox does not cache a page while any frame of it is loading, even an empty one.
        await until(page, () => [window, ...Array.from(frames)].every(({ document: { readyState } }) => readyState === 'complete'));
        await page.evaluate(() => void Object.assign(window, { isKept: true }));
        await page.goto(`${shop.url}elsewhere`);
        // In a timer, because a page that is unloading may never answer the call.
        await page.evaluate(() => void setTimeout(() => history.back()));
        await until(page, () => location.pathname === '/nested');
        await reaches(page, 'ready');
        expect(await page.evaluate(() => 'isKept' in window)).toBe(true);
        await shoppers[name].pay(page, shoppers[name].cards.approved);
        await reaches(page, 'succeeded');
        expect(await told(page)).toEqual(['confirming', 'succeeded']);
        expect(tokens()).toBe(1);
      });
    }
  });

  describe("in React's strict mode, which mounts everything twice", () => {
    describe.each(['declared', 'made', 'wrapped'])('an element that is %s by a component', (how) => {
      it('opens one form with one token and takes a payment', async () => {
        const page = await enter(`app?app=strict-mode&as=${how}`);
        await reaches(page, 'ready');
        expect(await told(page)).toEqual(['loading', 'initializing', 'ready']);
        expect([tokens(), await left(page)]).toEqual([1, 1]);
        const mounts = () => performance.getEntriesByName('mounted').length;
        expect(await page.evaluate(mounts)).toBe(2);
        await pay(page, cards.approved);
        await reaches(page, 'succeeded');
        expect(await left(page)).toBe(0);
      });

      it('keeps its form while the application renders, and starts one attempt for another order', async () => {
        const page = await enter(`app?app=strict-mode&as=${how}`);
        await reaches(page, 'ready');
        await type(page, number, '4111');
        for (let n = 1; n <= 5; n++) await press(page, 'render');
        expect((await look(page, number))?.value).toBe('4111');
        expect([tokens(), await left(page)]).toEqual([1, 1]);
        await told(page);
        await press(page, 'another order');
        await until(page, () => (window as unknown as { told: string[] }).told.includes('ready'));
        expect(await told(page)).toEqual(['loading', 'initializing', 'ready']);
        expect([tokens(), await left(page)]).toEqual([2, 1]);
      });

      it('removes its nodes when the component unmounts, and opens again when it mounts', async () => {
        const page = await enter(`app?app=strict-mode&as=${how}`);
        await reaches(page, 'ready');
        await press(page, 'open or close');
        await until(page, () => !document.querySelector('pay-checkout'));
        expect([tokens(), await left(page)]).toEqual([1, 0]);
        await press(page, 'open or close');
        await reaches(page, 'ready');
        expect([tokens(), await left(page)]).toEqual([2, 1]);
        await pay(page, cards.approved);
        await reaches(page, 'succeeded');
      });
    });

    it.each(['declared', 'wrapped'])("calls React's newest listener when the element is %s", async (how) => {
      const page = await enter(`app?app=strict-mode&as=${how}`);
      await reaches(page, 'ready');
      await press(page, 'render');
      await pay(page, cards.approved);
      await reaches(page, 'succeeded');
      expect(await page.evaluate(() => document.title)).toBe('paid after 2 renders');
    });
  });

  describe("in Vue's <KeepAlive>, which takes an element out and keeps it", () => {
    it('removes its form with its tab, starts one attempt when the tab returns, and takes a payment', async () => {
      const page = await enter('app?app=keep-alive');
      await reaches(page, 'ready');
      await page.evaluate(() => void Object.assign(window, { element: document.querySelector('pay-checkout') }));
      for (const visits of [2, 3]) {
        await press(page, 'Envío');
        await shows(page, 'Calle 1');
        expect(await left(page)).toBe(0);
        const { childElementCount, isConnected } = await page.evaluate(() => {
          const { element } = window as unknown as { element: HTMLElement };
          return { childElementCount: element.childElementCount, isConnected: element.isConnected };
        });
        expect([childElementCount, isConnected]).toEqual([0, false]);
        await told(page);
        await press(page, 'Pago');
        await reaches(page, 'ready');
        expect(await told(page)).toEqual(['loading', 'initializing', 'ready']);
        expect([tokens(), await left(page)]).toEqual([visits, 1]);
      }
      await pay(page, cards.approved);
      await reaches(page, 'succeeded');
    });

    it('stays paid when its tab returns', async () => {
      const page = await enter('app?app=keep-alive');
      await reaches(page, 'ready');
      await pay(page, cards.approved);
      await reaches(page, 'succeeded');
      await press(page, 'Envío');
      await shows(page, 'Calle 1');
      await press(page, 'Pago');
      await reaches(page, 'succeeded');
      await shows(page, 'Pago realizado. ¡Gracias!');
      expect(tokens()).toBe(1);
    });
  });

  // This journey waits for 15 s of real time, so it runs in one engine. It shows that the timeouts work with the browser's own clock
  // and network. In every engine, the same timeouts are tested with a fake clock: see
  // test/assets/load-assets.test.ts for the script, and test/endpoint/post-json-retries.test.ts for the endpoint.
  if (isFirst) {
    describe('a page whose provider and whose endpoint hang, in real time', () => {
      it('requests both again after 15 seconds in the same attempt, and takes a payment', async () => {
        const script = /\/flex-payment-forms\.min\.js$/;
        shop.hangOnce(script, /^\/api\/pay\/token$/);
        opened = await open();
        const { page, requests } = opened;
        await page.goto(`${shop.url}elsewhere`);
        // The page's own `load` waits for the script, in Firefox even for one that was given up.
        await page.evaluate((url) => location.assign(url), `${shop.url}app?app=keep-alive`);
        await until(page, () => location.pathname === '/app');
        await reaches(page, 'ready');
        expect([requests.filter((path) => script.test(path)).length, tokens()]).toEqual([2, 2]);
        expect((await diagnosis(page)).attempts).toBe(1);
        await pay(page, cards.approved);
        await reaches(page, 'succeeded');
        expect(await isConfirmed(page)).toBe(true);
      });
    });
  }
});
