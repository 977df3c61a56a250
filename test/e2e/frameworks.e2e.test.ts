import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { inEachEngine } from './engines/index.js';
import { look, type } from './engines/place.js';
import type { Tab, Visit } from './engines/tab.js';
import { none, npmStart, type NpmStart } from './npm-start.js';
import { shoppers } from './shoppers.js';
import { isConfirmed, leave, press, reaches, shows } from './support.js';

const { cards, pay, number, cancel } = shoppers.payme;

const shops = [
  ['React, by the component', 'react/'],
  ['React 19, by the tag', 'react/?as=tag'],
  ['Vue', 'vue/'],
] as const;

let demo: NpmStart;
let opened: Visit;

beforeAll(async () => {
  demo = await npmStart(none);
});

afterAll(() => demo.close());

const tokens = () => opened.requests.filter((path) => path === '/api/pay/token').length;

inEachEngine(({ open }) => {
  afterEach(() => leave(opened));

  async function enter(path: string): Promise<Tab> {
    opened = await open();
    await opened.page.goto(demo.url + path);
    await reaches(opened.page, 'ready');
    return opened.page;
  }

  describe.each(shops)('the shop in %s', (_, path) => {
    it('takes a payment and calls its own listener', async () => {
      const page = await enter(path);
      await pay(page, cards.approved);
      await reaches(page, 'succeeded');
      expect(await isConfirmed(page)).toBe(true);
      await shows(page, '¡Gracias por tu compra!');
    });

    it('keeps one attempt and the typed text through twenty renders, each with a new config object', async () => {
      const page = await enter(path);
      await type(page, number, '4111');
      await type(page, { selector: '[name="note"]' }, 'Dejar en la portería');
      await shows(page, '20');
      expect((await look(page, number))?.value).toBe('4111');
      await reaches(page, 'ready');
      expect(tokens()).toBe(1);
    });
  });

  it.each([shops[0], shops[2]])("shows the shop's own text in a slot of the element, in %s", async (_, path) => {
    const page = await enter(path);
    await cancel!(page);
    await reaches(page, 'cancelled');
    await shows(page, 'Cerraste el pago. Tu pedido');
    await press(page, 'Intentar de nuevo');
    await reaches(page, 'ready');
  });
});
