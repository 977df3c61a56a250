import { launchChromium } from '../../scripts/browsers.mjs';
import { providerNames, type ProviderName } from '../../src/testing/providers.js';
import type { Options, Report } from '../benchmark.js';
import { measuredOn } from '../machine.js';
import { open, type Soaking } from './measure.js';
import { openShop } from './shop.js';
import { rowsOf, tableOf } from './table.js';

/** Mounts and removes each stand-in's form so many times, with the element and by the library alone, and looks at what is left. */
export async function soak({ cycles = 1_000 }: Options): Promise<Report> {
  const shop = await openShop();
  const browser = await launchChromium();
  try {
    console.log(`${cycles} cycles of each stand-in, with the element and by the library alone`);
    // Side by side, so that whatever else the machine does meets both.
    const openPair = (provider: ProviderName) =>
      Promise.all((['element', 'library alone'] as const).map((by) => open(browser, shop.url, provider, by, cycles)));
    const rowsFor = async (provider: ProviderName, pair: readonly Soaking[]) => {
      const [element, alone] = await Promise.all(pair.map((one) => one.end()));
      return rowsOf(provider, element!, alone!);
    };
    // These mostly wait for the library's own timer, so all of the others run in their midst.
    const waiting = await openPair('izipay');
    await Promise.all(waiting.map((one) => one.begin()));
    const midst = Promise.all(waiting.map((one) => one.goOn()));
    const others = [];
    for (const provider of providerNames.filter((name) => name !== 'izipay')) {
      const pair = await openPair(provider);
      await Promise.all(pair.map((one) => one.begin()));
      await Promise.all(pair.map((one) => one.goOn()));
      others.push(...(await rowsFor(provider, pair)));
    }
    await midst;
    const rows = [...(await rowsFor('izipay', waiting)), ...others];
    const text = `${measuredOn(browser.version())}\n\n${tableOf(rows, cycles)}`;
    return { title: 'Soak: mount and remove', text, holds: rows.every(({ holds }) => holds) };
  } finally {
    await browser.close();
    shop.close();
  }
}
