import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Status } from '../../src/state.js';
import { ensureBuilt, openBareShop, type BareShop } from './bare-shop.js';
import { providerNames, shoppers } from './shoppers.js';
import { launchChromium, leave, shows, visit, type Visit } from './support.js';

const { cards, pay } = shoppers.payme;

let shop: BareShop;
let browser: Browser;
let opened: Visit;

beforeAll(async () => {
  ensureBuilt();
  // Playwright turns it off otherwise.
  const withBackForwardCache = { ignoreDefaultArgs: ['--disable-back-forward-cache'] };
  [shop, browser] = await Promise.all([openBareShop(), launchChromium(withBackForwardCache)]);
});

afterAll(async () => {
  await browser.close();
  shop.close();
});

afterEach(() => leave(opened));

async function open(path: string): Promise<Page> {
  opened = await visit(browser, 'about:blank');
  // Before anything of the page's own runs.
  await opened.page.addInitScript(() => {
    const told: string[] = [];
    const states = ['loading', 'initializing', 'ready', 'confirming', 'succeeded', 'pending', 'failed', 'cancelled', 'expired'];
    for (const state of states) document.addEventListener(`pay-${state}`, () => told.push(state));
    Object.assign(window, { told });
  });
  await opened.page.goto(shop.url + path);
  return opened.page;
}

/** Every state that any checkout of the page has entered since the last time. */
function told(page: Page): Promise<string[]> {
  return page.evaluate(() => (window as unknown as { told: string[] }).told.splice(0));
}

const tokens = () => opened.requests.filter((path) => path === '/api/pay/token').length;

/** Looks into open shadow roots, too. */
function checkout(page: Page, status: Status): Locator {
  return page.locator(`pay-checkout[status="${status}"]`);
}

async function reaches(page: Page, status: Status): Promise<void> {
  await checkout(page, status).waitFor({ state: 'attached' });
}

/** Mounts and slots of ours, wherever they are. */
const left = (page: Page): Promise<number> => page.locator('[id^="pay-checkout-"], slot[name^="pay-checkout-"]').count();

describe('an element inside two nested shadow roots, whose outermost host is inside a form', () => {
  const draft = (page: Page) =>
    page.evaluate(() => Object.fromEntries(new FormData(document.querySelector('form')!) as unknown as Iterable<[string, string]>));

  it.each(providerNames)('is paid with %s, which finds its container from the document', async (name) => {
    const page = await open(`nested?provider=${name}`);
    await reaches(page, 'ready');
    expect(await left(page)).toBe(3);
    expect(await page.locator('form > shop-page > [id^="pay-checkout-"]').count()).toBe(1);
    const [element, form] = await Promise.all(['pay-checkout', '[id^="pay-checkout-"]'].map((place) => page.locator(place).boundingBox()));
    expect([form!.x, form!.width]).toEqual([element!.x, element!.width]);
    expect(form!.y >= element!.y && form!.y + form!.height <= element!.y + element!.height).toBe(true);
    await shoppers[name].pay(page, shoppers[name].cards.approved);
    await reaches(page, 'succeeded');
    expect(await checkout(page, 'succeeded').evaluate(({ state }: HTMLElementTagNameMap['pay-checkout']) => state)).toMatchObject({
      confirmed: true,
    });
    expect(await left(page)).toBe(0);
    expect(new URL(page.url()).pathname).toBe('/nested');
  });

  it.each(providerNames)('keeps what is typed for %s out of that form, and Enter too', async (name) => {
    const page = await open(`nested?provider=${name}`);
    await reaches(page, 'ready');
    const field = shoppers[name].number(page);
    await field.pressSequentially('4111');
    expect(await field.inputValue()).toMatch(/^4111/);
    expect(await draft(page)).toEqual({ coupon: 'HOLA' });
    await field.press('Enter');
    expect(await draft(page)).toEqual({ coupon: 'HOLA' });
    expect(page.url()).toBe(`${shop.url}nested?provider=${name}`);
    await page.getByRole('button', { name: 'Continuar' }).click();
    await page.waitForURL(`${shop.url}nested?coupon=HOLA`);
  });
});

