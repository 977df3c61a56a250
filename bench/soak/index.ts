import { launchChromium } from '../../scripts/browsers.mjs';
import { providerNames } from '../../src/testing/providers.js';
import type { Options, Report } from '../benchmark.js';
import { measuredOn } from '../machine.js';
import { measure, type Run } from './measure.js';
import { openShop } from './shop.js';
import { rowsOf, tableOf } from './table.js';

/** Mounts and removes each stand-in's form so many times, with the element and by the library alone, and looks at what is left. */
export async function soak({ cycles = 1_000 }: Options): Promise<Report> {
  const shop = await openShop();
  const browser = await launchChromium();
  try {
    const rows = [];
    for (const provider of providerNames) {
      const runs: Run[] = [];
      for (const by of ['element', 'library alone'] as const) {
        console.log(`${provider}, ${by}: ${cycles} cycles`);
        runs.push(await measure(browser, shop.url, provider, by, cycles));
      }
      rows.push(...rowsOf(provider, runs[0]!, runs[1]!));
    }
    const text = `${measuredOn(browser.version())}\n\n${tableOf(rows, cycles)}`;
    return { title: 'Soak: mount and remove', text, holds: rows.every(({ holds }) => holds) };
  } finally {
    await browser.close();
    shop.close();
  }
}
