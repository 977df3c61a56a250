import { launchChromium } from '../../scripts/browsers.mjs';
import type { ProviderName } from '../../src/testing/providers.js';
import type { Options, Report } from '../benchmark.js';
import { measuredOn } from '../machine.js';
import { open, type Soaking } from './measure.js';
import { openShop } from './shop.js';
import { rowsOf, tableOf } from './table.js';

/** The same cycles with the element, and by the library alone. */
type Pair = readonly [Soaking, Soaking];

/** Mounts and removes each stand-in's form so many times, with the element and by the library alone, and looks at what is left. */
export async function soak({ cycles = 1_000 }: Options): Promise<Report> {
  const shop = await openShop();
  const browser = await launchChromium();
  try {
    console.log(`${cycles} cycles of each stand-in, with the element and by the library alone`);
    // Side by side, so that whatever else the machine does meets both.
    const openPair = async (provider: ProviderName): Promise<Pair> => [
      await open(browser, shop.url, provider, 'element', cycles),
      await open(browser, shop.url, provider, 'library alone', cycles),
    ];
    const [izipay, payme, payroc] = [await openPair('izipay'), await openPair('payme'), await openPair('payroc')];
    // Izipay's cycles mostly wait for its library, and before Payroc's are looked at its timers want half a minute: each in the other's time.
    await both(payroc, 'first');
    await Promise.all([both(payroc, 'lookEarly'), both(izipay, 'first').then(() => both(izipay, 'lookEarly'))]);
    const midst = both(izipay, 'goOn');
    for (const step of ['first', 'lookEarly', 'goOn', 'last'] as const) await both(payme, step);
    await both(payroc, 'goOn');
    await midst;
    await both(payroc, 'last');
    const late = Promise.all([payme, payroc].map((pair) => both(pair, 'lookLate')));
    await both(izipay, 'last');
    const [[ofPayme, ofPayroc], ofIzipay] = await Promise.all([late, both(izipay, 'lookLate')]);
    const rows = [...rowsOf('izipay', ...ofIzipay), ...rowsOf('payme', ...ofPayme!), ...rowsOf('payroc', ...ofPayroc!)];
    const text = `${measuredOn(browser.version())}\n\n${tableOf(rows, cycles)}`;
    return { title: 'Soak: mount and remove', text, holds: rows.every(({ holds }) => holds) };
  } finally {
    await browser.close();
    shop.close();
  }
}

function both<Step extends keyof Soaking>([element, alone]: Pair, step: Step) {
  const take = (one: Soaking) => one[step]() as Promise<Awaited<ReturnType<Soaking[Step]>>>;
  return Promise.all([take(element), take(alone)]);
}
