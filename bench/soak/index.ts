import { launchChromium } from '../../scripts/browsers.mjs';
import { providerNames, type ProviderName } from '../../src/testing/providers.js';
import type { Options, Report } from '../benchmark.js';
import { measuredOn } from '../machine.js';
import { measure } from './measure.js';
import { openShop } from './shop.js';
import { rowsOf, tableOf } from './table.js';

/** Mounts and removes each stand-in's form so many times, with the element and by the library alone, and looks at what is left. */
export async function soak({ cycles = 1_000 }: Options): Promise<Report> {
  const shop = await openShop();
  const browser = await launchChromium();
  try {
    console.log(`${cycles} cycles of each stand-in, with the element and by the library alone`);
    const run = (provider: ProviderName, by: 'element' | 'library alone') => measure(browser, shop.url, provider, by, cycles);
    const pair = async (provider: ProviderName) => {
      // Side by side, so that whatever else the machine does meets both.
      const [element, alone] = await Promise.all([run(provider, 'element'), run(provider, 'library alone')]);
      return rowsOf(provider, element, alone);
    };
    // These mostly wait for the library's own timer, so the others run meanwhile, in turn.
    const waiting = pair('izipay');
    const others = [];
    for (const provider of providerNames) if (provider !== 'izipay') others.push(...(await pair(provider)));
    const rows = [...(await waiting), ...others];
    const text = `${measuredOn(browser.version())}\n\n${tableOf(rows, cycles)}`;
    return { title: 'Soak: mount and remove', text, holds: rows.every(({ holds }) => holds) };
  } finally {
    await browser.close();
    shop.close();
  }
}
