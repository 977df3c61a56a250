import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { ensureBuilt } from './bare-shop.js';
import { startBuiltStandIns, type BuiltStandIns } from './built-stand-ins.js';
import { inEachEngine } from './engines/index.js';
import type { Visit } from './engines/tab.js';
import { openPageOnAnotherPort, type PageOnAnotherPort, type Tags } from './page-on-another-port.js';
import { providerNames, shoppers } from './shoppers.js';
import { isConfirmed, leave, reaches } from './support.js';

let standIns: BuiltStandIns;
let shop: PageOnAnotherPort;
let opened: Visit;

beforeAll(async () => {
  ensureBuilt();
  standIns = await startBuiltStandIns();
  shop = await openPageOnAnotherPort(standIns.url);
});

afterAll(async () => {
  shop?.close();
  expect(await standIns?.close()).toBe(0);
});

afterEach(() => leave(opened));

/** The lines that the command prints. */
const documented: Tags = ({ standIns, element }) => `<script src="${standIns}"></script><script src="${element}" defer></script>`;

/** The other orders in which the stand-ins are in place before the element starts. */
const others: Readonly<Record<string, Tags>> = {
  'both with `defer`': ({ standIns, element }) => `<script src="${standIns}" defer></script><script src="${element}" defer></script>`,
  'both without `defer`': ({ standIns, element }) => `<script src="${standIns}"></script><script src="${element}"></script>`,
  'the script of the stand-ins last, both in the head without `defer`': ({ standIns, element }) =>
    `<script src="${element}"></script><script src="${standIns}"></script>`,
};

inEachEngine(({ open, isFirst }) => {
  describe.each(providerNames)('a page on another port than the stand-ins of %s', (name) => {
    it('takes a payment, which its backend confirms', async () => {
      opened = await open();
      await opened.page.goto(shop.page(documented, name));
      await reaches(opened.page, 'ready');
      const { pay, cards } = shoppers[name];
      await pay(opened.page, cards.approved);
      await reaches(opened.page, 'succeeded');
      expect(await isConfirmed(opened.page)).toBe(true);
      expect(shop.outcomes[name].splice(0)).toEqual(['paid']);
    });
  });

  if (!isFirst) return;

  it.each(Object.keys(others))('opens the form of a stand-in with %s', async (order) => {
    opened = await open();
    await opened.page.goto(shop.page(others[order]!, 'payme'));
    await reaches(opened.page, 'ready');
  });
});