describe('a page that the shopper leaves and comes back to by the back button', () => {
  /** By hand: playwright knows nothing any more of the frames of a page that comes from the cache. */
  const payBy: Record<(typeof providerNames)[number], (page: Page, number: string) => Promise<void>> = {
    payme: pay,
    izipay: (page, number) =>
      page.evaluate((number) => {
        const frame = document.querySelector('iframe')!.contentDocument!;
        const texts = { 'cc-number': number, 'cc-exp': '12/49', 'cc-csc': '123', 'cc-name': 'Ana Prueba' };
        for (const [autocomplete, text] of Object.entries(texts)) {
          const input = frame.querySelector<HTMLInputElement>(`input[autocomplete="${autocomplete}"]`)!;
          input.value = text;
          input.dispatchEvent(new Event('input', { bubbles: true }));
        }
        frame.querySelector<HTMLElement>('[data-action="pay"]')!.click();
      }, number),
    async payroc(page, number) {
      const click = (field: string) => page.locator(`iframe[src*="field=${field}"]`).click();
      for (const [field, text] of Object.entries({ cardNumber: number, cardholderName: 'Ana Prueba', expiryDate: '12/49', cvv: '123' })) {
        await click(field);
        await page.keyboard.type(text);
      }
      await click('submit');
    },
  };

  it.each(providerNames)('has the form of %s as it was, and takes the payment', async (name) => {
    const page = await open(`nested?provider=${name}`);
    await reaches(page, 'ready');
    await told(page);
    await page.evaluate(() => addEventListener('pageshow', ({ persisted }) => (document.title = `persisted: ${persisted}`)));
    await page.goto(`${shop.url}stand-in/faults`);
    await page.evaluate(() => history.back());
    await page.waitForFunction(() => document.title === 'persisted: true');
    await payBy[name](page, shoppers[name].cards.approved);
    await reaches(page, 'succeeded');
    expect(await told(page)).toEqual(['confirming', 'succeeded']);
    expect(tokens()).toBe(1);
  });
});

describe("in React's strict mode, which mounts everything twice", () => {
  describe.each(['declared', 'made'])('an element that is %s by a component', (how) => {
    it('opens one form with one token, and is paid', async () => {
      const page = await open(`app?app=strict-mode&as=${how}`);
      await reaches(page, 'ready');
      expect(await told(page)).toEqual(['loading', 'initializing', 'ready']);
      expect([tokens(), await left(page)]).toEqual([1, 1]);
      const mounts = () => performance.getEntriesByName('mounted').length;
      expect(await page.evaluate(mounts)).toBe(2);
      await pay(page, cards.approved);
      await reaches(page, 'succeeded');
      expect(await left(page)).toBe(0);
    });

    it('goes on while the application renders, and begins once for another order', async () => {
      const page = await open(`app?app=strict-mode&as=${how}`);
      await reaches(page, 'ready');
      await page.fill('input[autocomplete="cc-number"]', '4111');
      for (let n = 1; n <= 5; n++) await page.getByRole('button', { name: 'render' }).click();
      expect(await page.inputValue('input[autocomplete="cc-number"]')).toBe('4111');
      expect([tokens(), await left(page)]).toEqual([1, 1]);
      await told(page);
      await page.getByRole('button', { name: 'another order' }).click();
      await page.waitForFunction(() => (window as unknown as { told: string[] }).told.includes('ready'));
      expect(await told(page)).toEqual(['loading', 'initializing', 'ready']);
      expect([tokens(), await left(page)]).toEqual([2, 1]);
    });

    it('leaves nothing when its component goes, and opens again when that comes back', async () => {
      const page = await open(`app?app=strict-mode&as=${how}`);
      await reaches(page, 'ready');
      const toggle = page.getByRole('button', { name: 'open or close' });
      await toggle.click();
      await page.waitForFunction(() => !document.querySelector('pay-checkout'));
      expect([tokens(), await left(page)]).toEqual([1, 0]);
      await toggle.click();
      await reaches(page, 'ready');
      expect([tokens(), await left(page)]).toEqual([2, 1]);
      await pay(page, cards.approved);
      await reaches(page, 'succeeded');
    });
  });

  it("is heard by React's own listeners, the newest of them", async () => {
    const page = await open('app?app=strict-mode&as=declared');
    await reaches(page, 'ready');
    await page.getByRole('button', { name: 'render' }).click();
    await pay(page, cards.approved);
    await reaches(page, 'succeeded');
    expect(await page.title()).toBe('paid after 2 renders');
  });
});

describe("in Vue's <KeepAlive>, which takes an element out and keeps it", () => {
  const tab = (page: Page, name: 'Pago' | 'Envío') => page.getByRole('button', { name }).click();

  it('ends with its tab, restarts once when that comes back, and is paid', async () => {
    const page = await open('app?app=keep-alive');
    await reaches(page, 'ready');
    const element = await page.$('pay-checkout');
    for (const visits of [2, 3]) {
      await tab(page, 'Envío');
      await shows(page, 'Calle 1');
      expect(await left(page)).toBe(0);
      expect(await element?.evaluate(({ childElementCount, isConnected }) => [childElementCount, isConnected])).toEqual([0, false]);
      await told(page);
      await tab(page, 'Pago');
      await reaches(page, 'ready');
      expect(await told(page)).toEqual(['loading', 'initializing', 'ready']);
      expect([tokens(), await left(page)]).toEqual([visits, 1]);
    }
    await pay(page, cards.approved);
    await reaches(page, 'succeeded');
  });

  it('stays paid when its tab comes back', async () => {
    const page = await open('app?app=keep-alive');
    await reaches(page, 'ready');
    await pay(page, cards.approved);
    await reaches(page, 'succeeded');
    await tab(page, 'Envío');
    await shows(page, 'Calle 1');
    await tab(page, 'Pago');
    await reaches(page, 'succeeded');
    await shows(page, 'Pago realizado. ¡Gracias!');
    expect(tokens()).toBe(1);
  });
});
