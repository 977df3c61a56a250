import type { Browser } from 'playwright-core';
import { launchChromium } from '../../scripts/browsers.mjs';
import { providerNames, type ProviderName } from '../../src/testing/providers.js';
import type { Options, Report } from '../benchmark.js';
import { measuredOn } from '../machine.js';
import { open, type Run } from './measure.js';
import { openShop } from './shop.js';
import { rowsOf, tableOf, type Row } from './table.js';

/**
 * Mounts and removes each stand-in's form many times, with the element and with the library alone. Then it compares the remains.
 */
export async function soak({ cycles = 1_000 }: Options): Promise<Report> {
  const shop = await openShop();
  const browser = await launchChromium();
  try {
    console.log(`${cycles} cycles of each stand-in, with the element and by the library alone`);
    const rows: Row[] = [];
    for (const provider of providerNames) rows.push(...rowsOf(provider, ...(await runBoth(browser, shop.url, provider, cycles))));
    const text = `${measuredOn(browser.version())}\n\n${tableOf(rows, cycles)}`;
    return { title: 'Soak: mount and remove', text, holds: rows.every(({ holds }) => holds) };
  } finally {
    await browser.close();
    shop.close();
  }
}

/** Runs both in parallel, so that other load on the machine affects both. */
async function runBoth(browser: Browser, url: string, provider: ProviderName, cycles: number): Promise<[element: Run, alone: Run]> {
  const element = await open(browser, url, provider, 'element', cycles);
  const alone = await open(browser, url, provider, 'library alone', cycles);
  for (const step of ['first', 'lookEarly', 'goOn', 'last'] as const) await Promise.all([element[step](), alone[step]()]);
  return Promise.all([element.lookLate(), alone.lookLate()]);
}
